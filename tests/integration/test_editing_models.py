"""An edit in `models/` takes effect with the next run, and re-runs resolution only: the README's own example."""

import re
import shutil
from pathlib import Path

import dagster as dg
import pytest

from pipelines.settings import ROOT, Settings
from pipelines.warehouse import Warehouse

README = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
TEXT = re.findall(r"```text\n(.*?)```", README, re.DOTALL)[0]
EDITS = re.findall(r"```csv (\S+)\n(.*?)```", README, re.DOTALL)

NAMED = """
    select e.name, count(*) from raw.entities as e inner join raw.entity_mentions as m using (entity_id)
    where e.label = ? group by e.name order by e.name
"""


def run(settings: Settings) -> None:
    from pipelines.defs.extract.assets import extract
    from pipelines.defs.ingest.assets import ingest
    from pipelines.defs.resolve.assets import countries, entities
    from pipelines.defs.split.assets import split

    resources = {"settings": settings, "warehouse": Warehouse(settings.build_file)}
    assert dg.materialize([ingest, split, extract, countries, entities], resources=resources).success


def ask(settings: Settings, query: str, *values: str) -> list[tuple]:
    with Warehouse(settings.build_file).reading() as con:
        return con.execute(query, list(values)).fetchall()


def test_the_example_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "models"
    shutil.copytree(ROOT / "models", models)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "example.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("DATELINE_MODELS", str(models))
    settings = Settings(raw=(str(raw),), warehouse=tmp_path / "news.duckdb", models=models)
    countries = "select iso2, surface from raw.country_mentions order by 1"
    ledger = (
        "select step, input_id, processed_at from raw.ledger where step in ('read', 'split', 'extract') order by all"
    )

    run(settings)
    assert ask(settings, countries) == [("DK", "Denmark")]
    assert dict(ask(settings, NAMED, "PERSON")) == {"Javad Tahan": 3, "Mara Vance": 1}
    assert {("TW", 1), ("Tidewater Watch", 1)} <= set(ask(settings, NAMED, "ORG"))
    before = ask(settings, ledger)
    assert {row[0] for row in before} == {"read", "split", "extract"}

    assert len(EDITS) == 4
    for name, rows in EDITS:
        with (models / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    run(settings)
    assert ask(settings, countries) == [("GB", "Greater Plimshire")]
    assert ask(settings, NAMED, "PERSON") == [("Javad Tahan", 2), ("Mara Vance", 2), ("Omar Javad Tahan", 1)]
    assert ("Tidewater Watch", 2) in ask(settings, NAMED, "ORG")
    assert ask(settings, ledger) == before
