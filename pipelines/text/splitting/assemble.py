"""Spans and articles of a text whose articles' starts are known."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from pipelines.text.splitting import published, publishers
from pipelines.text.splitting.dates import day_comes_first
from pipelines.text.splitting.extents import end_of
from pipelines.text.splitting.frames import frames
from pipelines.text.splitting.lines import BLANK
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.roles import Role, article_roles
from pipelines.text.splitting.shapes import Shape, dateline_length
from pipelines.text.splitting.spans import Article, Span, SpanKind
from pipelines.text.splitting.units import Unit

_LONGEST_DATELINE = 200
_FRAMES = ('""', "{}")
_SHORT = 20
"""Words of the lines that tell how a file writes dates."""
_WRITTEN_ON = re.compile(rf"[^\r\n{BLANK}](?:[^\r\n]*[^\r\n{BLANK}])?")
"""What a line has between the blanks at its ends."""
_WRITTEN = ("title", "standfirst", "body")
"""Roles of which an article has one at least."""


def assemble(
    text: str,
    read: Reading,
    starts: tuple[int, ...],
    confidence: tuple[float, ...],
    path: str | None,
    *,
    titleless: bool,
    whole_pages: bool,
    sections: Collection[int],
) -> tuple[tuple[Span, ...], tuple[Article, ...]]:
    """Gives every unit its role and every article its fields.

    Args:
        text: The document's text.
        read: What it shows.
        starts: The articles' first units, ascending.
        confidence: Probability of each.
        path: Where the document came from.
        titleless: Whether the articles start with standfirsts.
        whole_pages: Whether lists of links stand between them.
        sections: Units that name a section above several articles.

    Returns:
        Spans that partition `text`, and the articles; none for a start with nothing but furniture behind it.

    """
    units, shapes = read.units, read.shapes
    role_of: list[tuple[Role, int | None]] = [(_outside(i, starts[0], read, sections), None) for i in range(len(units))]
    pieces: list[tuple[int, int, list[Role]]] = []
    sures: list[float] = []
    named = publishers.names_above_titles(starts, read)
    for start, following, sure in zip(starts, (*starts[1:], len(units)), confidence, strict=True):
        end = end_of(start, following, read, sections, whole_pages=whole_pages)
        own = article_roles(start, end, read, titleless=titleless, named=named)
        # lines that all recur are furniture, and make no article
        written = any(role.kind in _WRITTEN for role in own)
        if written:
            pieces.append((start, end, own))
            sures.append(sure)
        role_of[start:end] = [(role, len(pieces) if written else None) for role in own]
    for i, role in _framed_titles(pieces, units):
        role_of[i] = role, role_of[i][1]
    heads = publishers.sources_in_heads([(units[start:end], own) for start, end, own in pieces])
    for (start, _, _), named_here in zip(pieces, heads, strict=True):
        for k, role in named_here.items():
            role_of[start + k] = role, role_of[start + k][1]
    pieces = [(start, end, [role for role, _ in role_of[start:end]]) for start, end, _ in pieces]
    spans = _spans(text, units, role_of)
    if not pieces:
        return tuple(spans), ()
    publisher = publishers.file_publisher([(units[start:end], own) for start, end, own in pieces])
    if whole_pages:
        names = [publisher or name for name in _page_publishers(pieces, units)]
    else:
        names = [publisher or publishers.header_publisher(units[: pieces[0][0]])] * len(pieces)
    day_first = day_comes_first(unit.text for unit in units if unit.words <= _SHORT)
    dates = _header_dates(pieces, units, shapes, day_first)
    articles = tuple(
        article_of(text, units[start:end], own, spans_of, publisher, date, path, sure, day_first)
        for (start, end, own), spans_of, publisher, date, sure in zip(
            pieces, _by_article(spans, len(pieces)), names, dates, sures, strict=True
        )
    )
    return tuple(spans), articles


def _framed_titles(pieces: list[tuple[int, int, list[Role]]], units: list[Unit]) -> Iterator[tuple[int, Role]]:
    """Titles that have something around them, as most titles of the file have, by unit: their roles without that."""
    found = [next((k for k, role in enumerate(own) if role.kind == "title"), None) for _, _, own in pieces]
    titles = [(start + k, own[k]) for (start, _, own), k in zip(pieces, found, strict=True) if k is not None]
    # what was joined from several lines has other offsets than its text
    titles = [(i, role) for i, role in titles if units[i].first_line == units[i].last_line]
    for (i, role), frame in zip(titles, frames([units[i].text[role.label :] for i, role in titles]), strict=True):
        if frame.before or frame.behind:
            yield i, replace(role, label=role.label + frame.before, tail=frame.behind, source=frame.source)


def _page_publishers(pieces: list[tuple[int, int, list[Role]]], units: list[Unit]) -> list[str | None]:
    """By article, who holds the rights on its page, by the name that the page is headed with where it has one."""
    above = [0, *(end for _, end, _ in pieces[:-1])]
    below = [*(start for start, _, _ in pieces[1:]), len(units)]
    return [
        publishers.page_publisher(units[first:start], units[end:last])
        for (start, end, _), first, last in zip(pieces, above, below, strict=True)
    ]


def _header_dates(
    pieces: list[tuple[int, int, list[Role]]], units: list[Unit], shapes: list[Shape], day_first: bool | None
) -> list[published.Publication | None]:
    """By article, the date of the header that stands above it: the file's, or one between articles."""
    dates = [published.header_date(units[: pieces[0][0]], day_first=day_first)]
    for (_, end, _), (start, _, _) in pairwise(pieces):
        between = [units[i] for i in range(end, start) if shapes[i].date]
        dates.append(published.header_date(between, day_first=day_first) or dates[-1])
    return dates


def _outside(i: int, first: int, read: Reading, sections: Collection[int]) -> Role:
    """The role of a unit that belongs to no article."""
    kind = read.blocks.kind[i]
    if kind is not None:
        return Role(kind=kind, rule=read.blocks.rule[i])
    if i < first:
        return Role(kind="header", rule="file_header")
    if i in sections:
        return Role(kind="header", rule="section")
    if read.shapes[i].date:
        return Role(kind="header", rule="date_header")
    return Role(kind="furniture", rule="between_articles")


def _by_article(spans: list[Span], count: int) -> list[list[Span]]:
    out: list[list[Span]] = [[] for _ in range(count)]
    for span in spans:
        if span.article is not None:
            out[span.article - 1].append(span)
    return out


def _spans(text: str, units: list[Unit], role_of: list[tuple[Role, int | None]]) -> list[Span]:
    """Spans of the units and of the blanks between them; they partition `text`."""
    spans: list[Span] = []
    position, line = 0, 1
    previous: int | None = None
    with_body: int | None = None
    for unit, (role, article) in zip(units, role_of, strict=True):
        spans.extend(between(text, position, unit.start, line, article if article == previous else None))
        cut, kind, rule = opening(text, unit, role, leads=article != with_body)
        with_body = article if role.kind == "body" else with_body
        if cut:
            first = unit.first_line
            spans.append(span_of(unit.start, unit.start + cut, first, first, kind, rule, article))
        start, end = unit.start + cut, unit.end - role.tail
        spans.append(span_of(start, end, unit.first_line, unit.last_line, role.kind, role.rule, article))
        if role.tail:
            spans.append(span_of(end, unit.end, unit.last_line, unit.last_line, "header", "title_frame", article))
        position, line, previous = unit.end, unit.last_line, article
    spans.extend(between(text, position, len(text), line, None))
    return spans


def between(text: str, start: int, end: int, line: int, article: int | None, rule: str = "wrapper") -> Iterator[Span]:
    """Spans of what stands between units, from `line` on: blanks, and by `rule` what is around their content."""
    position = start
    for wrapper in _WRITTEN_ON.finditer(text, start, end):
        if wrapper.start() > position:
            first, line = line, line + _line_ends(text, position, wrapper.start())
            yield blank_span(position, wrapper.start(), first, line - (text[wrapper.start() - 1] in "\r\n"), article)
        position = wrapper.end()
        yield span_of(wrapper.start(), position, line, line, "furniture", rule, article)
    if position < end:
        # a line end that is the last character belongs to the line that it ends
        yield blank_span(position, end, line, line + line_breaks(text[position:end]), article)


def opening(text: str, unit: Unit, role: Role, *, leads: bool) -> tuple[int, SpanKind, str]:
    """Length of what opens a unit but is a span of its own, a label or an agency dateline, with its kind and rule."""
    if role.label:
        return role.label, "header", "label"
    if role.kind != "body":
        return 0, "body", ""
    first_line = text[unit.start : min(unit.end, unit.start + _LONGEST_DATELINE)].replace("\r", "\n").split("\n", 1)[0]
    length = dateline_length(first_line, bare=leads)
    return (length if unit.start + length < unit.end else 0), "dateline", "agency_dateline"


def _line_ends(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def line_breaks(text: str) -> int:
    """Line ends in `text`, one at its very end not counted."""
    return text.count("\n") + text.count("\r") - text.count("\r\n") - (text[-1:] in ("\n", "\r"))


def blank_span(start: int, end: int, first_line: int, last_line: int, article: int | None) -> Span:
    """A span of blanks and line ends."""
    return span_of(start, end, first_line, last_line, "blank", "blank", article)


def span_of(start: int, end: int, first: int, last: int, kind: SpanKind, rule: str, article: int | None) -> Span:
    """A span with its role."""
    return Span(start_char=start, end_char=end, start_line=first, end_line=last, kind=kind, rule=rule, article=article)


def _unquoted(value: str | None) -> str | None:
    """The value of a field without the quotation marks or braces that programs set around it."""
    own = value.rstrip(", ") if value else ""
    framed = len(own) > 2 and own[0] + own[-1] in _FRAMES and not set(own[1:-1]) & {own[0], own[-1]}
    return own[1:-1] if framed else value


def article_of(
    text: str,
    units: list[Unit],
    own: list[Role],
    spans: list[Span],
    publisher: str | None,
    dated: published.Publication | None,
    path: str | None,
    confidence: float,
    day_first: bool | None,
) -> Article:
    """The article of these units and spans; `publisher` and `dated` are what its file says of all."""

    def first(kind: str) -> str | None:
        span = next((s for s in spans if s.kind == kind), None)
        return " ".join(text[span.start_char : span.end_char].split()) if span else None

    body = "\n".join(text[s.start_char : s.end_char] for s in spans if s.kind == "body")
    date = published.article_date(units, own, dated, path, day_first=day_first)
    return Article(
        ordinal=spans[0].article or 1,
        title=_unquoted(first("title")) if any(role.rule == "title_label" for role in own) else first("title"),
        standfirst=first("standfirst"),
        body=body,
        publisher=_unquoted(publishers.article_publisher(units, own, publisher)),
        published_on=date.day if date else None,
        published_precision=date.precision if date else None,
        published_evidence=date.evidence if date else None,
        words=len(body.split()),
        start_line=spans[0].start_line,
        end_line=spans[-1].end_line,
        start_char=spans[0].start_char,
        end_char=spans[-1].end_char,
        boundary_confidence=confidence,
    )
