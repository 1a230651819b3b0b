"""The dbt project, built on a small corpus written by hand, with figures worked out by hand."""

import json
import math
import random
import re
import runpy
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from jinja2 import Environment
from scipy.special import rel_entr
from scipy.stats import binomtest, chi2_contingency

from tests.building import PROJECT, ROOT, Builder
from tests.contract import CONTRACT

MONTH_1, MONTH_2, MONTH_3 = date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)
POLITICS, SPORT, WEATHER, DIPLOMACY = "medtop:11000000", "medtop:15000000", "medtop:17000000", "medtop:20000638"

# Marked in the text: {surface:iso2:kind} a country, {surface:entity} an entity, {surface:?} a place left unresolved.
# A piece is (kind, article, sentences); what stands in furniture is not marked, since it is not looked at.
Pieces = list[tuple[str, str | None, list[str]]]
DOCUMENTS: dict[str, Pieces] = {
    "d1": [
        ("header", None, ["DIGEST 👩‍👩‍👧 OF THE DAY"]),
        ("title", "a1", ["{France:FR:name} and {Germany:DE:name} sign a pact"]),
        ("standfirst", "a1", ["A day of talks in {Paris:FR:metonym}"]),
        ("blank", "a1", [""]),
        (
            "body",
            "a1",
            [
                "{French:FR:demonym} ministers 👩‍👩‍👧 met {Ann Lee:p1} of the {River Board:o1} in {Berlin:DE:metonym}.",
                "{Rome:IT:metonym} kept out, the owner of a cafe\N{COMBINING ACUTE ACCENT} said.",
            ],
        ),
        ("caption", "a1", ["A beach in Spain, where Germany plays France"]),
        ("body", "a1", ["Later {Italy:IT:name} agreed with {Germany:DE:name}."]),
        ("title", "a2", ["Rain in {Springfield:?}"]),
        ("body", "a2", ["{Ann Lee:p1} told the {River Board:o1} about {Poland:PL:name}."]),
        ("related", "a2", ["Read more: Germany votes"]),
    ],
    "d2": [
        ("header", None, ["🌧 " * 160]),
        ("title", "a3", ["{France:FR:name} and {Germany:DE:name} sign a pact"]),
        ("body", "a3", ["{French:FR:demonym} ministers met {Ann Lee:p1} of the {River Board:o1}."]),
        ("body", "a4", ["On and on, " * 30 + "{Germany:DE:name} and {Poland:PL:name} trade with {Kim:x1}. "]),
        ("body", "a5", ["A quiet year for {Kim:x1}."]),
        ("body", "a6", ["{Warsaw:PL:place} hosts a fair."]),
    ],
}
ARTICLES = [  # article, document, published on, precision, words, story
    ("a1", "d1", date(2025, 11, 20), "day", 40, "s1"),
    ("a2", "d1", date(2026, 1, 1), "month", 30, "s2"),
    ("a3", "d2", date(2026, 1, 15), "day", 40, "s1"),
    ("a4", "d2", None, None, 50, "s3"),
    ("a5", "d2", date(2024, 1, 1), "year", 20, "s4"),
    ("a6", "d2", date(2025, 11, 2), "day", 20, "s5"),
]
PUBLISHERS = {"a1": "River Post", "a2": "River Post", "a3": "Hill Star", "a6": "River Post"}
ARTICLE_TOPICS = [
    ("a1", POLITICS), ("a1", DIPLOMACY), ("a2", POLITICS), ("a2", WEATHER), ("a3", POLITICS), ("a4", POLITICS),
    ("a6", SPORT),
]  # fmt: skip
MARK = re.compile(r"\{([^:}]+):([^:}]+)(?::(\w+))?\}")

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Text:
    """A document's text as it grows, with what was marked in it."""

    rows: Rows
    text: str = ""
    sentences: dict[str, int] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)

    def add(self, document: str, kind: str, article: str | None, sentences: list[str]) -> None:
        start = len(self.text)
        if article and kind in ("title", "standfirst", "body"):
            zone = kind
            if kind == "body":
                self.paragraphs[article] = self.paragraphs.get(article, 0) + 1
            paragraph = self.paragraphs[article] if kind == "body" else 0
            for sentence in sentences:
                self._sentence(article, sentence, zone, paragraph)
        else:
            self.text += sentences[0]
        self.text += "\n"
        lines = self.text.count("\n")
        self.rows["document_spans"].append((document, article, start, len(self.text), lines, lines, kind, f"a_{kind}"))

    def _sentence(self, article: str, marked: str, zone: str, paragraph: int) -> None:
        number = self.sentences[article] = self.sentences.get(article, 0) + 1
        start, done = len(self.text), 0
        for mark in MARK.finditer(marked):
            self.text += marked[done : mark.start()]
            done = mark.end()
            surface, what, kind = mark.groups()
            place = (len(self.text), len(self.text) + len(surface))
            self.text += surface
            if kind:
                row = (article, what, surface, kind, "test", 0.9, *place, number, zone, paragraph)
                self.rows["country_mentions"].append(row)
            elif what == "?":
                self.rows["unresolved_mentions"].append((article, surface, *place, number, ["US", "CA"], "ambiguous"))
            else:
                label = "ORG" if what.startswith("o") else "PERSON"
                self.rows["entity_mentions"].append((article, what, label, surface, *place, number))
        self.text += marked[done:]
        self.rows["sentences"].append((article, number, zone, paragraph, start, len(self.text)))
        self.text += " "


def raw_rows() -> Rows:
    """Rows of the `raw` schema, by table."""
    rows: Rows = {
        name: []
        for name in ("document_spans", "sentences", "country_mentions", "unresolved_mentions", "entity_mentions")
    }
    at = datetime(2026, 2, 1, 12)
    texts = {}
    for document, pieces in DOCUMENTS.items():
        text = Text(rows)
        for kind, article, sentences in pieces:
            text.add(document, kind, article, sentences)
        texts[document] = text.text
    rows["documents"] = [
        (d, f"sha-{d}", len(t.encode()), "utf-8", "en", t, "loaded", None, at) for d, t in texts.items()
    ] + [("d3", "sha-d3", 0, None, None, None, "quarantined", "The file is empty.", at)]
    rows["files"] = [
        ("dump.txt", "d1", 9, at, datetime(2026, 2, 1)),
        ("again.txt", "d1", 9, at, datetime(2026, 2, 2)),
        ("other.txt", "d2", 9, at, datetime(2026, 2, 1)),
        ("empty.txt", "d3", 0, at, datetime(2026, 2, 1)),
    ]
    rows["document_layouts"] = [("d1", "doubled-title", 0.9), ("d2", "closing-marker", 0.8)]
    rows["articles"] = []
    for n, (article, document, day, precision, words, _) in enumerate(ARTICLES, start=1):
        spans = [s for s in rows["document_spans"] if s[1] == article]
        own = [texts[document][s[2] : s[3]].strip() for s in spans if s[6] == "body"]
        rows["articles"].append(
            (
                article, document, n, None, None, "\n".join(own), PUBLISHERS.get(article), day, precision, None, "en",
                words,
                spans[0][4], spans[-1][5], spans[0][2], spans[-1][3], 0.9, f"hash-{article}",
            )
        )  # fmt: skip
    rows["article_stories"] = [(a[0], a[5]) for a in ARTICLES]
    rows["entities"] = [
        ("p1", "Ann Lee", "PERSON", ["Lee"], True),
        ("o1", "River Board", "ORG", [], True),
        ("x1", "Kim", "PERSON", [], False),
        ("z9", "Nobody", "PERSON", [], True),
    ]
    rows["entity_aliases"] = [
        ("p1", "Ann Lee", "name", 1, 1), ("p1", "Lee", "part", 1, 1), ("z9", "Nobody", "name", 0, 0),
    ]  # fmt: skip
    rows["entity_merges"] = [("p0", "p1", "surname", 1), ("z8", "z9", "initial", 1)]
    rows["topics"] = [
        (POLITICS, "politics", None), (SPORT, "sport", None), (WEATHER, "weather", None),
        (DIPLOMACY, "diplomacy", POLITICS),
    ]  # fmt: skip
    rows["article_topics"] = [(a, t, 0.5, "words") for a, t in ARTICLE_TOPICS]
    rows["failures"] = [("split", "d2", "KeyError: x"), ("topics", "a2", "ValueError: y"), ("topics", "gone", "z")]
    rows["accuracy"] = [("boundaries_f1", 0.98, 0.9, 120, "F1 of article boundaries.")]
    return rows


@pytest.fixture(scope="session")
def manifest(built: Path) -> dict[str, Any]:
    return json.loads((built.parent / "target/manifest.json").read_text())


@pytest.fixture(scope="session")
def built(builder: Builder) -> Path:
    file, statuses, output = builder.build("corpus", raw_rows(), "--no-partial-parse", "--show-all-deprecations")
    assert set(statuses.values()) <= {"success", "pass", "no-op"}, output
    assert "deprecat" not in output.lower(), output
    assert sum(name.startswith("unit_test.") for name in statuses) >= 22
    return file


@pytest.fixture
def con(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built), read_only=True) as connection:
        yield connection


def table(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return con.execute(query).fetchall()


# ------------------------------------------------------------------------------------------------ what is published


def test_every_table_of_the_contract_has_its_columns(con):
    columns = dict(
        table(con, "select table_name, list(column_name) from duckdb_columns() where schema_name = 'main' group by all")
    )
    assert {t: set(c.split()) - set(columns.get(t, [])) for t, c in CONTRACT.items()} == {t: set() for t in CONTRACT}


def test_only_tables_are_published_and_all_are_described(con):
    assert table(con, "select view_name from duckdb_views() where schema_name = 'main' and not internal") == []
    assert table(con, "select table_name from duckdb_tables() where schema_name = 'main' and comment is null") == []
    undescribed = """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'main' and not internal and comment is null
    """
    assert table(con, undescribed) == []


def test_documents(con):
    assert table(
        con, "select document_id, path, copies, copy_paths, status, reason, articles from documents order by 1"
    ) == [
        ("d1", "again.txt", 1, ["dump.txt"], "loaded", None, 2),
        ("d2", "other.txt", 0, [], "loaded", None, 4),
        ("d3", "empty.txt", 0, [], "quarantined", "The file is empty.", 0),
    ]


def test_failures(con):
    start, end = table(con, "select start_char, end_char from articles where article_id = 'a2'")[0]
    whole = table(con, "select length(text) from documents where document_id = 'd2'")[0][0]
    assert table(con, "from failures") == [
        ("topics", "d1", "a2", "again.txt", start, end, "ValueError: y"),
        ("split", "d2", None, "other.txt", 0, whole, "KeyError: x"),
    ]


def test_stories(con):
    assert table(con, "from stories") == [
        ("s1", 2, "a1"), ("s2", 1, "a2"), ("s3", 1, "a4"), ("s4", 1, "a5"), ("s5", 1, "a6"),
    ]  # fmt: skip


def test_entities_without_mentions_are_dropped(con):
    assert table(con, "select entity_id, mentions, articles from entities order by 1") == [
        ("o1", 3, 3), ("p1", 3, 3), ("x1", 2, 2),
    ]  # fmt: skip


def test_unresolved_places(con):
    assert table(con, "from unresolved_places") == [("Springfield", 1, 1, ["CA", "US"], "ambiguous")]


def test_article_countries(con):
    # a1 weighs FR 3 + 3 + 2, DE 3 + 2 + 1, IT 2 + 1, together 17; a3 FR 3 + 2, DE 3
    rows = table(
        con,
        """
        select article_id, iso2, mentions, share, weighted_share, in_title, in_lead, is_focus
        from article_countries order by article_id, iso2
        """,
    )
    assert rows == [
        ("a1", "DE", 3, 3 / 8, 6 / 17, True, True, True),
        ("a1", "FR", 3, 3 / 8, 8 / 17, True, True, True),
        ("a1", "IT", 2, 2 / 8, 3 / 17, False, True, False),
        ("a2", "PL", 1, 1.0, 1.0, False, True, True),
        ("a3", "DE", 1, 1 / 3, 3 / 8, True, False, True),
        ("a3", "FR", 2, 2 / 3, 5 / 8, True, True, True),
        ("a4", "DE", 1, 0.5, 0.5, False, True, True),
        ("a4", "PL", 1, 0.5, 0.5, False, True, True),
        ("a6", "PL", 1, 1.0, 1.0, False, True, True),
    ]


def test_mentions_per_country(con):
    rows = table(
        con,
        """
        select
            iso2, iso3, name, mentions, articles, stories, focus_articles, name_mentions, demonym_mentions,
            metonym_mentions, place_mentions, total_articles, article_share, mentions_per_1000_words,
            first_published_on, last_published_on
        from mentions_per_country order by iso2
        """,
    )
    # 6 articles of 200 words in all; a3 reprints a1; nothing is counted in captions and "Read more" blocks
    assert rows == [
        ("DE", "DEU", "Germany", 5, 3, 2, 3, 4, 0, 1, 0, 6, 0.5, 25.0, date(2025, 11, 20), date(2026, 1, 15)),
        ("FR", "FRA", "France", 5, 2, 1, 2, 2, 2, 1, 0, 6, 2 / 6, 25.0, date(2025, 11, 20), date(2026, 1, 15)),
        ("IT", "ITA", "Italy", 2, 1, 1, 0, 1, 0, 1, 0, 6, 1 / 6, 10.0, date(2025, 11, 20), date(2025, 11, 20)),
        ("PL", "POL", "Poland", 3, 3, 3, 3, 2, 0, 0, 1, 6, 0.5, 15.0, date(2025, 11, 2), date(2026, 1, 1)),
    ]


def test_mentions_per_country_monthly(con):
    rows = table(
        con,
        """
        select iso2, month, mentions, articles, stories, total_articles, mentions_per_1000_words,
            change_on_previous_month
        from mentions_per_country_monthly order by iso2, month nulls last
        """,
    )
    # November: a1 and a6, 60 words; December: nothing; January: a2 and a3, 70 words; no month: a4 and a5, 70 words
    assert rows == [
        ("DE", MONTH_1, 3, 1, 1, 2, 50.0, None),
        ("DE", MONTH_2, 0, 0, 0, 0, None, -3),
        ("DE", MONTH_3, 1, 1, 1, 2, 1000 / 70, 1),
        ("DE", None, 1, 1, 1, 2, 1000 / 70, None),
        ("FR", MONTH_1, 3, 1, 1, 2, 50.0, None),
        ("FR", MONTH_2, 0, 0, 0, 0, None, -3),
        ("FR", MONTH_3, 2, 1, 1, 2, 2000 / 70, 2),
        ("FR", None, 0, 0, 0, 2, 0.0, None),
        ("IT", MONTH_1, 2, 1, 1, 2, 2000 / 60, None),
        ("IT", MONTH_2, 0, 0, 0, 0, None, -2),
        ("IT", MONTH_3, 0, 0, 0, 2, 0.0, 0),
        ("IT", None, 0, 0, 0, 2, 0.0, None),
        ("PL", MONTH_1, 1, 1, 1, 2, 1000 / 60, None),
        ("PL", MONTH_2, 0, 0, 0, 0, None, -1),
        ("PL", MONTH_3, 1, 1, 1, 2, 1000 / 70, 1),
        ("PL", None, 1, 1, 1, 2, 1000 / 70, None),
    ]


def test_aliases_and_merges_are_of_mentioned_entities(con):
    assert table(con, "select entity_id, alias, source from entity_aliases order by 2") == [
        ("p1", "Ann Lee", "name"),
        ("p1", "Lee", "part"),
    ]
    assert table(con, "select merged_id, entity_id, rule from entity_merges") == [("p0", "p1", "surname")]


def test_entities_monthly(con):
    columns = "month, entity_id, mentions, articles, stories, total_articles, total_stories, article_share, story_share"
    assert table(con, f"select {columns} from entities_monthly") == [  # noqa: S608
        (MONTH_1, "o1", 1, 1, 1, 2, 2, 0.5, 0.5),
        (MONTH_2, "o1", 0, 0, 0, 0, 0, None, None),
        (MONTH_3, "o1", 2, 2, 2, 2, 2, 1.0, 1.0),
        (None, "o1", 0, 0, 0, 2, 2, 0.0, 0.0),
        (MONTH_1, "p1", 1, 1, 1, 2, 2, 0.5, 0.5),
        (MONTH_2, "p1", 0, 0, 0, 0, 0, None, None),
        (MONTH_3, "p1", 2, 2, 2, 2, 2, 1.0, 1.0),
        (None, "p1", 0, 0, 0, 2, 2, 0.0, 0.0),
        (MONTH_1, "x1", 0, 0, 0, 2, 2, 0.0, 0.0),
        (MONTH_2, "x1", 0, 0, 0, 0, 0, None, None),
        (MONTH_3, "x1", 0, 0, 0, 2, 2, 0.0, 0.0),
        (None, "x1", 2, 2, 2, 2, 2, 1.0, 1.0),
    ]


def test_topics_monthly(con):
    rows = table(
        con,
        f"""
        select month, stories, total_stories, change_on_previous_month
        from topics_monthly where topic_id = '{POLITICS}'
        """,  # noqa: S608
    )
    assert rows == [(MONTH_1, 1, 2, None), (MONTH_2, 0, 0, -1), (MONTH_3, 2, 2, 2), (None, 1, 2, None)]


def test_country_focus(con):
    rows = table(
        con, "select iso2_focus, iso2_present, mentions, articles, stories, focus_stories, lift from country_focus"
    )
    # in focus: a1 FR and DE, a2 PL, a3 DE and FR, a4 DE and PL, a6 PL; a3 reprints a1
    assert rows == [
        ("DE", "FR", 5, 2, 1, 2, 0.5 / 0.2),
        ("DE", "IT", 2, 1, 1, 2, 0.5 / 0.2),
        ("DE", "PL", 1, 1, 1, 2, 0.5 / 0.6),
        ("FR", "DE", 4, 2, 1, 1, 1 / 0.4),
        ("FR", "IT", 2, 1, 1, 1, 1 / 0.2),
        ("PL", "DE", 1, 1, 1, 3, pytest.approx(1 / 3 / 0.4)),
    ]


def test_trending(con):
    # January 2026 (s1, s2) against the six months before it (s1, s5): half of three stories is expected in either
    rows = table(
        con,
        """
        select item, rank, stories, stories_before, expected_stories, pearson_residual, period_start, baseline_start
        from trending
        """,
    )
    figures = (2, 1, 1.5, pytest.approx(0.5 / math.sqrt(1.5)), MONTH_3, date(2025, 7, 1))
    assert rows == [("o1", 1, *figures), ("p1", 2, *figures), (POLITICS, 1, *figures)]


def test_publishers_and_undated_stay_visible(con):
    assert table(con, "select publisher, articles, stories, months, undated_articles, story_share from publishers") == [
        ("River Post", 3, 3, 2, 0, 0.6), (None, 2, 2, 0, 2, 0.4), ("Hill Star", 1, 1, 1, 0, 0.2),
    ]  # fmt: skip


def test_publisher_profile_worked_out_by_hand(con):
    # Poland is in 2 of the Post's 3 stories, which have 5 countries between them, and in 1 of the others', which have
    # 4: of a prior of 100 it gets 100 * 3 / 9
    rows = table(
        con,
        """
        select stories, other_stories, presences, other_presences, log_odds, z_score
        from publisher_profiles where publisher = 'River Post' and item = 'PL'
        """,
    )
    prior = 100 / 3
    log_odds = math.log((2 + prior) / (103 - prior)) - math.log((1 + prior) / (103 - prior))
    error = math.sqrt(1 / (2 + prior) + 1 / (1 + prior))
    assert rows == [(2, 1, 5, 4, pytest.approx(log_odds), pytest.approx(log_odds / error))]


def test_edges_open_in_gephi(con):
    con.execute("select * from edges_country_focus")
    assert [c[0] for c in con.description][:4] == ["Source", "Target", "Type", "Weight"]
    assert table(con, "select Source, Target, Type, Weight from edges_countries limit 2") == [
        ("Germany", "France", "Undirected", 1), ("Germany", "Italy", "Undirected", 1),
    ]  # fmt: skip
    assert table(con, "select Source, Target, Type, Weight from edges_country_focus limit 1") == [
        ("Germany", "France", "Directed", 1)
    ]


def test_nothing_published_before_means_no_changes(con):
    assert table(con, "from run_changes") == []


def test_country_cooccurrence(con):
    rows = table(
        con,
        "select iso2_a, iso2_b, n_a, n_b, n_both, n_total, articles_both, sentences_both from country_cooccurrence",
    )
    # stories: DE s1, s3; FR s1; IT s1; PL s2, s3, s5; five in all
    assert rows == [
        ("DE", "FR", 2, 1, 1, 5, 2, 3),
        ("DE", "IT", 2, 1, 1, 5, 1, 1),
        ("DE", "PL", 2, 3, 1, 5, 1, 1),
        ("FR", "IT", 1, 1, 1, 5, 1, 0),
    ]


MEASURES = "expected_both, lift, pmi, npmi, log_likelihood, jaccard"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # cells 1, 1, 0, 3 against 0.4, 1.6, 0.6, 2.4: G² = 2 (ln 2.5 + ln 0.625 + 3 ln 1.25)
        (
            "country_cooccurrence where iso2_a = 'DE' and iso2_b = 'FR'",
            (0.4, 2.5, 1.321928095, 0.569323442, 2.231435513, 0.5),
        ),
        # cells 1, 1, 2, 1 against 1.2, 0.8, 1.8, 1.2: rarer than by chance, so G² is negative
        (
            "country_cooccurrence where iso2_a = 'DE' and iso2_b = 'PL'",
            (1.2, 0.833333333, -0.263034406, -0.113282753, -0.138442938, 0.25),
        ),
        # cells 1, 2, 0, 2 against 0.6, 2.4, 0.4, 1.6
        (
            f"topic_cooccurrence where topic_a = '{POLITICS}' and topic_b = '{WEATHER}'",
            (0.6, 1.666666667, 0.736965594, 0.317393806, 1.184939226, 0.333333333),
        ),
        # always together: cells 2, 0, 0, 3
        ("entity_cooccurrence", (0.8, 2.5, 1.321928095, 1.0, 6.730116670, 1.0)),
        ("country_topics where iso2 = 'IT' and name = 'diplomacy'", (0.2, 5.0, 2.321928095, 1.0, 5.004024235, 1.0)),
    ],
)
def test_measures_worked_out_by_hand(con, query, expected):
    assert table(con, f"select {MEASURES} from {query}") == [pytest.approx(expected, abs=1e-9)]  # noqa: S608


def test_a_topic_makes_no_pair_with_the_one_above_it(con):
    assert table(con, "select name_a, name_b, n_a, n_b, n_both from topic_cooccurrence") == [
        ("politics", "weather", 3, 1, 1)
    ]


def test_furniture_and_article_text_make_up_the_documents(con):
    kept = "select sum(end_char - start_char) from document_spans where kind in ('title', 'standfirst', 'body')"
    left_out = "select sum(characters) from furniture_ledger"
    assert table(con, f"select ({kept}) + ({left_out}) = (select sum(length(text)) from documents)") == [(True,)]  # noqa: S608
    assert {k for (k,) in table(con, "select kind from furniture_ledger")} == {"header", "blank", "caption", "related"}


# ------------------------------------------------------------------------------------------------------------ offsets


def test_offsets_are_code_points(con):
    text = "a👩‍👩‍👧e\N{COMBINING ACUTE ACCENT}z"
    assert len(text) == 9
    cut = "select length(t), substr(t, 8, 1), substr(t, 9, 1), substring_grapheme(t, 2, 1) from (select ? as t)"
    assert con.execute(cut, [text]).fetchone() == (9, "\N{COMBINING ACUTE ACCENT}", "z", "👩‍👩‍👧")


@pytest.mark.parametrize("mentions", ["country_mentions", "entity_mentions"])
def test_substr_at_the_offsets_is_the_surface(con, mentions):
    rows = table(
        con,
        f"""
        select surface, substr(text, m.start_char + 1, m.end_char - m.start_char)
        from {mentions} as m inner join articles using (article_id) inner join documents using (document_id)
        """,  # noqa: S608
    )
    assert len(rows) >= 8
    assert [found for _, found in rows] == [surface for surface, _ in rows]


def test_evidence_is_the_sentence_of_the_mention(con):
    rows = raw_rows()
    texts = {d[0]: d[5] for d in rows["documents"]}
    documents = {a[0]: a[1] for a in ARTICLES}
    spans = {(s[0], s[1]): texts[documents[s[0]]][s[4] : s[5]] for s in rows["sentences"]}
    found = table(con, "select article_id, sentence, sentence_text, surface from evidence")
    assert len(found) == len(rows["country_mentions"])
    assert [(a, n, text) for a, n, text, _ in found] == [(a, n, spans[a, n]) for a, n, _, _ in found]
    assert all(surface in text for _, _, text, surface in found)
    assert max(len(text) for _, _, text, _ in found) > 300  # several chunks long


# ------------------------------------------------------------------------------------------------------------- macros


def render(name: str, *arguments: str) -> str:
    """The SQL that a macro of the project gives."""
    source = (PROJECT / f"macros/{name}.sql").read_text()
    return getattr(Environment().from_string(source).module, name)(*arguments)


def random_counts(n: int) -> list[tuple[int, int, int, int]]:
    """(n_a, n_b, n_both, n_total), all possible ones equally likely, the smallest tables in full."""
    draw = random.Random(20260214)
    counts = [
        (a, b, both, total)
        for total in range(1, 6)
        for a in range(1, total + 1)
        for b in range(1, total + 1)
        for both in range(max(0, a + b - total), min(a, b) + 1)
    ]
    for _ in range(n):
        total = draw.choice([10, 1_000, 200_000])
        a, b = draw.randint(1, total), draw.randint(1, total)
        counts.append((a, b, draw.randint(max(0, a + b - total), min(a, b)), total))
    return counts


def close(actual: Any, desired: Any) -> None:
    np.testing.assert_allclose(np.asarray(actual), np.asarray(desired), rtol=1e-9, atol=1e-9)


def test_association_measures_agree_with_scipy():
    counts = random_counts(1_500)
    columns = [np.array(c) for c in zip(*counts, strict=True)]
    with duckdb.connect() as con:
        con.execute("create table counts (i bigint, n_a bigint, n_b bigint, n_both bigint, n_total bigint)")
        con.executemany("insert into counts values (?, ?, ?, ?, ?)", [(i, *c) for i, c in enumerate(counts)])
        rows = con.execute(f"select {render('association_measures')} from counts order by i").fetchall()  # noqa: S608
    expected_both, lift, pmi, npmi, log_likelihood, jaccard = ([r[i] for r in rows] for i in range(6))

    a, b, both, total = (c.astype(float) for c in columns)
    tables = np.stack([both, a - both, b - both, total - a - b + both], axis=1).reshape(-1, 2, 2)
    chance = tables.sum(axis=2, keepdims=True) * tables.sum(axis=1, keepdims=True) / total[:, None, None]
    sign = np.where(both < chance[:, 0, 0], -1, 1)
    close(expected_both, chance[:, 0, 0])
    close(lift, both / chance[:, 0, 0])
    close(jaccard, both / (a + b - both))
    # rel_entr takes empty rows and columns too; chi2_contingency, which does not, computes G² on its own
    close(log_likelihood, sign * 2 * rel_entr(tables, chance).sum(axis=(1, 2)))
    regular = np.flatnonzero((chance > 0).all(axis=(1, 2)))[:400]
    assert len(regular) == 400
    by_scipy = [chi2_contingency(tables[i], correction=False, lambda_="log-likelihood").statistic for i in regular]
    close(np.abs(log_likelihood)[regular], by_scipy)

    never, always = both == 0, (both == a) & (both == b)
    assert [pmi[i] for i in np.flatnonzero(never)] == [None] * never.sum()
    close([pmi[i] for i in np.flatnonzero(~never)], np.log2((both / chance[:, 0, 0])[~never]))
    assert {npmi[i] for i in np.flatnonzero(never)} == {-1.0}
    assert {npmi[i] for i in np.flatnonzero(always)} == {1.0}
    between = ~never & ~always
    by_definition = np.log((both * total / (a * b))[between]) / -np.log((both / total)[between])
    close([npmi[i] for i in np.flatnonzero(between)], by_definition)
    assert -1 <= min(npmi) <= max(npmi) <= 1


def test_wilson_bounds_agree_with_scipy():
    pairs = [(k, n) for n in (1, 2, 7, 100, 12_345) for k in {0, 1, n // 3, n // 2, n - 1, n}]
    bounds = ", ".join(render("wilson_bound", "k", "n", side) for side in ("low", "high"))
    with duckdb.connect() as con:
        con.execute("create table pairs (k bigint, n bigint)")
        con.executemany("insert into pairs values (?, ?)", [*pairs, (0, 0)])
        rows = con.execute(f"select k, n, {bounds} from pairs").fetchall()  # noqa: S608
    for k, n, low, high in rows:
        if n == 0:
            assert (low, high) == (None, None)
        else:
            interval = binomtest(k, n).proportion_ci(confidence_level=0.95, method="wilson")
            assert (low, high) == pytest.approx((interval.low, interval.high), abs=1e-12)
            assert 0 <= low <= k / n <= high <= 1


# ---------------------------------------------------------------------------------------------------- other corpora


def test_an_empty_warehouse_gives_empty_tables(builder, built):
    file, statuses, output = builder.build("empty", {}, "--exclude-resource-type", "unit_test")
    assert set(statuses.values()) <= {"success", "pass", "no-op"}, output
    with duckdb.connect(str(file), read_only=True) as con:
        tables = [t for (t,) in table(con, "select table_name from duckdb_tables() where schema_name = 'main'")]
        counts = {t: table(con, f"select count(*) from {t}")[0][0] for t in tables}  # noqa: S608
    assert set(CONTRACT) <= set(tables)
    assert counts.pop("countries") >= 249
    assert set(counts.values()) == {0}


def test_the_order_of_raw_rows_changes_nothing(builder, built):
    backwards = {name: values[::-1] for name, values in raw_rows().items()}
    file, statuses, output = builder.build("backwards", backwards, "--resource-type", "model", "seed")
    assert set(statuses.values()) <= {"success", "no-op"}, output
    with duckdb.connect(str(file), read_only=True) as one, duckdb.connect(str(built), read_only=True) as other:
        for name in table(one, "select table_name from duckdb_tables() where schema_name = 'main'"):
            assert table(one, f"from main.{name[0]}") == table(other, f"from main.{name[0]}"), name


def test_what_must_not_be_published_fails_the_build(builder, built):
    rows = raw_rows()
    caption = next(s for s in rows["document_spans"] if s[6] == "caption")
    place = (caption[2] + 11, caption[2] + 16)
    rows["country_mentions"].append(("a1", "ES", "Spain", "name", "test", 0.9, *place, 5, "body", 2))
    rows["article_topics"].append(("a1", "medtop:00000000", 1.5, "words"))
    rows["unresolved_mentions"].append(rows["unresolved_mentions"][0])
    rows["article_stories"].pop()
    _, statuses, output = builder.build("broken", rows, "--exclude-resource-type", "unit_test")
    assert {name.split(".")[2] for name, status in statuses.items() if status == "fail"} == {
        "mentions_lie_in_article_text",
        "relationships_article_topics_topic_id__topic_id__ref_topics_",
        "between_article_topics_score__1__0",
        "unique_combination_stg_unresolved_mentions_article_id__start_char__end_char",
    }, output
    # an article without a story breaks the table's own constraint, and what is counted from it is not built
    assert statuses["model.dateline.articles"] == "error"
    assert statuses["model.dateline.mentions_per_country"] == "skipped"


# ---------------------------------------------------------------------------------------------------- the project


def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {n["name"]: n for n in manifest["nodes"].values() if n["resource_type"] == "model"}


LAYERS = {"staging": "staging", "intermediate": "intermediate", "marts": "main"}


def test_layers_point_one_way(manifest):
    for name, node in models(manifest).items():
        layer = node["fqn"][1]
        above = [d.split(".") for d in node["depends_on"]["nodes"]]
        layers_above = {models(manifest)[d[2]]["fqn"][1] for d in above if d[0] == "model"}
        assert node["schema"] == LAYERS[layer], name
        if layer == "staging":
            assert [d[0] for d in above] == ["source"], f"{name} should read one source"
        else:
            assert "source" not in {d[0] for d in above}, f"{name} reads a source"
        if layer == "intermediate":
            assert layers_above <= {"staging", "intermediate"}, name


def test_names_tell_the_layer_and_the_key_of_the_asset(manifest):
    prefixes = {"staging": "stg_", "intermediate": "int_", "marts": ""}
    for name, node in models(manifest).items():
        assert name.startswith(prefixes[node["fqn"][1]])
        assert (node["config"]["schema"], node["alias"]) == (node["schema"], name)
    (countries,) = (n for n in manifest["nodes"].values() if n["resource_type"] == "seed")
    assert (countries["config"]["schema"], countries["name"]) == ("main", "countries")


def test_every_model_is_described_and_has_a_key(manifest):
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test"]
    keyed = {
        t["attached_node"] for t in tests
        if t["test_metadata"] and t["test_metadata"]["name"] in ("unique", "unique_combination")
    } if (tests := [t for t in tests if t.get("attached_node")]) else set()  # fmt: skip
    for name, node in models(manifest).items():
        assert node["description"], name
        assert all(c["description"] for c in node["columns"].values()), name
        assert node["unique_id"] in keyed, f"{name} has no key"
        assert node["patch_path"].endswith(f"models/{node['fqn'][1]}/{name}.yml")
        assert node["config"]["contract"]["enforced"] == (node["fqn"][1] == "marts"), name


def test_described_columns_are_the_columns(con, manifest):
    columns = dict(
        table(
            con,
            """
            select schema_name || '.' || table_name, list(column_name order by column_index)
            from duckdb_columns() where schema_name <> 'raw' and not internal group by all
            """,
        )
    )
    for name, node in models(manifest).items():
        assert list(node["columns"]) == columns[f"{node['schema']}.{name}"], name


def test_the_data_dictionary_says_what_the_tables_say(manifest):
    page = runpy.run_path(str(PROJECT / "data_dictionary.py"))["data_dictionary"](manifest)
    assert (ROOT / "docs/data-dictionary.md").read_text() == page, "run: python dbt_project/data_dictionary.py"


@pytest.mark.parametrize(
    "pattern", [r"\bselect\s+distinct\b", r"\b(from|join)\s+(raw|main|staging|intermediate|reference)\.\w"]
)
def test_models_hide_no_fan_out_and_name_no_relation(pattern):
    guilty = [f.name for f in PROJECT.glob("models/**/*.sql") if re.search(pattern, f.read_text(), re.IGNORECASE)]
    assert guilty == []
