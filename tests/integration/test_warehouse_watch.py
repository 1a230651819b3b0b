"""What goes wrong silently is seen: warnings with the rows to look at, and a line and a call when a run fails."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import duckdb
import pytest

from pipelines.defs.alerts import report_failure
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.checks import CHECKS, offenders
from pipelines.warehouse.figures import note_figures

DOCUMENT = """insert into raw.documents by name select '{0}' as document_id, {1} as text, 'loaded' as status,
    1 as bytes, now()::timestamp as ingested_at"""
FILE = (
    "insert into raw.files by name select '{0}.txt' as path, '{0}' as document_id, 1 as bytes, now() as first_seen_at"
)
LAYOUT = "insert into raw.document_layouts values ('{0}', '{1}', 0.9)"
ARTICLE = """insert into raw.articles by name select '{1}' as article_id, '{0}' as document_id, 1 as ordinal,
    'some words' as body, {2} as words, 1 as start_line, 2 as end_line, 0 as start_char, 10 as end_char,
    0.9 as boundary_confidence, 'h' as content_hash"""
SPAN = "insert into raw.document_spans values ('{0}', {1}, {2}, {3}, 1, 1, '{4}', 'r')"
MENTIONS = "insert into raw.entity_spans select '{0}', 'ORG', 'x', 0, 1, 1 from range({1})"


@pytest.fixture
def con(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    warehouse = Warehouse(tmp_path / "w.duckdb")
    with warehouse.reading():
        pass
    return duckdb.connect(str(warehouse.path))


def found(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, object]]:
    (check,) = [c for c in CHECKS if c.name == name]
    count, columns, rows = offenders(con, check)
    assert count == len(rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def load(con: duckdb.DuckDBPyConnection, document: str, *, layout: str = "x", text: str = "'some words'") -> None:
    for statement in (DOCUMENT.format(document, text), FILE.format(document), LAYOUT.format(document, layout)):
        con.execute(statement)


@pytest.mark.parametrize("check", CHECKS, ids=[c.name for c in CHECKS])
def test_every_check_passes_on_an_empty_warehouse(con: duckdb.DuckDBPyConnection, check: object) -> None:
    assert offenders(con, check)[0] == 0  # ty: ignore[invalid-argument-type]


def test_a_document_without_articles(con: duckdb.DuckDBPyConnection) -> None:
    load(con, "d1")
    assert [row["path"] for row in found(con, "every_document_yields_articles")] == ["d1.txt"]


def test_what_a_step_failed_on(con: duckdb.DuckDBPyConnection) -> None:
    load(con, "d1")
    load(con, "d2")
    con.execute(ARTICLE.format("d1", "a1", 100))
    con.execute("insert into raw.failures values ('split', 'd2', 'KeyError: x'), ('topics', 'a1', 'ValueError: y')")
    assert [tuple(row.values()) for row in found(con, "no_step_failed")] == [
        ("split", "d2.txt", 0, 10, "KeyError: x"),
        ("topics", "d1.txt", 0, 10, "ValueError: y"),
    ]


def test_articles_of_odd_length(con: duckdb.DuckDBPyConnection) -> None:
    load(con, "d1")
    for article, words in (("a1", 3), ("a2", 200), ("a3", 210), ("a4", 9000)):
        con.execute(ARTICLE.format("d1", article, words))
    assert [row["words"] for row in found(con, "articles_are_of_usual_length")] == [9000, 3]


def test_text_that_is_not_assigned(con: duckdb.DuckDBPyConnection) -> None:
    load(con, "d1")
    load(con, "d2")
    for document, own in (("d1", 40), ("d2", 60)):
        con.execute(SPAN.format(document, "'a'", 0, own, "body"))
        con.execute(SPAN.format(document, "null", own, 100, "furniture"))
        con.execute(SPAN.format(document, "null", 100, 900, "blank"))
    assert [(row["path"], row["own_percent"]) for row in found(con, "text_is_assigned")] == [("d1.txt", 40.0)]


def test_a_document_in_which_hardly_anything_is_named(con: duckdb.DuckDBPyConnection) -> None:
    for document, things in (("d1", 50), ("d2", 60), ("d3", 2)):
        load(con, document)
        con.execute(ARTICLE.format(document, f"a-{document}", 1000))
        con.execute(MENTIONS.format(f"a-{document}", things))
    assert [(row["path"], row["things"]) for row in found(con, "documents_mention_as_usual")] == [("d3.txt", 2)]


def test_a_fall_against_the_last_run_that_less_text_does_not_explain(con: duckdb.DuckDBPyConnection) -> None:
    for number in range(10):
        load(con, f"d{number}")
        con.execute(ARTICLE.format(f"d{number}", f"a{number}", 100))
        con.execute(MENTIONS.format(f"a{number}", 20))
    note_figures(con)
    for table in ("documents", "articles"):
        con.execute(f"delete from raw.{table} where document_id in ('d0', 'd1', 'd2')")  # noqa: S608
    con.execute("delete from raw.entity_spans where article_id in ('a0', 'a1', 'a2')")
    assert found(con, "nothing_fell_since_the_last_run") == []
    con.execute("delete from raw.entity_spans where article_id in ('a3', 'a4')")
    (fallen,) = found(con, "nothing_fell_since_the_last_run")
    assert (fallen["figure"], fallen["last_time"], fallen["today"]) == ("named things", 200, 100)


def test_mentions_are_looked_up_in_linear_time(con: duckdb.DuckDBPyConnection) -> None:
    """A document of two million characters with 40,000 mentions; counting to each from the start takes minutes."""
    load(con, "d1", text="repeat('Łódź café – ', 170000)")
    con.execute(ARTICLE.format("d1", "a1", 100))
    con.execute(
        "insert into raw.entity_spans select 'a1', 'GPE', 'Łódź', i * 12 * 4, i * 12 * 4 + 4, 1 from range(40000) t(i)"
    )
    assert found(con, "entity_spans_stand_at_their_offsets") == []
    con.execute("update raw.entity_spans set start_char = start_char + 1 where start_char = 48")
    assert [row["start_char"] for row in found(con, "entity_spans_stand_at_their_offsets")] == [49]


def test_a_failed_run_leaves_a_line_and_calls_the_address(tmp_path: Path) -> None:
    received: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/hook"
        settings = Settings(warehouse=tmp_path / "news.duckdb", webhook=address)
        report_failure(settings, "refresh", "r1", "disk\n\x1b[2J\u202efull")
    finally:
        server.shutdown()
        server.server_close()
    report_failure(Settings(warehouse=tmp_path / "news.duckdb", webhook=address), "refresh", "r2", None)
    report_failure(Settings(warehouse=tmp_path / "news.duckdb", webhook="file:///etc/passwd"), "refresh", "r3", "x")
    lines = (tmp_path / "build" / "failed-runs.log").read_text().splitlines()
    assert len(lines) == 3
    assert "refresh r1 failed" in lines[0]
    assert lines[0].endswith("disk �[2J�full")
    assert received == [{"text": lines[0]}]
    assert "calling DATELINE_WEBHOOK failed" in lines[1]
    assert "no web address" in lines[2]
