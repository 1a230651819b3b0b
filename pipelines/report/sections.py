"""What the page says: headline numbers and sections, each number beside what it counts and out of how many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.report import charts
from pipelines.report.charts import AnyChart, interval, month_label, percent
from pipelines.report.queries import TOP_COUNTRIES, ReportData, Row
from pipelines.report.themes import LIGHT, Theme

SHOWN_COUNTRIES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A headline number."""

    value: str
    label: str
    meaning: str
    warn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of texts; `numeric` says which columns hold numbers."""

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its table, or a table alone."""

    key: str
    title: str
    alt: str
    caption: str
    table: Table
    spec: dict[str, Any] | None = None
    """Vega-Lite specification."""
    half: bool = False
    """Half as wide as the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what to know before reading, and figures."""

    key: str
    title: str
    lead: str
    figures: tuple[Figure, ...]


def draw(data: ReportData, theme: Theme = LIGHT) -> dict[str, AnyChart]:
    """The charts for which there are rows, by key."""
    mentioned = [c for c in data.countries if c["mentions"]]
    charted: dict[str, AnyChart] = {}
    if mentioned:
        charted["world-map"] = charts.world_map(data.countries, theme)
        charted["mention-kinds"] = charts.mention_kinds(mentioned[:SHOWN_COUNTRIES], theme)
    months = charts.busiest_months(data.months)
    if months:
        charted["articles-per-month"] = charts.articles_per_month(
            [m for m in data.months if m["month"] in months], theme
        )
    if months and data.timeline:
        charted["timeline"] = charts.timeline([r for r in data.timeline if r["month"] in months], theme)
    if data.country_pairs:
        charted["country-pairs"] = charts.pair_bars(data.country_pairs, theme)
    if data.topic_pairs:
        charted["topics"] = charts.topic_matrix(data.topics, data.topic_pairs, theme)
    for key, rows in (
        ("persons", data.persons),
        ("organisations", data.organisations),
        ("publishers", data.publishers),
    ):
        if rows:
            charted[key] = charts.names_bars(rows, theme)
    return charted


def headline(data: ReportData) -> tuple[Number, ...]:
    """The numbers at the top of the page."""
    t = data.totals
    rate = f", {1000 * t['mentions'] / t['words']:.1f} per 1,000 words" if t["words"] else ""
    return (
        Number(
            value=count(t["documents"]),
            label="documents",
            meaning=f"raw inputs of distinct content; {count(t['copies'])} further files had the same bytes",
        ),
        Number(
            value=count(t["articles"]),
            label="articles",
            meaning=f"found in these documents, {count(t['words'])} words in all",
        ),
        Number(
            value=count(t["stories"]),
            label="stories",
            meaning="distinct texts: articles that carry the same text, however reprinted, are one story",
        ),
        Number(
            value=count(t["mentions"]),
            label="country mentions",
            meaning=f"in titles, standfirsts and bodies, never in page furniture{rate}",
        ),
        Number(
            value=count(t["countries"]),
            label="countries",
            meaning=f"mentioned at least once, of {count(t['all_countries'])} that are looked for",
        ),
        Number(
            value=f"{count(t['persons'])} / {count(t['organisations'])}",
            label="persons / organisations",
            meaning="named, each counted once under all forms of its name",
        ),
        Number(
            value=percent(t["undated"] / t["articles"]) if t["articles"] else "–",
            label="undated",
            meaning=f"{count(t['undated'])} of {count(t['articles'])} articles show no publication date; "
            "no date is guessed",
            warn=bool(t["undated"]),
        ),
        Number(
            value=count(t["quarantined"]),
            label="quarantined",
            meaning=f"of {count(t['documents'] + t['quarantined'])} inputs could not be read; the reasons are below",
            warn=bool(t["quarantined"]),
        ),
    )


def sections(data: ReportData, theme: Theme = LIGHT) -> tuple[Section, ...]:
    """All sections that have something to show."""
    specs = {key: chart.to_dict() for key, chart in draw(data, theme).items()}

    def figure(
        key: str, title: str, caption: str, table: Table, *, alt: str = "", half: bool = False
    ) -> tuple[Figure, ...]:
        if not table.rows:
            return ()
        return (Figure(key=key, title=title, alt=alt, caption=caption, table=table, spec=specs.get(key), half=half),)

    built = (
        _countries(data, figure),
        _time(data, figure),
        _pairs(data, figure),
        _topics(data, figure),
        _names(data, figure),
        _sources(data, figure),
        _doubts(data, figure),
        _accuracy(data, figure),
    )
    return tuple(section for section in built if section.figures)


FigureMaker = Callable[..., tuple[Figure, ...]]


def _countries(data: ReportData, figure: FigureMaker) -> Section:
    mentioned = [c for c in data.countries if c["mentions"]]
    total = data.totals["articles"]
    first = ", ".join(f"{c['name']} ({count(c['mentions'])})" for c in mentioned[:5])
    return Section(
        key="countries",
        title="Where the news looks",
        lead="A mention names the country itself, its people or language (demonym), its capital or government standing "
        "for the state (metonym), or any other place inside it. Internationally recognised borders decide.",
        figures=(
            *figure(
                "world-map",
                "Mentions per country",
                "Number of mentions in all articles, in classes. A dot stands for a country too small to be drawn. "
                "In the table, “in focus” counts the articles that are about the country, not only mention it.",
                table(
                    mentioned,
                    ("Country", lambda c: c["name"], False),
                    ("Mentions", lambda c: count(c["mentions"]), True),
                    ("Articles", lambda c: count(c["articles"]), True),
                    (f"Share of {count(total)} articles", lambda c: percent(c["article_share"]), True),
                    ("95 % interval", lambda c: interval(c["article_share_low"], c["article_share_high"]), True),
                    ("Stories", lambda c: count(c["stories"]), True),
                    ("In focus", lambda c: count(c["focus_articles"]), True),
                ),
                alt=f"World map coloured by mentions per country. Most mentions: {first}.",
            ),
            *figure(
                "mention-kinds",
                "How they are named",
                f"The {min(SHOWN_COUNTRIES, len(mentioned))} countries with the most mentions, by the kind of mention.",
                table(
                    mentioned[:SHOWN_COUNTRIES],
                    ("Country", lambda c: c["name"], False),
                    *(
                        (kind.capitalize(), lambda c, kind=kind: count(c[f"{kind}_mentions"]), True)
                        for kind in charts.KINDS
                    ),
                    ("All", lambda c: count(c["mentions"]), True),
                ),
                alt=f"Stacked bars of mentions by kind. Most mentions: {first}.",
            ),
        ),
    )


def _time(data: ReportData, figure: FigureMaker) -> Section:
    t = data.totals
    dated = t["articles"] - t["undated"]
    months = charts.busiest_months(data.months)
    elsewhere = sum(m["total_articles"] for m in data.months if m["month"] not in months)
    rest = f" {counted(elsewhere, 'article')} of other months only in the table." if elsewhere else ""
    return Section(
        key="time",
        title="When",
        lead=f"{count(dated)} of {count(t['articles'])} articles show when they were published. "
        "Those whose month is not known stand apart, in grey, under “undated”.",
        figures=(
            *figure(
                "articles-per-month",
                "Articles per month",
                "All articles by month of publication: the denominators of the shares below." + rest,
                table(
                    data.months,
                    ("Month", lambda m: month_label(m["month"]), False),
                    ("Articles", lambda m: count(m["total_articles"]), True),
                ),
                alt="Bars: number of articles per month.",
            ),
            *figure(
                "timeline",
                "Countries by month",
                f"The {TOP_COUNTRIES} countries with the most mentions: share of the month’s articles that mention the "
                "country at all. The thin line is the 95 % interval (Wilson): with few articles it is long, and "
                "differences within it mean nothing.",
                table(
                    data.timeline,
                    ("Country", lambda r: r["name"], False),
                    ("Month", lambda r: month_label(r["month"]), False),
                    ("Articles", lambda r: f"{count(r['articles'])} of {count(r['total_articles'])}", True),
                    ("Share", lambda r: percent(r["article_share"]), True),
                    ("95 % interval", lambda r: interval(r["article_share_low"], r["article_share_high"]), True),
                    ("Mentions", lambda r: count(r["mentions"]), True),
                ),
                alt="Small multiples, one per country: share of articles that mention it, month by month.",
            ),
        ),
    )


def _pairs(data: ReportData, figure: FigureMaker) -> Section:
    return Section(
        key="pairs",
        title="Countries together",
        lead="Two countries go together when both are mentioned in one story. The tick marks how many such stories "
        "chance alone would give if the two had nothing to do with each other: a bar well past its tick is a finding, "
        "a bar that ends at its tick only says that both countries are in the news a lot.",
        figures=figure(
            "country-pairs",
            "Most frequent pairs",
            f"Stories with both countries, of {count(data.totals['stories'])} stories. NPMI is 0 when the two are "
            "independent and 1 when they only occur together; G² (log-likelihood) says how sure that is: above 10.8, "
            "one chance in a thousand.",
            table(
                data.country_pairs,
                ("Pair", lambda p: f"{p['name_a']} + {p['name_b']}", False),
                ("Stories with both", lambda p: count(p["n_both"]), True),
                ("Expected by chance", lambda p: decimal(p["expected_both"], 1), True),
                ("Sentences with both", lambda p: count(p["sentences_both"]), True),
                ("NPMI", lambda p: decimal(p["npmi"], 2), True),
                ("G²", lambda p: decimal(p["log_likelihood"], 1), True),
            ),
            alt="Bars: stories per pair of countries, with a tick for the number expected by chance.",
        ),
    )


def _topics(data: ReportData, figure: FigureMaker) -> Section:
    names = {t["topic_id"]: t["name"] for t in data.topics}
    by_strength = sorted(
        data.topic_pairs, key=lambda p: (-(p["log_likelihood"] or 0), -p["n_both"], p["topic_a"], p["topic_b"])
    )
    return Section(
        key="topics",
        title="What goes with what",
        lead="Topics are those of the IPTC Media Topics. Colour says whether two topics share more or fewer stories "
        "than chance would have it (NPMI); the number says how many stories that rests on. Pale cells may be "
        "chance.",
        figures=figure(
            "topics",
            "Topics that share stories",
            f"The {len(data.topics)} most frequent topics. Number in a cell: stories with both topics, of "
            f"{count(data.totals['stories'])} stories; on the diagonal, stories with the topic. Pale: G² "
            "under 3.84, that is, chance explains it in more than one case of twenty. Empty: one topic is part of the "
            "other.",
            table(
                by_strength,
                ("Topics", lambda p: f"{names[p['topic_a']]} + {names[p['topic_b']]}", False),
                ("Stories with both", lambda p: count(p["n_both"]), True),
                ("Expected by chance", lambda p: decimal(p["expected_both"], 1), True),
                ("Stories with each", lambda p: f"{count(p['n_a'])}, {count(p['n_b'])}", True),
                ("Lift", lambda p: decimal(p["lift"], 2), True),
                ("NPMI", lambda p: decimal(p["npmi"], 2), True),
                ("G²", lambda p: decimal(p["log_likelihood"], 1), True),
            ),
            alt="Triangular heat map of topics by topics, coloured by normalised pointwise mutual information.",
        ),
    )


def _names(data: ReportData, figure: FigureMaker) -> Section:
    def names(key: str, title: str, rows: Sequence[Row], total: int) -> tuple[Figure, ...]:
        return figure(
            key,
            title,
            f"Articles that name them{_shown(total, rows)}",
            table(
                rows,
                ("Name", lambda r: r["name"], False),
                ("Articles", lambda r: count(r["articles"]), True),
                ("Mentions", lambda r: count(r["mentions"]), True),
            ),
            alt=f"Bars: articles per name. First: {', '.join(r['name'] for r in rows[:3])}.",
        )

    return Section(
        key="names",
        title="Who",
        lead="Found by a statistical model, then brought together under one name; bars count articles, of "
        f"{count(data.totals['articles'])} in all. Names are softer than countries and dates.",
        figures=(
            *names("persons", "Persons", data.persons, data.totals["persons"]),
            *names("organisations", "Organisations", data.organisations, data.totals["organisations"]),
        ),
    )


def _sources(data: ReportData, figure: FigureMaker) -> Section:
    t = data.totals
    return Section(
        key="sources",
        title="From where",
        lead="A publisher is named only where the text itself shows one. "
        f"{count(t['without_publisher'])} of {count(t['articles'])} articles show none.",
        figures=(
            *figure(
                "publishers",
                "Publishers",
                "Articles per publisher.",
                table(
                    data.publishers,
                    ("Publisher", lambda r: r["name"], False),
                    ("Articles", lambda r: count(r["articles"]), True),
                ),
                alt=f"Bars: articles per publisher. First: {', '.join(r['name'] for r in data.publishers[:3])}.",
                half=True,
            ),
            *figure(
                "documents",
                "Documents",
                f"{counted(t['documents'], 'document')}, those with the most articles first"
                + _shown(t["documents"], data.documents)
                + " The layout is what was recognised in the document itself.",
                table(
                    data.documents,
                    ("Path", lambda r: r["path"], False),
                    ("Layout", lambda r: r["layout"], False),
                    ("Language", lambda r: r["language"], False),
                    ("Articles", lambda r: count(r["articles"]), True),
                    ("Bytes", lambda r: count(r["bytes"]), True),
                ),
                half=True,
            ),
        ),
    )


def _doubts(data: ReportData, figure: FigureMaker) -> Section:
    t = data.totals
    return Section(
        key="doubts",
        title="What is not known",
        lead="Nothing is guessed and nothing is dropped in silence: what could not be read or resolved is listed.",
        figures=(
            *figure(
                "quarantined",
                "Inputs that could not be read",
                counted(t["quarantined"], "input") + _shown(t["quarantined"], data.quarantined),
                table(
                    data.quarantined,
                    ("Path", lambda r: r["path"], False),
                    ("Bytes", lambda r: count(r["bytes"]), True),
                    ("Reason", lambda r: r["reason"], False),
                ),
            ),
            *figure(
                "unresolved",
                "Place names left unresolved",
                f"{counted(t['unresolved'], 'mention')} of {counted(t['unresolved_names'], 'name')}, "
                "counted for no country" + _shown(t["unresolved_names"], data.unresolved),
                table(
                    data.unresolved,
                    ("Name", lambda r: r["surface"], False),
                    ("Mentions", lambda r: count(r["mentions"]), True),
                    ("Articles", lambda r: count(r["articles"]), True),
                    ("Could be", lambda r: r["candidates"] or "–", False),
                    ("Reason", lambda r: r["reason"], False),
                ),
            ),
        ),
    )


def _accuracy(data: ReportData, figure: FigureMaker) -> Section:
    return Section(
        key="accuracy",
        title="How far to trust it",
        lead="Measured against documents of this warehouse in which people marked, line by line, what is there.",
        figures=figure(
            "accuracy",
            "Accuracy",
            "“Of” is the number of things that were judged. “Asked” is the least value that the project accepts.",
            table(
                data.accuracy,
                ("Quantity", lambda r: r["quantity"], False),
                ("Value", lambda r: decimal(r["value"], 3), True),
                ("Asked", lambda r: "" if r["floor"] is None else f"≥ {decimal(r['floor'], 2)}", True),
                ("Of", lambda r: count(r["items"]), True),
                ("What it is", lambda r: r["description"], False),
            ),
        ),
    )


def period(data: ReportData) -> str | None:
    """The span of publication dates in words; None where nothing is dated."""
    first, last = data.totals["first_published_on"], data.totals["last_published_on"]
    if first is None:
        return None
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def table(rows: Sequence[Row], *columns: tuple[str, Callable[[Row], str | None], bool]) -> Table:
    """A table of `rows`; per column its heading, its text of a row, and whether it holds numbers."""
    return Table(
        columns=tuple(heading for heading, _, _ in columns),
        numeric=tuple(numeric for _, _, numeric in columns),
        rows=tuple(tuple(text(row) or "" for _, text, _ in columns) for row in rows),
    )


def day(iso: str) -> str:
    """'3 March 2026'."""
    parsed = date.fromisoformat(iso)
    return f"{parsed.day} {parsed:%B %Y}"


def count(number: int | None) -> str:
    """'1,234', or a dash."""
    return "–" if number is None else f"{number:,}"


def counted(number: int, noun: str) -> str:
    """'1 article', '2 articles'."""
    return f"{count(number)} {noun}" if number == 1 else f"{count(number)} {noun}s"


def decimal(number: float | None, digits: int) -> str:
    """A number with that many digits after the point and a true minus sign, or a dash."""
    return "–" if number is None else f"{number:,.{digits}f}".replace("-", "−")


def _shown(total: int, rows: Sequence[Row]) -> str:
    return "." if len(rows) >= total else f"; the first {len(rows)} of {count(total)} are shown."
