"""The command line as people use it, on real dumps and a real warehouse."""

import hashlib
import json
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, CommandLine, Published
from tests.contract import CONTRACT

pytestmark = pytest.mark.e2e


@contextmanager
def opened(warehouse: Path) -> Generator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect(str(warehouse), read_only=True)
    try:
        yield con
    finally:
        con.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tables(warehouse: Path) -> dict[str, list[tuple]]:
    with opened(warehouse) as con:
        names = [r[0] for r in con.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        return {n: con.execute(f'select * from "{n}" order by all').fetchall() for n in names}  # noqa: S608


@pytest.mark.parametrize("table", CONTRACT)
def test_every_table_stands_is_filled_and_is_described(published: Published, table: str) -> None:
    with opened(published.warehouse) as con:
        columns = dict(
            con.execute("select column_name, comment from duckdb_columns() where table_name = ?", [table]).fetchall()
        )
        assert set(CONTRACT[table].split()) <= set(columns)
        assert all(columns.values()), "a column without a comment"
        assert con.execute("select comment from duckdb_tables() where table_name = ?", [table]).fetchall()[0][0]
        # nothing can have changed since a warehouse that was never published; events are off by default,
        # and no step fails on the samples
        filled = table not in ("run_changes", "entity_merges", "event_articles", "failures")
        assert (con.execute(f"select count(*) from {table}").fetchall()[0][0] > 0) == filled  # noqa: S608


def test_the_summary_tells_what_was_found_and_what_to_do_next(published: Published) -> None:
    with opened(published.warehouse) as con:
        articles = con.execute("select count(*) from articles").fetchall()[0][0]
        reasons = con.execute("select reason from documents where status = 'quarantined'").fetchall()
    assert f"{articles:,} articles" in published.output
    assert reasons
    assert all(r[0] in published.output for r in reasons)
    assert str(published.warehouse) in published.output.replace("\n", "")
    assert "make ui" in published.output


def test_the_queries_of_the_summary_run(published: Published) -> None:
    queries = [line.split('"')[1] for line in published.output.splitlines() if ".venv/bin/dateline sql" in line]
    assert len(queries) == 3
    for query in queries:
        done = published.dateline("sql", query, "-w", published.warehouse, "--format", "json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)


def test_reprints_are_one_story(published: Published) -> None:
    with opened(published.warehouse) as con:
        stories, articles, largest = con.execute(
            "select count(*), sum(articles), max(articles) from stories"
        ).fetchall()[0]
    assert stories < articles
    assert largest >= 2


@pytest.mark.parametrize(
    "option", [(), ("--prune",), ("--full-refresh",)], ids=["second run", "each step looked at", "full refresh"]
)
def test_another_run_gives_the_same_rows_and_disturbs_no_reader(published: Published, option: tuple[str, ...]) -> None:
    before = tables(published.warehouse)
    with opened(published.warehouse) as reader:  # an analyst's open shell
        done = published.dateline("run", "--raw", ROOT / "seeds", "-w", published.warehouse, *option)
        assert done.returncode == 0, done.stderr
        assert reader.execute("select count(*) from articles").fetchall() == [(len(before["articles"]),)]
    assert tables(published.warehouse) == before


def test_what_breaks_a_check_is_not_published(published: Published, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    warehouse = Path(shutil.copy(published.warehouse, tmp_path / "news.duckdb"))
    build = Path(shutil.copy(published.warehouse.parent / "build" / "news.duckdb", tmp_path / "build" / "news.duckdb"))
    before = digest(warehouse)
    with duckdb.connect(str(build)) as con:
        con.execute("update raw.country_mentions set start_char = start_char + 1, end_char = end_char + 1")
    done = published.dateline("run", "--raw", ROOT / "seeds", "-w", warehouse)
    assert done.returncode == 1
    assert "nothing was published" in done.stderr
    assert "country_mentions_stand_at_their_offsets" in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(warehouse) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--raw", "/nowhere/at/all"], "no such file or folder"),
        (["sql", "select 1", "-w", "/nowhere.duckdb"], "there is no warehouse"),
        (["split", "/nowhere.txt"], "no such file or folder"),
        (["evaluate", "/nowhere"], "no such folder"),
        (["run", "--colour"], "No such option"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_code_2(dateline: CommandLine, arguments: list[str], message: str) -> None:
    done = dateline(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_sql_cannot_write_and_says_what_is_wrong(published: Published) -> None:
    before = digest(published.warehouse)
    for query, message in (("drop table articles", "read-only"), ("select nonsense from articles", "nonsense")):
        done = published.dateline("sql", query, "-w", published.warehouse)
        assert done.returncode == 2
        assert message in done.stderr
        assert "Traceback" not in done.stderr
    assert digest(published.warehouse) == before


def test_a_terminal_that_cannot_show_a_character_is_no_failure(published: Published, tmp_path: Path) -> None:
    query = "select '→ ' || chr(233) as \"é\""
    done = published.dateline("sql", query, "-w", published.warehouse, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\\u2192 \\xe9" in done.stdout
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    done = published.dateline("run", "--raw", folder, "-w", tmp_path / "w.duckdb")
    assert done.returncode == 2
    assert "no .txt file in" in done.stderr
    assert "Traceback" not in done.stderr


def test_split_shows_a_file_and_writes_nothing(dateline: CommandLine, tmp_path: Path) -> None:
    file = next(p for p in sorted((ROOT / "seeds").glob("*.txt")) if "archive" in p.name)
    done = dateline("split", file, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert {"document", "articles", "spans"} <= set(shown)
    assert {"ordinal", "start_line", "end_line", "title", "standfirst", "publisher", "published_on"} <= set(
        shown["articles"][0]
    )
    ends = [0, *(s["end_char"] for s in shown["spans"])]
    assert [s["start_char"] for s in shown["spans"]] == ends[:-1]
    assert ends[-1] == shown["document"]["characters"]
    assert dateline("split", file).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["parquet", "csv"])
def test_export_writes_every_table(published: Published, tmp_path: Path, output: str) -> None:
    done = published.dateline("export", tmp_path / "tables", "--format", output, "-w", published.warehouse)
    assert done.returncode == 0, done.stderr
    written = {f.name for f in (tmp_path / "tables").iterdir()}
    assert written == {f"{table}.{output}" for table in tables(published.warehouse)}
    assert dateline_error(published, "export", tmp_path, "--format", "xlsx")


def dateline_error(published: Published, *arguments: str | Path) -> bool:
    done = published.dateline(*arguments)
    return done.returncode == 2 and "Traceback" not in done.stderr


def test_evaluate_prints_scores(published: Published) -> None:
    done = published.dateline("evaluate", ROOT / "tests" / "gold", "-w", published.warehouse)
    assert done.returncode == 0, done.stderr
    assert "article starts F1" in done.stdout


def test_a_damaged_working_file_is_named_with_the_way_on_and_what_is_published_stands(
    published: Published, tmp_path: Path
) -> None:
    warehouse = Path(shutil.copy(published.warehouse, tmp_path / "news.duckdb"))
    build = tmp_path / "build" / "news.duckdb"
    build.parent.mkdir()
    build.write_bytes((published.warehouse.parent / "build" / "news.duckdb").read_bytes()[:1_000_000])
    before = digest(warehouse)
    done = published.dateline("run", "--raw", ROOT / "seeds", "--warehouse", warehouse)
    assert done.returncode == 1
    assert f"{build} is damaged: `dateline run --rebuild`" in done.stderr
    assert digest(warehouse) == before
