"""Dumps with random layouts and known boundaries, made from articles: what the splitter is trained and tried on.

Each dump draws its own habits: gaps, markers with invented words, captions, bylines, dates, related blocks, menus.
Which words a file uses is left to chance, so that nothing can be learnt from them. Gold has the format of docs/gold.md.
"""

import random
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.training.splitter.articles import SourceArticle

KINDS = (
    "doubled-title", "doubled-title-apart", "closing-marker", "digest", "metadata-block", "wider-gap", "month-archive",
    "title-uniform", "few-articles", "standfirst-related", "standfirst-uniform", "first-sentence-uniform",
    "body-only", "body-only-one-subject", "whole-pages", "single-article",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PEOPLE = (
    "Anna Meyer", "John Okafor", "Li Wei", "Marta Kowalska", "Sam Whitfield", "Rosa Duarte", "Priya Nair",
    "Tom Beckett", "Ingrid Solberg", "Hassan Mansour",
)  # fmt: skip
_AGENCIES = ("AP", "AFP", "EPA", "dpa", "PA", "Getty Images", "TASS", "ANSA")
_OUTLETS = (
    "Daily Courier", "The Morning Ledger", "Harbour News", "North Star", "Tribune Online", "Globe Wire", "Metro Daily",
    "Evening Post", "The Valley Record", "Kestrel", "Coastline Today",
)  # fmt: skip
_PLACES = ("BERLIN", "NAIROBI", "LIMA", "KYIV", "OTTAWA", "NEW DELHI", "SANTIAGO", "PARIS")
_MARKERS = (
    "Read more", "Read More", "More...", "Continue reading", "Full story", "Details >>", "Weiter", "LEES VERDER",
    "[link]", "Permalink", "* * *", "Top of page", "Comments (0)", "See full article", "Tweet", "Print",
    "Lire la suite", "Back to index", "#", "Open original", "-----", "END", "***", "Share this story",
    "Story continues", "###",
)  # fmt: skip
_RELATED = (
    "Read more", "Related", "See also", "READ ALSO", "Recommended", "More on this", "Don't miss", "DISCOVER MORE",
    "You may like", "Zum Thema", "Related stories", "Watch", "Also in the news", "Keep reading",
)  # fmt: skip
_PLACEHOLDERS = ("TT", "XX", "NB", "PHOTO", "—", "IMG", "Kestrel", "pic")
_MENU = (
    "Home", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Video", "Weather", "Subscribe", "Sign in",
    "Newsletters", "Jobs", "Local News", "Health", "Science", "Travel", "Markets", "Podcasts", "Games", "Crossword",
    "Shop", "My account", "Search", "Menu", "Skip to content", "Today's paper", "Obituaries", "Classifieds", "Cars",
)  # fmt: skip
_FOOTER = (
    "About us", "Contact", "Terms of use", "Privacy policy", "All rights reserved.", "Follow us", "Advertise with us",
    "Cookie settings", "Work for us", "Site map", "Help centre", "RSS", "Facebook", "Instagram", "Back to top",
)  # fmt: skip
_BANNERS = (
    "We use cookies to improve your experience. Accept all | Manage choices",
    "You have read 3 of 5 free articles this month. Subscribe",
    "Get our best stories every morning: sign up to the newsletter",
    "Breaking: follow our live coverage",
)  # fmt: skip
_SHARE = ("Share", "Tweet", "Email", "Print", "Save", "Copy link", "Listen", "Comments")
_SENTENCE = re.compile(r"(.{40,260}?[.!?][\"”’)]*)\s+(?=[A-Z\"“‘])")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b")


@dataclass(slots=True, kw_only=True)
class Dump:
    """A text and where its articles are."""

    kind: str
    text: str
    articles: list[dict[str, Any]]
    """As in a gold file: start_line, end_line, title, dek, body_lines, section_headings, boilerplate, published."""


@dataclass(slots=True)
class _Page:
    """Lines being written, and the gold of the article that they belong to."""

    lines: list[str] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)

    def open(self) -> None:
        self.articles.append({"start_line": None, "body_lines": [], "section_headings": [], "boilerplate": []})

    def blank(self, count: int) -> None:
        self.lines += [""] * max(0, count)

    def outside(self, text: str) -> None:
        self.lines.append(text)

    def write(self, text: str, kind: str | None = None) -> int:
        """A line of the open article: `kind` names what furniture it is, None its own text."""
        self.lines.append(text)
        number, article = len(self.lines), self.articles[-1]
        article["start_line"] = article["start_line"] or number
        article["end_line"] = number
        if kind:
            article["boilerplate"].append({"line": number, "kind": kind})
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habits:
    """What one dump does throughout."""

    gap: int
    """Blank lines between paragraphs."""
    below_title: int
    between: int
    """Blank lines between articles."""
    uneven: bool
    marker: str | None
    related: str | None
    related_caption: bool
    placeholder: str
    outlet: str
    year: int
    month: int
    day: int
    byline: str | None
    dated: str | None
    dateline: bool
    standfirst: bool
    captions: bool
    twice: bool
    """Captions stand there twice."""
    advertisements: bool
    inline_links: bool
    credits: bool
    stop: bool
    """Standfirsts end in a full stop."""
    metadata: str
    dated_above: bool
    """A line with the day stands above each article, or above the first of a day."""
    underline: str
    """Sign with which titles are underlined."""
    menu: tuple[str, ...]
    footer: tuple[str, ...]
    same_menu: bool
    share: tuple[str, ...]


def _habits(rng: random.Random, kind: str) -> _Habits:
    gap = rng.choice([1, 1, 1, 0, 2])
    between = gap
    if kind == "wider-gap":
        gap = rng.choice([0, 1, 1])
        between = gap + rng.choice([1, 1, 2, 3])
    elif kind.startswith("doubled") or kind in ("metadata-block", "closing-marker", "month-archive", "whole-pages"):
        between = gap + rng.choice([0, 1, 2])
    elif kind == "digest":
        gap = between = rng.choice([0, 0, 0, 1])
    elif kind.endswith(("uniform", "related")) or kind.startswith("body"):
        gap = between = rng.choice([1, 1, 1, 1, 1, 0, 2])
    plain = kind.startswith("body") or kind in ("digest", "standfirst-uniform", "first-sentence-uniform")
    marked = kind in ("closing-marker", "digest") or (kind.startswith("doubled") and rng.random() < 0.4)
    linked = kind == "standfirst-related" or (not plain and rng.random() < 0.15)
    marker = rng.choice(_MARKERS) if marked else None
    related = rng.choice(_RELATED) if linked else None
    clash = marker and related and marker.casefold() == related.casefold()
    return _Habits(
        gap=gap,
        below_title=gap if kind in ("title-uniform", "few-articles") else rng.choice([gap, 1, gap]),
        between=between,
        uneven=rng.random() < 0.2 and kind != "digest",
        marker=marker,
        related=None if clash else related,
        related_caption=rng.random() < 0.65,
        placeholder=rng.choice(_PLACEHOLDERS),
        outlet=rng.choice(_OUTLETS),
        year=rng.randint(2012, 2026),
        month=rng.randint(1, 12),
        day=rng.randint(1, 20),
        byline=rng.choice(["By {}", "by {}", "{}", "{}, {outlet}"]) if not plain and rng.random() < 0.3 else None,
        dated=rng.choice(["{}", "Published: {}", "Updated {}", "{} 10:24 GMT"])
        if not plain and rng.random() < 0.25
        else None,
        dateline=rng.random() < 0.15,
        standfirst=not plain and kind not in ("standfirst-related", "metadata-block") and rng.random() < 0.25,
        captions=not plain and rng.random() < 0.3,
        twice=rng.random() < 0.5,
        advertisements=not plain and rng.random() < 0.12,
        inline_links=not plain and rng.random() < 0.15,
        credits=not plain and kind != "standfirst-related" and rng.random() < 0.2,
        stop=rng.random() < 0.3,
        metadata=rng.choice(["labels", "lines", "numbered", "codes", "framed", "fields"]),
        dated_above=kind in ("month-archive", "title-uniform", "few-articles", "wider-gap") and rng.random() < 0.2,
        underline=rng.choice("=-~_*") if not plain and rng.random() < 0.06 else "",
        menu=tuple(rng.sample(_MENU, rng.randint(6, 18))),
        footer=tuple(rng.sample(_FOOTER, rng.randint(4, 11))),
        same_menu=rng.random() < 0.5,
        share=tuple(rng.sample(_SHARE, rng.randint(2, 5))),
    )


def lay_out(rng: random.Random, kind: str, articles: Sequence[SourceArticle], others: Sequence[SourceArticle]) -> Dump:
    """Lays out `articles` one after another in a random layout of `kind` (one of `KINDS`).

    `others` lend the titles that related links and teasers show.
    """
    habits, page = _habits(rng, kind), _Page()
    if kind == "month-archive" or (
        kind not in ("single-article", "whole-pages", "metadata-block") and rng.random() < 0.1
    ):
        page.outside(_file_header(rng, habits))
        page.blank(max(1, habits.gap))
    elif rng.random() < 0.15:
        page.blank(rng.randint(1, 3))
    for ordinal, article in enumerate(articles):
        if ordinal:
            _gap(rng, habits, page, habits.between)
        if kind == "whole-pages":
            _page_top(rng, habits, page)
        if habits.dated_above and (not ordinal or rng.random() < 0.7):
            page.outside(_date(habits, ordinal, rng))
            page.blank(habits.gap)
        page.open()
        _head(rng, kind, habits, page, article, ordinal)
        _body(rng, kind, habits, page, article, others)
        _tail(rng, kind, habits, page, ordinal)
        if kind == "whole-pages":
            _page_bottom(rng, habits, page, others)
    wrapped = kind in (
        "wider-gap",
        "metadata-block",
        "closing-marker",
        "doubled-title",
        "single-article",
        "title-uniform",
    )
    if wrapped and habits.gap and rng.random() < 0.15:
        _wrap(page, rng.choice([66, 70, 72, 76, 80]))
    end = rng.choice(["\n", "\n", "\n", "\r\n", "\r"])
    return Dump(kind=kind, text=end.join(page.lines) + (end if rng.random() < 0.7 else ""), articles=page.articles)


def _gap(rng: random.Random, habits: _Habits, page: _Page, count: int) -> None:
    page.blank(count + (rng.choice([0, 0, 0, 1, -1]) if habits.uneven and count else 0))


def _file_header(rng: random.Random, habits: _Habits) -> str:
    month, day, year = _ENGLISH[habits.month - 1], habits.day, habits.year
    return rng.choice(
        [
            f"Month: {month} {year}",
            f"{rng.choice(_DAYS)}, {month} {day}, {year}",
            f"{day} {month} {year}",
            f"Archive: {month} {year}",
            f"{year}-{habits.month:02d}-{day:02d}",
            f"{habits.outlet.upper()} / {month.upper()} {year}",
        ]
    )


def title_of(article: SourceArticle) -> str:
    """The article's title, or the first words of what sums it up."""
    if article.title:
        return article.title
    words = (article.standfirst or article.paragraphs[0][0]).split()
    cut = next((i for i, word in enumerate(words) if i >= 6 and word.endswith((",", ";", ":"))), 10)
    return " ".join(words[: min(cut + 1, 12)]).rstrip(" ,;:.—-")


def _opening_sentence(article: SourceArticle) -> tuple[str, list[tuple[str, bool]]]:
    """A sentence that sums the article up, and the paragraphs without it."""
    rest = list(article.paragraphs)
    if article.standfirst:
        return article.standfirst, rest
    lead = rest[0][0]
    match = _SENTENCE.match(lead)
    if match is None or len(lead[match.end() :].split()) < 9:
        return (lead, rest[1:]) if len(rest) > 2 and len(lead.split()) <= 45 else (lead, rest)
    return match[1], [(lead[match.end() :], False), *rest[1:]]


def _caption(rng: random.Random, habits: _Habits, article: SourceArticle) -> str:
    names = _NAME.findall(" ".join(article.prose)) or list(_PEOPLE)
    name, agency, person = rng.choice(names), rng.choice(_AGENCIES), rng.choice(_PEOPLE)
    month = _ENGLISH[habits.month - 1]
    return rng.choice(
        [
            f"{name} speaks during a visit",
            f"{name} at a meeting on {rng.choice(_DAYS)}. Photo: {person}/{agency}",
            f"{name}. ({agency})",
            f"FILE PHOTO: {name}",
            f"In this photo, {name} is seen with colleagues on {month[:3]}. {habits.day}, {habits.year}. ({agency})",
            f"{name} © {agency}",
            f"People gather near {name} on {rng.choice(_DAYS)} [{person}/{agency}]",
            f"{name}, pictured in {habits.year - 1}",
        ]
    )


def _head(rng: random.Random, kind: str, habits: _Habits, page: _Page, article: SourceArticle, ordinal: int) -> None:
    gold, title = page.articles[-1], title_of(article)
    date = _date(habits, ordinal, rng)
    iso = f"{habits.year}-{habits.month:02d}-{_day(habits, ordinal):02d}"
    titled = not (kind.startswith(("body", "standfirst", "first")) or (kind == "digest" and habits.twice))
    gold["title"] = title if titled else None
    if kind == "metadata-block":
        _metadata_head(rng, habits, page, article, f"{ordinal + 1} of {habits.day * 10}", date)
        gold["published"] = iso
        return
    if not titled:
        return
    page.write(title)
    if habits.underline:
        page.write(habits.underline * max(8, min(70, len(title))), "underline")
    _gap(rng, habits, page, habits.below_title)
    if kind == "doubled-title":
        page.write(title, "repeated_title")
        if rng.random() < 0.15:
            page.write(rng.choice(_OUTLETS), "publisher")
        _gap(rng, habits, page, habits.below_title)
    elif kind == "doubled-title-apart":
        caption = _caption(rng, habits, article)
        copies = 2 if habits.twice else 1
        for _ in range(copies):
            page.write(caption, "caption")
        page.write(habits.placeholder, "placeholder")
        page.blank(min(1, habits.gap))
        page.write(title, "repeated_title")
        page.blank(min(1, habits.gap))
        for _ in range(copies):
            page.write(caption, "caption")
        page.blank(max(1, habits.gap))
    if habits.standfirst:
        sentence, _ = _opening_sentence(article)
        gold["dek"] = sentence.rstrip(".") if not habits.stop else sentence
        page.write(gold["dek"])
        _gap(rng, habits, page, habits.gap)
    parts = []
    if habits.byline:
        parts.append((habits.byline.format(rng.choice(_PEOPLE), outlet=habits.outlet), None))
    if habits.dated:
        parts.append((habits.dated.format(date), "date"))
        gold["published"] = iso
    for text, role in rng.sample(parts, len(parts)):
        page.write(text, role)
        _gap(rng, habits, page, habits.gap)
    if kind == "whole-pages":
        for text in habits.share:
            page.write(text, "share")
        page.blank(1)
    if habits.captions and rng.random() < 0.7 and not kind.startswith("doubled"):
        page.write(_caption(rng, habits, article), "caption")
        _gap(rng, habits, page, habits.gap)


def _day(habits: _Habits, ordinal: int) -> int:
    return 1 + (habits.day + ordinal) % 28


def _date(habits: _Habits, ordinal: int, rng: random.Random) -> str:
    month, day = _ENGLISH[habits.month - 1], _day(habits, ordinal)
    return rng.choice([f"{month} {day}, {habits.year}", f"{day} {month} {habits.year}"])


def _metadata_head(
    rng: random.Random, habits: _Habits, page: _Page, article: SourceArticle, number: str, date: str
) -> None:
    """The lines that a database's export sets above a text, in one of the manners that exports have."""
    title, words = title_of(article), sum(len(text.split()) for text, _ in article.paragraphs)
    person, outlet = rng.choice(_PEOPLE), rng.choice(_OUTLETS)
    if habits.metadata == "labels":
        label = "Headline" if habits.twice else "Title"
        rows = [
            (f"Source: {outlet}", "metadata"),
            (f"Date: {date}", "metadata"),
            (f"Length: {words} words", "metadata"),
            (f"Byline: {person}", "metadata"),
        ]
        keep = [row for k, row in enumerate(rows) if k < 2 or (habits.day + k) % 2]
        titled = (f"{label}: {title}", None)
        rows = [titled, *keep] if habits.stop or habits.day % 2 else [*keep, titled]
    elif habits.metadata == "codes":
        rows = [
            (f"SE  {rng.choice(_MENU)}", "metadata"),
            (f"HD  {title}", None),
            (f"BY  {person}", "metadata"),
            (f"WC  {words} words", "metadata"),
            (f"PD  {date}", "metadata"),
            (f"SN  {outlet}", "metadata"),
            ("LA  English", "metadata"),
        ]
        rows = [row for row in rows if row[0][:2] not in ("SE", "BY") or rng.random() < 0.7]
    elif habits.metadata == "framed":
        rows = [(f"{number} DOCUMENTS", "metadata"), ("", None), (outlet, "metadata"), (date, "metadata"), ("", None)]
        rows += [(title, None), (f"BYLINE: {person}", "metadata"), (f"LENGTH: {words} words", "metadata")]
    elif habits.metadata == "fields":
        rows = [(f"Document {number}", "metadata"), ("", None), (title, None), ("", None)]
        rows += [
            (f"Author: {person}", "metadata"),
            (f"Publication info: {outlet} ; {date}: A.{words % 30}.", "metadata"),
        ]
    else:
        rows = [(f"Document {number}", "metadata"), ("", None)] if habits.metadata == "numbered" else []
        rows += [(title, None)]
        rows += [(f"By {person}", None)] if habits.byline else []
        rows += [(f"{words} words", "metadata"), (date, "metadata"), (outlet, "metadata")]
        if habits.metadata == "lines":
            rows += [("English", "metadata"), (f"(c) {habits.year} {habits.outlet}", "metadata")]
    for text, role in rows:
        if text:
            page.write(text, role)
        else:
            page.blank(1)
    page.blank(max(1, habits.gap))


def _body(
    rng: random.Random,
    kind: str,
    habits: _Habits,
    page: _Page,
    article: SourceArticle,
    others: Sequence[SourceArticle],
) -> None:
    gold, paragraphs = page.articles[-1], list(article.paragraphs)
    if kind == "digest":
        paragraphs = [p for p in paragraphs if not p[1] and len(p[0].split()) > 20][:1] or paragraphs[:1]
    elif kind.startswith(("standfirst", "first")) or (habits.standfirst and "dek" in gold and not article.standfirst):
        sentence, paragraphs = _opening_sentence(article)
        if kind.startswith(("standfirst", "first")):
            stop = kind.startswith("first") or (habits.stop and kind != "standfirst-related")
            opening = sentence if stop else sentence.rstrip(".")
            number = page.write(opening)
            if opening.endswith((".", "!", "?")) or kind.startswith("first"):
                gold["body_lines"].append(number)
            else:
                gold["dek"] = opening
            _gap(rng, habits, page, habits.gap)
    blocks = rng.choice([0, 1, 1, 2]) if habits.related else 0
    if kind == "standfirst-related" and len(page.articles) == 1:
        blocks = max(1, blocks)
    places = (
        set(rng.sample(range(1, len(paragraphs)), min(blocks, len(paragraphs) - 1))) if len(paragraphs) > 1 else set()
    )
    for k, (text, heading) in enumerate(paragraphs):
        if k:
            _gap(rng, habits, page, habits.gap)
        if k in places and habits.related:
            page.write(habits.related, "related_marker")
            page.blank(habits.gap)
            if habits.related_caption:
                page.write(_caption(rng, habits, article), "related_caption")
            page.write(title_of(rng.choice(others)), "related_title")
            _gap(rng, habits, page, habits.gap)
        elif k and not heading and habits.inline_links and rng.random() < 0.1:
            page.write(f"READ MORE: {title_of(rng.choice(others))}", "related_title")
            _gap(rng, habits, page, habits.gap)
        elif k and not heading and habits.advertisements and rng.random() < 0.15:
            page.write("Advertisement", "advertisement")
            _gap(rng, habits, page, habits.gap)
        elif k and not heading and habits.captions and rng.random() < 0.06:
            page.write(_caption(rng, habits, article), "caption")
            _gap(rng, habits, page, habits.gap)
        if k == 0 and habits.dateline:
            place = rng.choice(_PLACES)
            opening = f"{place}, {_ENGLISH[habits.month - 1][:3]} {habits.day} ({rng.choice(_AGENCIES[:5])}) - "
        else:
            opening = ""
        number = page.write(opening + text)
        if heading:
            gold["section_headings"].append({"line": number, "text": text})
        else:
            gold["body_lines"].append(number)


def _tail(rng: random.Random, kind: str, habits: _Habits, page: _Page, ordinal: int) -> None:
    if habits.credits and rng.random() < 0.7:
        _gap(rng, habits, page, habits.gap)
        page.write(f"{rng.choice(['Reporting', 'Editing', 'Additional reporting'])} by {rng.choice(_PEOPLE)}", "credit")
    if habits.marker:
        page.blank(habits.gap + (habits.day % 2 if kind != "digest" else 0))
        page.write(habits.marker, "marker")
    if kind == "metadata-block":
        page.blank(habits.gap)
        code = "".join(rng.choices("ABCDEFGHJKL", k=6)) + str(rng.randint(10**9, 10**10))
        date = _date(habits, ordinal, rng)
        ends = {
            "labels": [f"Document {code}"] if habits.twice else [],
            "lines": [f"Document {code}"],
            "numbered": [],
            "codes": [f"CO  {code.lower()} : Example Group", f"AN  Document {code}"],
            "framed": [f"LOAD-DATE: {date}", "LANGUAGE: ENGLISH", f"Copyright {habits.year} {habits.outlet}"],
            "fields": [f"Publication date: {date}", f"Document ID: {code}", "_" * 60],
        }
        for text in ends[habits.metadata]:
            page.write(text, "metadata")


def _page_top(rng: random.Random, habits: _Habits, page: _Page) -> None:
    if habits.stop:
        page.outside(rng.choice(_BANNERS))
    menu = habits.menu if habits.same_menu else rng.sample(_MENU, rng.randint(6, 18))
    for text in menu if habits.day % 3 else [rng.choice([" | ", "  ", " · "]).join(menu)]:
        page.outside(text)
    if habits.dateline:
        page.outside(" > ".join(("Home", *rng.sample(_MENU, 2))))
    if habits.twice:
        page.outside(habits.outlet)
    if habits.advertisements:
        page.blank(1)
        page.outside("Advertisement")
    page.blank(rng.choice([0, 1, 2]))


def _page_bottom(rng: random.Random, habits: _Habits, page: _Page, others: Sequence[SourceArticle]) -> None:
    page.blank(rng.choice([1, 2]))
    if habits.credits:
        for text in habits.share:
            page.outside(text)
    if habits.inline_links:
        page.outside(f"Tags: {', '.join(rng.sample(_MENU, 3))}")
    page.outside(
        rng.choice(["Related stories", "Most read", f"More from {habits.outlet}", "Trending", "You may also like"])
    )
    for _ in range(rng.randint(3, 9)):
        page.outside(title_of(rng.choice(others)))
        if habits.dated and habits.stop:
            page.outside(f"{rng.randint(1, 23)} hours ago")
    page.blank(1)
    for text in habits.footer if habits.same_menu else rng.sample(_FOOTER, rng.randint(4, 11)):
        page.outside(text)


def _wrap(page: _Page, width: int) -> None:
    """Breaks all lines at `width`, and moves the gold's line numbers along."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    lines: list[str] = []
    for number, line in enumerate(page.lines, 1):
        first[number] = len(lines) + 1
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        last[number] = len(lines)
    page.lines = lines
    for article in page.articles:
        article["start_line"] = first[article["start_line"]]
        article["end_line"] = last[article["end_line"]]
        article["body_lines"] = [k for n in article["body_lines"] for k in range(first[n], last[n] + 1)]
        for part in (*article["section_headings"], *article["boilerplate"]):
            part["line"] = first[part["line"]]


def random_dump(seed: int, articles: Sequence[SourceArticle], kind: str | None = None) -> Dump:
    """The dump of number `seed`: a kind (unless given) and a choice, number, order and layout of `articles`."""
    rng = random.Random(seed)
    kind = kind or KINDS[seed % len(KINDS)]
    sources = sorted({article.source for article in articles})
    source = rng.choice(sources) if rng.random() < 0.5 or kind == "body-only-one-subject" else None
    pool = [article for article in articles if source in (None, article.source) and len(article.prose) > 1]
    pool = pool if len(pool) >= 10 else [article for article in articles if len(article.prose) > 1]
    rng.shuffle(pool)
    count = min(rng.choice([3, 5, 8, 12, 18, 25, 40]), max(3, int(len(pool) * 0.7)))
    if kind == "few-articles":
        count = rng.choice([3, 4, 5, 6])
    elif kind == "single-article":
        count = 1
    if kind == "body-only-one-subject" or rng.random() < 0.3:
        pool = chained(pool)
    return lay_out(rng, kind, pool[:count], pool[count:] or pool)


def chained(articles: Sequence[SourceArticle]) -> list[SourceArticle]:
    """The articles in an order in which neighbours are on one subject as far as there are such."""
    from pipelines.text.vectors import text_vectors

    vectors = text_vectors([" ".join(article.prose)[:2000] for article in articles])
    vectors = vectors - vectors.mean(axis=0)
    order, left = [0], list(range(1, len(articles)))
    while left:
        nearest = max(left, key=lambda k: (round(float(vectors[order[-1]] @ vectors[k]), 6), -k))
        order.append(nearest)
        left.remove(nearest)
    return [articles[k] for k in order]
