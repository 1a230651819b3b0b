"""`dateline split`: what it shows of a file, and that a file cannot steer the terminal."""

import json
import re
import sys
from pathlib import Path

import duckdb
import pytest
import typer

from pipelines.cli import commands, refresh, standing
from pipelines.cli.show import ledger, print_query, print_split, split_as_json
from pipelines.settings import Settings
from pipelines.text.splitting.spans import ARTICLE_TEXT_KINDS

PARAGRAPH = "The ferry to Skagen left the quay at noon on Tuesday with nobody aboard but the crew, the port said."
HEADS = [f"Ferry number {n} leaves without its passengers again" for n in ("one", "two", "three", "four")]
RELATED = "\n\n".join(
    f"{head}\n\n{PARAGRAPH} It had {k} letters.\n\nRead more\n\nWhy ferries are late\n\n{PARAGRAPH} {k} gulls came."
    for k, head in enumerate(HEADS, 3)
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(RELATED, encoding="utf-8")
    return path


def test_the_ledger_accounts_for_every_character(dump: Path) -> None:
    shown = split_as_json(dump)
    left_out = {(row["kind"], row["rule"]): row for row in shown["left_out"]}
    kept = [s for s in shown["spans"] if s["kind"] in ARTICLE_TEXT_KINDS]
    assert not {kind for kind, _ in left_out} & ARTICLE_TEXT_KINDS
    assert sum(row["characters"] for row in left_out.values()) + sum(
        s["end_char"] - s["start_char"] for s in kept
    ) == len(RELATED)
    of_markers = {row["example"]: (row["spans"], row["characters"]) for row in left_out.values()}
    assert of_markers["Read more"] == (4, 36)


def test_rows_are_in_order_whatever_the_order_of_spans(dump: Path) -> None:
    from pipelines.text.splitting import split_document

    spans = split_document(RELATED).spans
    rows = ledger(RELATED, spans)
    assert [(r.kind, r.rule) for r in rows] == sorted((r.kind, r.rule) for r in rows)
    assert sum(r.spans for r in rows) == len(spans)


def test_the_picture_names_roles_boundaries_and_what_was_left_out(
    dump: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    print_split(dump)
    out = capsys.readouterr().out
    assert "article 1 · confidence" in out
    assert "left out of the articles' text" in out
    assert "4  " in out.split("left out")[1]
    assert "Read more" in out.split("left out")[1]


def test_a_file_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    path = tmp_path / "odd.txt"
    path.write_text(
        f"[red]Title[/] \x1b[31mof\x07 \u202eit\n\n{PARAGRAPH} \x1b]0;x\x07 [link=x]\n{10 * PARAGRAPH}",
        encoding="utf-8",
    )
    print_split(path)
    out = capsys.readouterr().out
    assert not set(out) & {"\x1b", "\x07", "\u202e"}
    assert "[red]Title[/]" in out
    assert "[link=x]" in out


def test_json_is_json(dump: Path) -> None:
    assert json.loads(json.dumps(split_as_json(dump)))["document"]["characters"] == len(RELATED)


def test_columns_made_of_text_act_neither_on_the_terminal_nor_in_a_spreadsheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "w.duckdb"
    with duckdb.connect(str(warehouse)) as con:
        con.execute("create table t as select unnest(['=1+1', chr(27) || '[2J', 'two' || chr(10) || 'lines']) as x")
    print_query(warehouse, "pivot t on x using count(*)", output="csv", rows=10)
    assert capsys.readouterr().out.splitlines()[0].count("'=1+1") == 1
    print_query(warehouse, "pivot t on x using count(*)", output="table", rows=10)
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "␛[2J" in shown
    assert len(shown.splitlines()) == 2


@pytest.mark.parametrize("query", ["", " ;; ", "-- nothing"])
def test_no_query_is_a_mistake(tmp_path: Path, query: str) -> None:
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    with pytest.raises(ValueError, match="no query"):
        print_query(tmp_path / "w.duckdb", query, output="table", rows=10)


@pytest.mark.parametrize("output", ["table", "csv", "json"])
def test_no_answer_steers_the_terminal(
    tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "w.duckdb"
    duckdb.connect(str(warehouse)).close()
    query = "select 'a' || chr(27) || ']0;b' || chr(7) || chr(155) || chr(8238) || 'c' as x, ['d' || chr(27)] as y"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_query(warehouse, query, output=output, rows=10)
    printed = capsys.readouterr().out
    assert not set("\x07\x9b\u202e") & set(printed)
    assert "\x1b" not in re.sub(r"\x1b\[\d*m", "", printed)  # bold, of the table's own head
    if output == "json":
        assert json.loads(printed)[0]["x"] == "a\x1b]0;b\x07\x9b\u202ec"


def test_neither_do_errors_nor_names_that_read_like_markup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(typer.Exit), commands._errors():
        duckdb.execute("select ('x' || chr(27) || '[31m' || chr(155))::int")
    refresh._say("cannot write a\x1b[2Jb [/x]")
    monkeypatch.setattr("pipelines.warehouse.target.check_target", lambda *_: None)
    monkeypatch.setattr(standing, "stands", lambda *_: False)
    monkeypatch.setattr(refresh, "_run_job", lambda *_, **__: False)
    raw = tmp_path / "[/x]\x1b[red]"
    raw.mkdir(parents=True)
    (raw / "a.txt").write_text("words")
    settings = Settings(raw=(str(raw),), warehouse=tmp_path / "w" / "news.duckdb")
    refresh.run_refresh(settings, full_refresh=False, prune=False, only=[], rebuild=False, verbose=False)
    printed = capsys.readouterr().err
    assert "Could not convert string" in printed
    assert "[/x]␛[red]" in printed.replace("\n", "")
    assert not set("\x1b\x9b") & set(printed)
