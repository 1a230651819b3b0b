"""The map of the world that the report draws on; sources and licences in `data/README.md`."""

import csv
import json
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("pipelines.report") / "data"


@cache
def outlines() -> dict[str, Any]:
    """Topology with the object `countries`, whose geometries have the ISO 3166-1 alpha-3 code as `id`."""
    return json.loads((_DATA / "world-110m.json").read_text(encoding="utf-8"))


@cache
def small_states() -> dict[str, tuple[float, float]]:
    """Alpha-3 code → latitude and longitude of the countries that have no outline."""
    rows = csv.DictReader((_DATA / "small_states.csv").read_text(encoding="utf-8").splitlines())
    return {row["iso3"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}
