"""Every step that writes raw tables, called in order on the library's level: a run without Dagster, dbt and publishing.

A run of a few small dumps takes a fraction of a second, so that long sequences of runs can be tried.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._core.definitions.decorators.op_decorator import DecoratedOpFunction

from pipelines.defs.extract.assets import extract
from pipelines.defs.ingest.assets import IngestConfig, ingest
from pipelines.defs.resolve import rows as resolve
from pipelines.defs.resolve.assets import countries, entities, stories, topics
from pipelines.defs.resolve.facts import quantities, quotations, tone
from pipelines.defs.split.assets import split
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

STEPS = (split, extract, countries, entities, topics, stories, quotations, tone, quantities)
OWN = {"ledger", "readings", "results", "figures", "compared_texts"}
"""Tables in which steps keep notes for themselves."""


def run_steps(raw: Path, build: Path, **config: bool) -> None:
    """What `dateline run --raw RAW` does to the raw tables of the working file `build`."""
    settings, warehouse = Settings(raw=(str(raw),)), Warehouse(build, keep=True)
    resources = {"settings": settings, "warehouse": warehouse}
    try:
        call_step(ingest, IngestConfig(**config), resources)
        for step in STEPS:
            call_step(step, None, resources)
    finally:
        warehouse.release()


def call_step(step: dg.AssetsDefinition, config: dg.Config | None, resources: Mapping[str, object]) -> None:
    """Call the function of an asset with those of `resources` that it asks for."""
    # the function itself: calling the asset would make a Dagster instance each time
    assert isinstance(step.op.compute_fn, DecoratedOpFunction)
    function = step.op.compute_fn.decorated_fn
    wanted = {name: value for name, value in resources.items() if name in step.required_resource_keys}
    result = function(**({"config": config} if config else {}), **wanted)
    if not isinstance(result, dg.MaterializeResult):
        list(result)


def raw_tables(build: Path) -> dict[str, list[tuple]]:
    """All rows of all tables that the other steps and dbt read, timestamps apart, sorted."""
    with duckdb.connect(str(build), read_only=True) as con:
        columns: dict[str, list[str]] = {}
        for table, column, kind in con.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw'"
        ).fetchall():
            if table not in OWN and not kind.startswith("TIMESTAMP"):
                columns.setdefault(table, []).append(column)
        return {
            table: con.execute(f"select {', '.join(names)} from raw.{table} order by all").fetchall()  # noqa: S608
            for table, names in columns.items()
        }


def load_knowledge_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run loads what the language side knows; a hundred runs in one process need not."""
    for kind in (resolve.CountryRows, resolve.EntityRows, resolve.TopicRows):
        monkeypatch.setattr(resolve, kind.__name__, cache(kind))
