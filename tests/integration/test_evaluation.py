"""Scoring a warehouse file: the same figures from both schemas, and the same as an independent scorer's."""

import hashlib
import json
import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from pipelines.evaluation import Score, evaluate
from pipelines.evaluation.gold import GoldDocument, read_gold

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "eval" / "score.py"

TEXT = (
    "Bridge toll to end\r\nA bridge between Denmark and Sweden\r\n\r\n"
    "Kari Vik of the Coast Office said Danes would pay less.\r\nPicture: the bridge\r\n\r\n"
    "Port fees rise\rNorway's ports cost more, Vik said in Oslo."
)
GOLD = {
    "file": "bridge.txt",
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "articles": [
        {
            "id": "b-1",
            "start_line": 1,
            "end_line": 5,
            "title": "Bridge toll to end",
            "dek": "A bridge between Denmark and Sweden",
            "byline_or_publisher": None,
            "published": None,
            "body_lines": [4],
            "section_headings": [],
            "boilerplate": [{"line": 5, "kind": "photo_caption"}],
            "countries": [{"iso2": "DK"}, {"iso2": "SE"}],
            "boilerplate_only_countries": ["FI"],
            "person_forms": {"Kari Vik": ["Kari Vik"]},
            "org_forms": {"Coast Office": ["Coast Office"]},
            "iptc_top": ["transport"],
        },
        {
            "id": "b-2",
            "start_line": 7,
            "end_line": 8,
            "title": "Port fees rise",
            "dek": None,
            "byline_or_publisher": None,
            "published": "2026-03",
            "body_lines": [8],
            "section_headings": [],
            "boilerplate": [],
            "countries": [{"iso2": "NO"}],
            "boilerplate_only_countries": [],
            "person_forms": {"Kari Vik": ["Vik"]},
            "org_forms": {},
            "iptc_top": [],
        },
    ],
}
MENTIONS = [
    {"article_id": "b-1", "line": 2, "start_char_in_line": 17, "surface": "Denmark", "iso2": "DK", "kind": "name"},
    {"article_id": "b-1", "line": 2, "start_char_in_line": 29, "surface": "Sweden", "iso2": "SE", "kind": "name"},
    {"article_id": "b-1", "line": 4, "start_char_in_line": 34, "surface": "Danes", "iso2": "DK", "kind": "demonym"},
    {"article_id": "b-2", "line": 8, "start_char_in_line": 0, "surface": "Norway", "iso2": "NO", "kind": "name"},
    {"article_id": "b-2", "line": 8, "start_char_in_line": 38, "surface": "Oslo", "iso2": "NO", "kind": "place"},
]
SCHEMA = """
create table documents (document_id varchar, sha256 varchar, text varchar, status varchar);
create table document_spans (document_id varchar, start_char bigint, end_char bigint, kind varchar);
create table articles (
    article_id varchar, document_id varchar, start_line bigint, end_line bigint, start_char bigint, end_char bigint,
    title varchar, standfirst varchar, publisher varchar, published_on date, published_precision varchar,
    boundary_confidence double
);
create table country_mentions (
    article_id varchar, iso2 varchar, surface varchar, kind varchar, start_char bigint, end_char bigint
);
create table entities (entity_id varchar, name varchar, aliases varchar[]);
create table entity_mentions (
    article_id varchar, entity_id varchar, label varchar, surface varchar, start_char bigint, end_char bigint
);
create table topics (topic_id varchar, name varchar, parent_id varchar);
create table article_topics (article_id varchar, topic_id varchar);
"""
# score name here → how the independent scorer calls it, as a path into its JSON
NAMES = {
    "Pk (mean)": ("Pk (mean)",),
    "WindowDiff (mean)": ("WindowDiff (mean)",),
    "article ends right": ("article ends right",),
    "article text kept": ("article text kept",),
    "furniture kept out": ("furniture kept out",),
    "title right": ("title right",),
    "standfirst right": ("standfirst right",),
    "publisher right": ("publisher right",),
    "published right": ("published right",),
    "country totals error": ("country totals: sum of absolute errors / gold mentions",),
    "organisations found": ("organisations found",),
    "person main share": ("person mentions under the person's main entity",),
    "person purity": ("entity mentions of the entity's main person",),
} | {
    f"{ours} {measure}": (theirs, measure.lower())
    for ours, theirs in {
        "article starts": "article starts",
        "country mentions": "country mentions",
        "countries per article": "countries per article",
        "people per article": "people per article",
        "topics": "topics (IPTC top level)",
    }.items()
    for measure in ("precision", "recall", "F1")
}


class Tables:
    """Rows of a small warehouse."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple]] = {}

    def add(self, table: str, *row: object) -> None:
        self.rows.setdefault(table, []).append(row)

    def write(self, con: duckdb.DuckDBPyConnection, schema: str) -> None:
        con.execute(f"create schema if not exists {schema}; set schema = '{schema}'")
        con.execute(SCHEMA)
        for table, rows in self.rows.items():
            columns = [list(column) for column in zip(*rows, strict=True)]
            con.execute(f"insert into {table} select {', '.join(['unnest(?)'] * len(columns))}", columns)
        con.execute("set schema = 'main'")


def bridge() -> Tables:
    """A prediction with one thing wrong of nearly every kind."""
    tables, at = Tables(), TEXT.index
    tables.add("documents", "d", GOLD["sha256"], TEXT, "loaded")
    tables.add("documents", "q", "ff", None, "quarantined")
    bounds = [
        0,
        at("A bridge"),
        at("\r\n\r\nKari"),
        at("Kari"),
        at("Picture"),
        at("Port fees"),
        at("Norway"),
        len(TEXT),
    ]
    kinds = ["title", "standfirst", "blank", "body", "body", "title", "body"]
    for (start, end), kind in zip(pairwise(bounds), kinds, strict=True):
        tables.add("document_spans", "d", start, end, kind)
    p1 = ("p1", "d", 1, 4, 0, at("Picture"), "Bridge toll to end", None, None, "2026-03-01", "day", 1.0)
    p2 = ("p2", "d", 6, 8, at("Port"), len(TEXT), "Port  Fees rise", None, None, "2026-03-01", "month", 0.8)
    tables.add("articles", *p1)
    tables.add("articles", *p2)
    for article_id, iso2, surface, kind in [
        ("p1", "DK", "Denmark", "name"),
        ("p1", "DK", "Danes", "name"),
        ("p1", "FI", "bridge between", "place"),
        ("p2", "NO", "Norway", "name"),
    ]:
        tables.add("country_mentions", article_id, iso2, surface, kind, at(surface), at(surface) + len(surface))
    for entity_id, name in [("e1", "Kari Vik"), ("e2", "Vik"), ("e3", "Coast Office")]:
        tables.add("entities", entity_id, name, [])
    for article_id, entity_id, label, surface in [
        ("p1", "e1", "PERSON", "Kari Vik"),
        ("p1", "e3", "ORG", "the Coast Office"),
        ("p2", "e2", "PERSON", "Vik"),
        ("p2", "e3", "PERSON", "ports"),
    ]:
        tables.add("entity_mentions", article_id, entity_id, label, surface, at(surface), at(surface) + len(surface))
    for topic_id, name, parent in [("t1", "transport", None), ("t2", "bridges", "t1"), ("t3", "sport", None)]:
        tables.add("topics", topic_id, name, parent)
    tables.add("article_topics", "p1", "t2")
    tables.add("article_topics", "p2", "t3")
    return tables


def noisy(documents: tuple[GoldDocument, ...], texts: Path, seed: int) -> Tables:
    """The gold itself, with a part of it lost, moved, renamed and invented."""
    dice, tables = random.Random(seed), Tables()
    tables.add("topics", "t0", "politics", None)
    tables.add("topics", "t1", "sport", None)
    tables.add("topics", "t2", "diplomacy", "t0")
    for document in documents:
        text = (texts / document.file).read_bytes().decode("utf-8-sig")
        starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", text)), len(text)]
        tables.add("documents", document.file, document.sha256, text, "loaded")
        for start, end in pairwise(starts):
            kind = dice.choice(["body", "body", "title", "caption", "marker", "blank"])
            tables.add("document_spans", document.file, start, end, kind)
        for article in document.articles:
            if dice.random() < 0.15:
                continue
            first = max(1, article.start_line + dice.choice([0, 0, 0, 0, 1]))
            last = article.end_line + dice.choice([0, 0, -1])
            tables.add(
                *("articles", article.id, document.file, first, last, starts[first - 1], starts[last]),
                *(dice.choice([article.title, None, "x"]), article.standfirst, dice.choice([article.publisher, "x"])),
                *dice.choice([(None, None), ("2026-02-01", "month"), ("2026-02-14", "day")]),
                None,
            )
            tables.add("article_topics", article.id, dice.choice(["t0", "t1", "t2"]))
            for name, forms in (article.person_forms or {}).items():
                for form in (name, *forms):
                    entity = dice.choice([name, form, "someone"])
                    tables.add("entity_mentions", article.id, entity, dice.choice(["PERSON", "ORG"]), form, 0, 1)
            for name in article.org_forms or {}:
                tables.add("entity_mentions", article.id, name, dice.choice(["ORG", "PERSON"]), name, 0, 1)
            tables.add("entity_mentions", article.id, "someone", "PERSON", "Someone Else", 0, 1)
        found = {row[0] for row in tables.rows["articles"]}
        for mention in document.mentions:
            if mention.article_id in found and dice.random() < 0.85:
                start = starts[mention.line - 1] + mention.start_char_in_line
                iso2 = dice.choice([mention.iso2] * 5 + ["FR"])
                kind = dice.choice([mention.kind or "place", "demonym"])
                end = start + len(mention.surface)
                tables.add("country_mentions", mention.article_id, iso2, mention.surface, kind, start, end)
        for article_id in sorted(a.id for a in document.articles if a.id in found):
            start = dice.randrange(len(text) - 9)
            tables.add("country_mentions", article_id, "AQ", text[start : start + 9], "place", start, start + 9)
    for entity_id in sorted({row[1] for row in tables.rows.get("entity_mentions", [])}):
        tables.add("entities", entity_id, entity_id, [])
    return tables


def write_gold(folder: Path) -> Path:
    folder.mkdir()
    (folder / "bridge.json").write_text(json.dumps(GOLD), encoding="utf-8")
    rows = "".join(json.dumps(mention) + "\n" for mention in MENTIONS)
    (folder / "bridge.mentions.jsonl").write_text(rows, encoding="utf-8")
    return folder


def independent(warehouse: Path, gold_dir: Path, out: Path) -> dict:
    # DuckDB 1.5 does not parse `last` as an alias without `as`
    source = SCORER.read_text(encoding="utf-8").replace("max(end_char) last", "max(end_char) as last")
    command = [sys.executable, "-c", source, str(warehouse), str(gold_dir), "--json", str(out)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    # exit code 1 tells of broken invariants (these warehouses break some), or of a crash
    assert "Traceback" not in run.stderr, run.stderr
    return json.loads(out.read_text(encoding="utf-8"))


def assert_same(scores: list[Score], figures: dict) -> None:
    compared = 0
    for score in scores:
        path = NAMES.get(score.quantity)
        if path is not None:
            expected = figures
            for key in path:
                expected = expected[key]
            assert score.value == pytest.approx(expected), score.quantity
            compared += 1
    assert compared >= 10


@pytest.fixture
def gold_dir(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "gold")


def test_figures_worked_by_hand(gold_dir: Path) -> None:
    with duckdb.connect() as con:
        bridge().write(con, "main")
        scores = {s.quantity: s for s in evaluate(con, gold_dir, floors={"title right": 0.9})}
    assert {q: round(s.value, 4) for q, s in scores.items()} == {
        "documents of the gold found": 1.0,
        "gold mentions at their place": 1.0,
        "article starts precision": 1.0,
        "article starts recall": 1.0,
        "article starts F1": 1.0,
        "Pk (mean)": 0.0,
        "WindowDiff (mean)": 0.0,
        "article ends right": 0.5,  # p1 ends at line 4, its caption left out
        "article text kept": 1.0,
        "furniture kept out": 0.0,
        "line roles right": 0.6667,  # two lines of body, and a caption that was taken for body
        "boundary confidence error": 0.04,  # 0.8 in the one start that is not the file's first, and right
        "title right": 1.0,
        "standfirst right": 0.5,
        "publisher right": 1.0,
        "published right": 0.5,
        "country mentions precision": 0.75,
        "country mentions recall": 0.6,
        "country mentions F1": 0.6667,
        "country kinds right": 0.6667,
        "country totals error": 0.6,  # Sweden and Norway one short each, Finland one over, of five
        "countries per article precision": 0.6667,
        "countries per article recall": 0.6667,
        "countries per article F1": 0.6667,
        "furniture countries kept out": 0.0,
        "people per article precision": 0.6667,
        "people per article recall": 1.0,
        "people per article F1": 0.8,
        "person main share": 0.5,
        "person purity": 1.0,
        "organisations found": 1.0,
        "topics precision": 0.5,
        "topics recall": 1.0,
        "topics F1": 0.6667,
    }
    assert scores["title right"].floor == 0.9
    assert scores["country mentions recall"].items == 5


def test_build_file_and_published_warehouse_give_the_same(gold_dir: Path) -> None:
    with duckdb.connect() as con:
        bridge().write(con, "raw")
        bridge().write(con, "main")
        con.execute("delete from main.country_mentions where iso2 = 'NO'")
        from_raw, from_main = evaluate(con, gold_dir, schema="raw"), evaluate(con, gold_dir)
        # the caller's connection still reads where it read before
        assert con.execute("select count(*) from country_mentions").fetchone() == (3,)
    assert from_raw != from_main
    assert [s.quantity for s in from_raw] == [s.quantity for s in from_main]


def test_reads_the_raw_schema_that_python_writes(gold_dir: Path) -> None:
    with duckdb.connect() as con:
        con.execute((ROOT / "pipelines" / "warehouse" / "schema.sql").read_text(encoding="utf-8"))
        con.execute(
            "insert into raw.documents (document_id, sha256, bytes, text, status, ingested_at) "
            "values ('d', ?, 1, ?, 'loaded', now())",
            [GOLD["sha256"], TEXT],
        )
        scores = {s.quantity: s.value for s in evaluate(con, gold_dir, schema="raw")}
    assert scores["documents of the gold found"] == 1.0
    assert scores["article starts F1"] == 0.0


def test_nothing_of_the_gold_in_the_warehouse(gold_dir: Path) -> None:
    with duckdb.connect() as con:
        Tables().write(con, "main")
        assert evaluate(con, gold_dir) == []


@pytest.mark.skipif(not SCORER.exists(), reason="needs the independent scorer")
class TestAgainstTheIndependentScorer:
    def test_hand_made_warehouse(self, gold_dir: Path, tmp_path: Path) -> None:
        with duckdb.connect(tmp_path / "w.duckdb") as con:
            bridge().write(con, "main")
            scores = evaluate(con, gold_dir)
        assert_same(scores, independent(tmp_path / "w.duckdb", gold_dir, tmp_path / "out.json"))

    @pytest.mark.parametrize(
        ("gold_name", "texts_name", "seed"),
        [("eval/gold", "corpus", 1), ("eval/gold", "corpus", 2), ("eval/dumps_gold", "eval/dumps", 3)],
    )
    def test_spoilt_gold(self, gold_name: str, texts_name: str, seed: int, tmp_path: Path) -> None:
        documents = read_gold(SHARED / gold_name)
        with duckdb.connect(tmp_path / "w.duckdb") as con:
            noisy(documents, SHARED / texts_name, seed).write(con, "main")
            scores = evaluate(con, SHARED / gold_name)
        assert_same(scores, independent(tmp_path / "w.duckdb", SHARED / gold_name, tmp_path / "out.json"))
