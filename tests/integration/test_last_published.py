"""What a run is compared with: the last published file, article by article."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.defs.analytics.comparison import provenance
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.last_published import remember_last_published, replace_provenance
from pipelines.warehouse.publish import write_published
from tests.building import Builder, insert_raw
from tests.integration.test_dbt_build import raw_rows


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "build" / "news.duckdb")


@pytest.fixture(scope="module")
def published(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = raw_rows() | {"provenance": [("country", "gazetteer", "g1"), ("country", "rule", "r1")]}
    built, *_ = builder.build("first", rows, "--resource-type", "model", "seed")
    file = tmp_path_factory.mktemp("published") / "it's news.duckdb"
    write_published(built, file)
    return file


def looked(warehouse: Warehouse, query: str) -> list[tuple]:
    with warehouse.reading() as con:
        return con.execute(query).fetchall()


def test_nothing_was_published_yet(warehouse: Warehouse, tmp_path: Path) -> None:
    with warehouse.writing() as con:
        counts = remember_last_published(con, tmp_path / "none.duckdb")
    assert set(counts.values()) == {0}


def test_a_warehouse_of_other_tables_is_not_compared(warehouse: Warehouse, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as con:
        con.execute("create table articles (article_id varchar)")
    with warehouse.writing() as con:
        assert set(remember_last_published(con, tmp_path / "old.duckdb").values()) == {0}


def test_a_file_held_for_writing_or_broken_holds_up_no_run(
    warehouse: Warehouse, published: Path, tmp_path: Path
) -> None:
    held = Path(shutil.copy(published, tmp_path / "held.duckdb"))
    program = f"import duckdb; c = duckdb.connect({str(held)!r}); print('holds', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "holds\n"
        with warehouse.writing() as con:
            assert set(remember_last_published(con, held).values()) == {0}
        holder.communicate("\n")
    (tmp_path / "broken.duckdb").write_bytes(b"no database " * 1000)
    with warehouse.writing() as con:
        assert set(remember_last_published(con, tmp_path / "broken.duckdb").values()) == {0}


def test_every_article_is_remembered_and_what_was_before_is_forgotten(warehouse: Warehouse, published: Path) -> None:
    for _ in range(2):
        with warehouse.writing() as con:
            counts = remember_last_published(con, published)
    assert counts == {"raw.last_articles": 6, "raw.last_presence": 22, "raw.last_provenance": 2}
    assert looked(warehouse, "from raw.last_presence where article_id = 'a2' order by kind, item") == [
        ("country", "PL", "Poland", "a2", 1),
        ("entity", "o1", "River Board", "a2", 1),
        ("entity", "p1", "Ann Lee", "a2", 1),
        ("topic", "medtop:11000000", "politics", "a2", None),
        ("topic", "medtop:17000000", "weather", "a2", None),
    ]
    with warehouse.writing() as con:
        remember_last_published(con, published.with_name("none.duckdb"))
    assert looked(warehouse, "from raw.last_presence") == []


@pytest.fixture(scope="module")
def changes(builder: Builder, published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The next run: a country's gazetteer was edited and found one mention more; the last document is gone."""
    rows: dict[str, list[tuple[Any, ...]]] = raw_rows()
    rows["country_mentions"].append(("a2", "PL", "Poles", "demonym", "test", 0.9, 0, 5, 1, "body", 1))
    rows = {
        table: [r for r in values if table not in ("articles", "article_stories") or r[0] != "a6"]
        for table, values in rows.items()
    }
    for table in ("country_mentions", "entity_mentions", "article_topics", "sentences"):
        rows[table] = [r for r in rows[table] if r[0] != "a6"]
    rows["provenance"] = [("country", "gazetteer", "g2"), ("country", "rule", "r1")]

    def write(con: duckdb.DuckDBPyConnection) -> None:
        insert_raw(con, rows)
        remember_last_published(con, published)

    built, statuses, output = builder.build("second", write, "--resource-type", "model", "seed")
    assert set(statuses.values()) <= {"success", "no-op"}, output
    with duckdb.connect(str(built), read_only=True) as con:
        yield con


def test_each_change_has_its_cause(changes: duckdb.DuckDBPyConnection) -> None:
    columns = "kind, item, name, cause, articles_change, mentions_change, mentions_before, mentions"
    assert changes.execute(f"select {columns} from run_changes").fetchall() == [  # noqa: S608
        # the document of a6 stands: its text is now cut otherwise
        ("country", "PL", "Poland", "gazetteer", 0, 1, 3, 3),
        ("country", "PL", "Poland", "splitting", -1, -1, 3, 3),
        ("topic", "medtop:15000000", "sport", "splitting", -1, None, None, None),
    ]


def test_provenance_names_what_people_can_change(warehouse: Warehouse) -> None:
    parts = provenance(Settings())
    assert {kind for kind, _ in parts} == {"article", "country", "entity", "topic"}
    assert {part for _, part in parts} == {"rule", "gazetteer", "model"}
    assert parts == provenance(Settings())
    for _ in range(2):
        with warehouse.writing() as con:
            replace_provenance(con, parts)
    assert len(looked(warehouse, "from raw.provenance")) == len(parts)


def test_an_edited_gazetteer_is_another_gazetteer(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(Settings().models, models)
    before = provenance(Settings(models=models))
    with (models / "places" / "names.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    after = provenance(Settings(models=models))
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {("country", "gazetteer"), ("entity", "gazetteer")}
