"""A re-run costs what changed: which texts are read, split and resolved again, and which are not."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.defs import fingerprints
from pipelines.defs.extract.rows import Extractor
from pipelines.defs.resolve import rows as resolve
from pipelines.defs.split import rows as split_rows
from pipelines.text.extraction import extract as extraction
from pipelines.text.splitting.spans import Article, Span, Split
from pipelines.warehouse import Warehouse, ingest, results
from tests.integration.steps import load_knowledge_once, raw_tables, run_steps

FERRY = "Ferry sails again\n\nOSLO – The ferry to Stavanger sailed again, said Ingrid Solheim of the Coastal Board."
RAIN = "Rain at last\n\nMADRID – Juana Ortega said that rain in Andalusia had filled two reservoirs in Spain."
FISH = "Talks on fish\n\nREYKJAVIK – Katrin Jonsdottir of Iceland said that there was less mackerel this year."


def split_at_gaps(text: str, *, path: str | None = None) -> Split:
    """Splits where three line ends follow each other; a date in the file's name is that of all articles."""
    day = re.search(r"\d{4}-\d\d-\d\d", path or "")
    spans, articles, line, position = [], [], 1, 0
    for number, part in enumerate(re.split(r"(\n\n\n)", text)):
        ordinal = None if number % 2 else number // 2 + 1
        where = {"start_char": position, "end_char": position + len(part), "start_line": line}
        line += part.count("\n")
        where["end_line"] = line
        position += len(part)
        spans.append(Span(**where, kind="body" if ordinal else "blank", rule="gap", article=ordinal))
        if ordinal:
            articles.append(
                Article(
                    ordinal=ordinal, title=None, standfirst=None, body=part, publisher=None,
                    published_on=date.fromisoformat(day.group()) if day else None,
                    published_precision="day" if day else None, published_evidence=None, words=len(part.split()),
                    boundary_confidence=1.0, **where,
                )
            )  # fmt: skip
    return Split(layout="gaps", layout_confidence=1.0, spans=tuple(spans), articles=tuple(articles))


class Work:
    """What was done since it was last looked at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: Counter[str] = Counter()
        for owner, name in (
            (ingest, "document_of"), (split_rows, "split_document"), (resolve.CountryRows, "mentions"),
            (resolve.EntityRows, "of_articles"), (resolve.EntityRows, "of_corpus"), (resolve.TopicRows, "__call__"),
            (resolve.TopicRows, "taxonomy"), (Extractor, "rows"),
        ):  # fmt: skip
            self._count(monkeypatch, owner, name)
        read = extraction.extract

        def reading(nlp, articles, **options):
            articles = list(articles)
            self.done["read by spaCy"] += len(articles)
            return read(nlp, articles, **options)

        monkeypatch.setattr(extraction, "extract", reading)

    def _count(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        owner = getattr(owner, "__wrapped__", owner)
        function = getattr(owner, name)
        label = f"{getattr(owner, '__name__', '').rsplit('.', 1)[-1]}.{name}"

        def counted(*args, **kwargs):
            self.done[label] += 1
            return function(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)

    def take(self) -> dict[str, int]:
        done, self.done = dict(self.done), Counter()
        return done


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    load_knowledge_once(monkeypatch)
    monkeypatch.setattr(split_rows, "split_document", split_at_gaps)
    return Work(monkeypatch)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(FERRY + "\n\n\n" + RAIN)
    return folder


def test_each_change_costs_what_it_touches(
    raw: Path, tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = tmp_path / "b" / "w.duckdb"
    run_steps(raw, build)
    assert work.take()["read by spaCy"] == 2

    run_steps(raw, build)
    assert work.take() == {}  # nothing changed: nothing is read, split, resolved or linked

    (raw / "copy.txt").write_bytes((raw / "a.txt").read_bytes())
    run_steps(raw, build)
    assert work.take() == {}

    (raw / "copy.txt").rename(raw / "copied.txt")
    run_steps(raw, build)
    assert work.take() == {}
    assert len(raw_tables(build)["files"]) == 2  # the path that is gone gave up its place

    with (raw / "a.txt").open("a") as file:
        file.write("\n\n\n" + FISH)
    run_steps(raw, build)
    done = work.take()
    assert done["read by spaCy"] == 1  # the other two stood in the version before
    # the new version is split, and so is the old one, which is now called by the name of its copy
    assert (done["ingest.document_of"], done["rows.split_document"]) == (1, 2)

    monkeypatch.setattr(fingerprints, "topics", lambda: "another lexicon")
    run_steps(raw, build)
    assert work.take() == {"TopicRows.__call__": 1, "TopicRows.taxonomy": 1}

    monkeypatch.setattr(fingerprints, "countries", lambda: "another gazetteer")
    run_steps(raw, build)
    assert work.take() == {"CountryRows.mentions": 1}

    monkeypatch.setattr(fingerprints, "extract", lambda model: "another model")
    run_steps(raw, build)
    done = work.take()
    assert done["read by spaCy"] == 3  # three texts in five articles
    assert "rows.split_document" not in done
    assert done["EntityRows.of_articles"] == 1


def test_a_date_in_a_new_name_counts_and_is_read_by_nobody_else(raw: Path, tmp_path: Path, work: Work) -> None:
    build = tmp_path / "b" / "w.duckdb"
    run_steps(raw, build)
    work.take()
    (raw / "a.txt").rename(raw / "digest_2026-03-05.txt")
    run_steps(raw, build, prune=True)
    assert work.take() == {"rows.split_document": 1}
    with duckdb.connect(str(build), read_only=True) as con:
        dates = con.execute("select distinct published_on::varchar from raw.articles").fetchall()
    assert dates == [("2026-03-05",)]


def test_a_limit_that_changes_changes_what_is_read(
    raw: Path, tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = tmp_path / "b" / "w.duckdb"
    for limit, articles in (("100000", 2), ("10", 0), ("100000", 2)):
        monkeypatch.setenv("DATELINE_MAX_BYTES", limit)
        run_steps(raw, build)
        assert len(raw_tables(build)["articles"]) == articles


def test_a_file_of_an_older_version_gains_and_loses_columns_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with Warehouse(path).reading():
        pass
    with duckdb.connect(str(path)) as con:
        con.execute("alter table raw.articles drop column text_hash")
        con.execute("alter table raw.files add column owner varchar")
        con.execute("insert into raw.files values ('a.txt', 'd', 1, null, now()::timestamp, 'somebody')")
    with Warehouse(path).reading() as con:
        columns = {row[0] for row in con.execute("select column_name from duckdb_columns()").fetchall()}
        assert "text_hash" in columns
        assert "owner" not in columns
        assert con.execute("select path from raw.files").fetchall() == [("a.txt",)]


def test_a_state_is_that_of_the_rows_and_not_of_their_order(tmp_path: Path) -> None:
    states = []
    for rows in (["a", "b", "b"], ["b", "a", "b"], ["a", "a", "b"], ["a", "b"]):
        with duckdb.connect() as con:
            con.execute("create table t as select unnest(?::varchar[]) as x", [rows])
            states.append(results.state_of(con, ["t"], "f"))
    assert states[0] == states[1]
    assert len(set(states)) == 3


def test_what_is_in_a_folder_that_cannot_be_listed_is_not_pruned(raw: Path, tmp_path: Path, work: Work) -> None:
    from pipelines.text.reading import FoundFile, find_files

    warehouse = Warehouse(tmp_path / "w.duckdb")
    found = find_files([str(raw)], home=tmp_path)
    ingest.ingest(warehouse, found, found, "r", max_bytes=10_000, home=tmp_path)
    closed = [FoundFile(path="raw", url=str(raw), bytes=0, modified_at=None, barred="unreadable folder: no")]
    ingest.ingest(warehouse, closed, closed, "r", max_bytes=10_000, home=tmp_path, prune=True)
    with warehouse.reading() as con:
        assert con.execute("select path from raw.files order by path").fetchall() == [("raw",), ("raw/a.txt",)]
    ingest.ingest(warehouse, [], [], "r", max_bytes=10_000, home=tmp_path, prune=True)
    with warehouse.reading() as con:
        assert con.execute("select count(*) from raw.documents").fetchall() == [(0,)]
