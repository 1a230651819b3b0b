"""`dateline export`: every published table as a file, and no cell that a spreadsheet would run."""

import csv
import json
from pathlib import Path

import duckdb
import pytest

from pipelines.cli.untrusted import cell
from pipelines.warehouse.export import export

HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\xa0=1", "\u3000@x", "＝1"]
HARMLESS = ["plain", "a=b", "", None, 'quoted "text", with a comma', "two\nlines", "'already"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    file = tmp_path / "it's news.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute('create table articles (n bigint, title varchar, share double, "order" varchar[])')
        rows = [(i, text, -0.5, ["=1", "b"]) for i, text in enumerate([*HOSTILE, *HARMLESS])]
        con.executemany("insert into articles values (?, ?, ?, ?)", rows)
        con.execute("create table empty (topic_id varchar)")
    return file


def test_parquet_is_the_table_as_it_is(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    assert export(warehouse, folder) == {"articles": len(HOSTILE) + len(HARMLESS), "empty": 0}
    with duckdb.connect(str(warehouse), read_only=True) as con:
        written = con.execute(f"from '{folder}/articles.parquet' order by n").fetchall()
        assert written == con.execute("from articles order by n").fetchall()
        assert con.execute(f"select count(*) from '{folder}/empty.parquet'").fetchone() == (0,)  # noqa: S608


def test_csv_holds_no_formula(warehouse: Path, tmp_path: Path) -> None:
    export(warehouse, tmp_path, format="csv")
    with (tmp_path / "articles.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [r["title"] for r in rows] == [cell(t) or "" for t in [*HOSTILE, *HARMLESS]]
    assert [r["title"] for r in rows] == [f"'{t}" for t in HOSTILE] + [t or "" for t in HARMLESS]
    # a negative number is a number
    assert {r["share"] for r in rows} == {"-0.5"}
    assert {tuple(json.loads(r["order"])) for r in rows} == {("=1", "b")}
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for r in rows for cell in r.values())
    assert (tmp_path / "empty.csv").read_text().strip() == "topic_id"


def test_an_export_replaces_its_own_files_alone(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("mine")
    (tmp_path / "articles.csv").write_text("old")
    export(warehouse, tmp_path, format="csv")
    assert (tmp_path / "notes.csv").read_text() == "mine"
    assert (tmp_path / "articles.csv").read_text() != "old"
    assert not [f for f in tmp_path.iterdir() if f.name.endswith(".new")]
