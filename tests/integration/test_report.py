"""The report page on a small warehouse: complete, self-contained, and safe whatever the texts say."""

import base64
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
import scipy.stats

from pipelines.report import build_report, pictures
from pipelines.report.queries import read

HOSTILE = "</script><img src=x onerror=alert(1)>\"'${alert(2)}{{7*7}}"

PAIR_COLUMNS = """
    n_a bigint, n_b bigint, n_both bigint, n_total bigint, expected_both double, lift double, pmi double, npmi double,
    log_likelihood double, jaccard double, articles_both bigint
"""
SCHEMA = f"""
create table documents (
    document_id varchar, path varchar, copies bigint, sha256 varchar, bytes bigint, encoding varchar, language varchar,
    layout varchar, text varchar, status varchar, reason varchar, articles bigint, ingested_at timestamp
);
create table articles (
    article_id varchar, document_id varchar, title varchar, publisher varchar, published_on date,
    published_precision varchar, words bigint, story_id varchar
);
create table stories (story_id varchar, articles bigint, first_article_id varchar);
create table entities (
    entity_id varchar, name varchar, label varchar, aliases varchar[], mentions bigint, articles bigint
);
create table countries (iso2 varchar, iso3 varchar, name varchar, region varchar, subregion varchar);
create table country_mentions (article_id varchar, iso2 varchar, surface varchar, kind varchar);
create table unresolved_places (
    surface varchar, mentions bigint, articles bigint, candidates varchar[], reason varchar
);
create table mentions_per_country (
    iso2 varchar, iso3 varchar, name varchar, mentions bigint, articles bigint, stories bigint, focus_articles bigint,
    name_mentions bigint, demonym_mentions bigint, metonym_mentions bigint, place_mentions bigint,
    total_articles bigint, article_share double, article_share_low double, article_share_high double
);
create table mentions_per_country_monthly (
    month date, iso2 varchar, name varchar, mentions bigint, articles bigint, stories bigint, total_articles bigint,
    article_share double, article_share_low double, article_share_high double
);
create table topics (topic_id varchar, name varchar, parent_id varchar);
create table topic_cooccurrence (topic_a varchar, topic_b varchar, name_a varchar, name_b varchar, {PAIR_COLUMNS});
create table country_cooccurrence (iso2_a varchar, iso2_b varchar, {PAIR_COLUMNS}, sentences_both bigint);
"""


def fill(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """A few rows in every table; `name` stands wherever a text of a dump can."""

    def insert(table: str, *rows: tuple) -> None:
        con.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608

    insert(
        "documents",
        ("d1", name, 1, "aa", 900, "utf-8", "en", name, "…", "loaded", None, 3, "2026-04-02 10:00:00"),
        ("d2", "b.bin", 0, "bb", 7, None, None, None, None, "quarantined", name, 0, "2026-04-03 10:00:00"),
    )
    insert(
        "articles",
        ("a1", "d1", name, name, "2026-02-03", "day", 100, "s1"),
        ("a2", "d1", None, None, "2026-03-01", "month", 150, "s1"),
        ("a3", "d1", None, None, None, None, 50, "s2"),
    )
    insert("stories", ("s1", 2, "a1"), ("s2", 1, "a3"))
    insert("entities", ("e1", name, "PERSON", [name], 4, 2), ("e2", "Coast Office", "ORG", [], 3, 3))
    insert(
        "countries",
        ("DK", "DNK", name, "Europe", "Northern Europe"),
        ("MT", "MLT", "Malta", "Europe", "Southern Europe"),
        ("NO", "NOR", "Norway", "Europe", "Northern Europe"),
    )
    insert("country_mentions", *[("a1", "DK", "Denmark", "name")] * 5, ("a3", "MT", "Valletta", "place"))
    insert("unresolved_places", (name, 2, 1, [name, "Georgia (US)"], "ambiguous"))
    insert(
        "mentions_per_country",
        ("DK", "DNK", name, 5, 2, 1, 1, 4, 1, 0, 0, 3, 2 / 3, 0.2, 0.94),
        ("MT", "MLT", "Malta", 1, 1, 1, 0, 0, 0, 0, 1, 3, 1 / 3, 0.06, 0.79),
    )
    for month, articles in [("2026-02-01", 1), ("2026-03-01", 1), (None, 0)]:
        insert(
            "mentions_per_country_monthly",
            (month, "DK", name, 2, articles, 1, 1, articles / 1, 0.2, 1.0),
            (month, "MT", "Malta", 0, 0, 0, 1, 0.0, 0.0, 0.8),
        )
    measures = (2, 1, 1, 2, 1.0, 1.0, 0.0, 0.31, 0.4, 0.5, 1)
    insert("topics", ("medtop:1", name, None), ("medtop:2", "transport", None))
    insert("topic_cooccurrence", ("medtop:1", "medtop:2", name, "transport", *measures))
    insert("country_cooccurrence", ("DK", "MT", *measures, 1))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA)
        yield connection


class Page(HTMLParser):
    """Element names, their attributes, and the text outside scripts, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._in_script = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data
        else:
            self.text += data

    def specs(self) -> dict[str, dict]:
        ids = [a["id"] for tag, a in self.elements if tag == "script" and a.get("type") == "application/json"]
        texts = [s for s, (_, a) in zip(self.scripts, self._script_elements(), strict=True) if a.get("type")]
        return dict(zip(map(str, ids), map(json.loads, texts), strict=True))

    def _script_elements(self) -> list[tuple[str, dict[str, str | None]]]:
        return [element for element in self.elements if element[0] == "script"]


CHARTS = {
    "articles-per-month", "country-pairs", "mention-kinds", "organisations", "persons", "publishers", "timeline",
    "topics", "world-map",
}  # fmt: skip


def test_every_chart_has_its_table_and_every_number_its_meaning(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "Denmark")
    page = Page(build_report(con, title="Harbour news"))
    assert set(page.specs()) == {f"spec-{key}" for key in CHARTS}
    assert sum(tag == "details" for tag, _ in page.elements) == len(CHARTS)
    assert all(a["aria-label"] for tag, a in page.elements if a.get("class") == "chart")
    text = " ".join(page.text.split())
    assert "Harbour news" in text
    assert "33.3 % undated 1 of 3 articles" in text
    assert "1 quarantined of 2 inputs" in text
    assert "2 mentioned at least once, of 3" in text.replace("countries ", "")
    assert "Published 3 February 2026 to 1 March 2026" in text
    assert "Georgia (US)" in text


def test_nothing_is_fetched_and_the_drawing_library_stands_there_once(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "Denmark")
    html = build_report(con)
    page = Page(html)
    assert not [a for _, a in page.elements if "src" in a or str(a.get("href", "#"))[0] != "#"]
    assert "default-src 'none'" in html
    assert len(re.findall(r"window\.vegaEmbed\s*=", html)) == 1
    assert sum(len(s) > 100_000 for s in page.scripts if "window.vegaEmbed" in s) == 1


def test_text_of_the_warehouse_is_text_on_the_page(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "Denmark")
    harmless = Page(build_report(con))
    for table in re.findall(r"create table (\w+)", SCHEMA):
        con.execute(f"delete from {table}")  # noqa: S608
    fill(con, HOSTILE)
    hostile = Page(build_report(con, title=HOSTILE))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in harmless.elements]
    assert not [a for _, a in hostile.elements if "onerror" in a]
    assert HOSTILE in hostile.text
    # inside the charts it is data still, letter for letter
    persons = [row for rows in hostile.specs()["spec-persons"]["datasets"].values() for row in rows]
    assert [row["Name"] for row in persons] == [HOSTILE]


def test_same_warehouse_same_page(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "Denmark")
    assert build_report(con) == build_report(con)


def test_empty_warehouse_says_so(con: duckdb.DuckDBPyConnection) -> None:
    page = Page(build_report(con))
    assert "This warehouse is empty" in page.text
    assert page.specs() == {}
    assert pictures(con) == {}


def test_only_quarantined_inputs(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "binary")
    for table in re.findall(r"create table (\w+)", SCHEMA):
        con.execute(f"delete from {table}" + (" where status = 'loaded'" if table == "documents" else ""))  # noqa: S608
    page = Page(build_report(con))
    assert "This warehouse is empty" in page.text
    assert "b.bin" in page.text


def test_accuracy_is_shown_where_it_was_measured(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "Denmark")
    assert "How far to trust it" not in build_report(con)
    con.execute(
        "create table accuracy as select 'article starts F1' as quantity, 0.97 as value, 0.95 as floor, 28 as items, "
        "'Harmonic mean' as description union all select 'Pk (mean)', 0.02, null, 3, 'Errors'"
    )
    page = build_report(con)
    assert "How far to trust it" in page
    assert "≥ 0.95" in page


def test_reads_the_schema_it_is_told(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema other; set schema = 'other'")
    con.execute(SCHEMA)
    fill(con, "Elsewhere")
    con.execute("set schema = 'main'")
    assert "Elsewhere" in build_report(con, schema="other")
    assert "Elsewhere" not in build_report(con)


def test_topics_that_never_meet_are_pairs_too(con: duckdb.DuckDBPyConnection) -> None:
    # 40 stories: a in 10, b in 10, c in 5; a and b meet in 4, b and c in 2, a and c never; d is a part of c
    con.executemany(
        "insert into topics values (?, ?, ?)", [*((t, t, None) for t in "abc"), ("m", "m", "c"), ("d", "d", "m")]
    )
    for first, second, n_first, n_second, both in [("a", "b", 10, 10, 4), ("b", "c", 10, 5, 2), ("b", "d", 10, 5, 2)]:
        con.execute(
            "insert into topic_cooccurrence by name "
            "select ? as topic_a, ? as topic_b, ? as n_a, ? as n_b, ? as n_both, "
            "40 as n_total, 1.0 as expected_both, 0.5 as npmi, 1.0 as log_likelihood",
            [first, second, n_first, n_second, both],
        )
    pairs = {(p["topic_a"], p["topic_b"]): p for p in read(con, "main").topic_pairs}
    assert pairs.keys() == {("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")}
    apart = pairs["a", "c"]
    assert (apart["n_both"], apart["npmi"], apart["expected_both"]) == (0, -1, 1.25)
    observed = [[0, 10], [5, 25]]
    statistic = scipy.stats.chi2_contingency(observed, correction=False, lambda_="log-likelihood").statistic
    assert apart["log_likelihood"] == pytest.approx(-statistic)


def test_pictures_are_images_that_markdown_can_carry(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, HOSTILE)
    images = pictures(con)
    assert set(images) == CHARTS
    for image in images.values():
        match = re.fullmatch(r"!\[[\w ]+\]\(data:image/png;base64,([A-Za-z0-9+/=]+)\)", image)
        assert match is not None
        assert base64.b64decode(match[1]).startswith(b"\x89PNG")


BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.e2e
@pytest.mark.skipif(BROWSER is None, reason="needs a Chromium")
def test_in_a_browser(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    fill(con, HOSTILE)
    path = tmp_path / "report.html"
    path.write_text(build_report(con, title=HOSTILE), encoding="utf-8")
    troubles: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: troubles.append(request.url) if request.url != path.as_uri() else None)
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        page.wait_for_function(f"document.querySelectorAll('.chart svg').length === {len(CHARTS)}")
        bar = page.locator("[data-spec=spec-persons] .mark-rect path").first
        bar.scroll_into_view_if_needed()
        bar.hover()
        tooltip = page.locator("#vg-tooltip-element.visible td.value").first
        tooltip.wait_for()
        assert HOSTILE in tooltip.inner_text()
        assert page.evaluate("document.images.length") == 0
        # on a telephone the charts scroll, the page does not
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()
    assert troubles == []
