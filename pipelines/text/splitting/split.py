"""From a document's text to spans and articles: the steps of splitting, in their order."""

from itertools import pairwise

import numpy as np

from pipelines.text.splitting import boundaries, cohesion, evidence, fields, roles
from pipelines.text.splitting.blocks import Blocks, find_blocks
from pipelines.text.splitting.lines import Unit, units_of
from pipelines.text.splitting.roles import Role
from pipelines.text.splitting.shapes import Shape, dateline_length, shapes_of
from pipelines.text.splitting.spans import Article, Span, SpanKind, Split
from pipelines.text.splitting.templates import Recurrences, recurrences

_SHORT_HEAD = 6
_SURE = 0.6
_LONGEST_TAIL = 6
_LONGEST_LIST = 400
_NEWS = 0.5
"""Confidence from which on a lone piece is taken to be news."""


def split_document(text: str, *, path: str | None = None) -> Split:
    """Splits a document into spans and articles.

    Args:
        text: The document's text.
        path: Where it came from; only a date in the file's name is read from it.

    Returns:
        Spans that partition `text`, and the articles, which are runs of them.

    """
    units = units_of(text)
    if not units:
        spans = (
            [_span(0, len(text), 1, _breaks(text) + (text[-1] not in "\r\n"), "blank", "blank", None)] if text else []
        )
        return Split(layout="empty", layout_confidence=1.0, spans=tuple(spans), articles=())
    shapes = shapes_of(units)
    found = recurrences(units)
    words = np.array([unit.words for unit in units])
    first = _header_length(units, shapes, found)
    slots = _text_evidence(units, shapes)
    blocks = find_blocks(units, shapes, found, slots.tolist())
    t = evidence.log_odds(evidence.measures(units, shapes, found, blocks, slots), blocks)
    t[:first] = evidence.BLOCKED
    names, rows = boundaries.atoms(units, shapes, found, blocks)
    layout = boundaries.induce(t, names, rows, words)
    body_words = np.array(
        [u.words if s.paragraph and kind is None else 0 for u, s, kind in zip(units, shapes, blocks.kind, strict=True)]
    )
    first = _first_start(first, shapes, t, layout)
    starts, confidence = boundaries.decide(t, layout, body_words, first)
    confidence = _sure_of_news(units, shapes, starts, confidence)
    return _assemble(text, units, shapes, found, blocks, starts, confidence, layout, path)


def _text_evidence(units: list[Unit], shapes: list[Shape]) -> np.ndarray:
    at = [i for i, shape in enumerate(shapes) if shape.paragraph]
    out = np.full(len(units), evidence.NO_COHESION)
    if len(at) >= 2:
        out[at] = cohesion.log_odds([units[i].text for i in at])
    return out


def _header_length(units: list[Unit], shapes: list[Shape], found: Recurrences) -> int:
    """Units before the first article: lines of a date or of labels that do not recur."""
    for i, unit in enumerate(units[:8]):
        header = (shapes[i].date or (unit.words <= 8 and roles.label_of(unit.text) is not None)) and (
            found.label[i] is None and found.template[i] is None and i + 1 < len(units)
        )
        if not header:
            return i
    return 0


def _first_start(first: int, shapes: list[Shape], t: np.ndarray, layout: boundaries.Layout | None) -> int:
    """Where the first article starts: with the first unit, unless a header or a page's menus stand above it."""
    end = len(shapes) - 1
    lead = next((i for i in range(first, end) if shapes[i].paragraph and t[i] > evidence.BLOCKED), end)
    if layout is not None and layout.confidence >= _SURE:
        by_rule = min(i for rule in layout.rules for i in rule)
        if first <= by_rule < lead:
            return by_rule
    usable = [i for i in range(first, lead + 1) if t[i] > evidence.BLOCKED]
    if len(usable) <= _SHORT_HEAD or lead - first > _LONGEST_LIST:
        return usable[0] if usable else first
    return max(usable, key=lambda i: (t[i], -i))


def _sure_of_news(
    units: list[Unit], shapes: list[Shape], starts: tuple[int, ...], confidence: tuple[float, ...]
) -> tuple[float, ...]:
    """Confidences lowered where a piece is hardly running text: a list, a table, a program is no news."""
    out = []
    for start, end, value in zip(starts, (*starts[1:], len(units)), confidence, strict=True):
        total = sum(unit.words for unit in units[start:end])
        prose = sum(
            unit.words for unit, shape in zip(units[start:end], shapes[start:end], strict=True) if shape.paragraph
        )
        out.append(round(value * min(1.0, 0.1 + 1.8 * prose / max(1, total)), 4))
    return tuple(out)


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _span(start: int, end: int, first: int, last: int, kind: SpanKind, rule: str, article: int | None) -> Span:
    return Span(start_char=start, end_char=end, start_line=first, end_line=last, kind=kind, rule=rule, article=article)


def _assemble(
    text: str,
    units: list[Unit],
    shapes: list[Shape],
    found: Recurrences,
    blocks: Blocks,
    starts: tuple[int, ...],
    confidence: tuple[float, ...],
    layout: boundaries.Layout | None,
    path: str | None,
) -> Split:
    titleless = roles.starts_are_standfirsts(starts, units, shapes, found)
    pieces: list[tuple[int, int, list[Role]]] = []
    whole_pages = _are_whole_pages(starts, shapes, blocks)
    for start, following in zip(starts, (*starts[1:], len(units)), strict=True):
        end = _end(start, following, units, shapes, blocks, whole_pages=whole_pages)
        pieces.append((start, end, roles.article_roles(start, end, units, shapes, found, blocks, titleless=titleless)))
    publisher = fields.file_publisher([(units[a:b], r) for a, b, r in pieces])
    dated = [fields.header_date(units[: starts[0]])]
    for (_, end, _), (start, _, _) in pairwise(pieces):
        dated.append(
            fields.header_date([u for u, s in zip(units[end:start], shapes[end:start], strict=True) if s.date])
            or dated[-1]
        )
    role_of: list[tuple[Role, int | None]] = [(_outside(i, starts[0], shapes, blocks), None) for i in range(len(units))]
    for ordinal, (start, end, own) in enumerate(pieces, 1):
        for i, role in zip(range(start, end), own, strict=True):
            role_of[i] = (role, ordinal)
    spans = _spans(text, units, role_of)
    articles = tuple(
        _article(
            text,
            ordinal,
            units[a:b],
            own,
            by,
            publisher,
            dated[ordinal - 1],
            path,
            confidence[ordinal - 1],
        )
        for (ordinal, (a, b, own)), by in zip(enumerate(pieces, 1), _by_article(spans, len(pieces)), strict=True)
    )
    name = _layout_name(starts, units, shapes, found, blocks, titleless=titleless, whole_pages=whole_pages)
    return Split(
        layout=name if articles[0].boundary_confidence >= _NEWS or len(articles) > 1 else "no-news",
        layout_confidence=layout.confidence if layout else 0.0,
        spans=tuple(spans),
        articles=articles,
    )


def _outside(i: int, first: int, shapes: list[Shape], blocks: Blocks) -> Role:
    """The role of a unit that belongs to no article."""
    kind = blocks.kind[i]
    if kind is not None:
        return Role(kind=kind, rule=blocks.rule[i])
    if i < first:
        return Role(kind="header", rule="file_header")
    return (
        Role(kind="header", rule="date_header") if shapes[i].date else Role(kind="furniture", rule="between_articles")
    )


def _are_whole_pages(starts: tuple[int, ...], shapes: list[Shape], blocks: Blocks) -> bool:
    """Whether lists of short lines, menus and links, stand before most articles: a decision for the whole file."""
    listed = sum(start - _last_text(start, shapes, blocks) > _LONGEST_TAIL for start in starts[1:])
    return listed >= max(2, 0.6 * (len(starts) - 1))


def _last_text(end: int, shapes: list[Shape], blocks: Blocks) -> int:
    return next((i for i in range(end - 1, -1, -1) if shapes[i].paragraph and blocks.kind[i] is None), 0)


def _end(start: int, end: int, units: list[Unit], shapes: list[Shape], blocks: Blocks, *, whole_pages: bool) -> int:
    """Where the article ends whose next one starts at `end`: before what opens that, and before a page's links."""
    while end - 1 > start and ((end - 1) in blocks.opening or _is_date_header(end - 1, units, shapes)):
        end -= 1
    if whole_pages:
        end = max(start, _last_text(end, shapes, blocks)) + 1
        while end < len(shapes) and (shapes[end].credit or end in blocks.closing):
            end += 1
    return end


def _is_date_header(i: int, units: list[Unit], shapes: list[Shape]) -> bool:
    """Whether a line that is only a date stands no nearer to the text above it than to what follows."""
    return shapes[i].date and i + 1 < len(units) and units[i].gap >= units[i + 1].gap and units[i].gap > 0


def _layout_name(
    starts: tuple[int, ...],
    units: list[Unit],
    shapes: list[Shape],
    found: Recurrences,
    blocks: Blocks,
    *,
    titleless: bool,
    whole_pages: bool,
) -> str:
    """What most of the file's articles start with, in a word or two."""
    if len(starts) == 1:
        return "single-article"
    wide = sorted(unit.gap for unit in units)[len(units) // 2]
    signs = (
        ("doubled-title", lambda i: found.double_next[i] is not None),
        ("closing-marker", lambda i: i - 1 in blocks.closing),
        ("metadata-block", lambda i: any(label is not None for label in found.label[i : i + 3])),
        ("wider-gap", lambda i: units[i].gap > wide),
        ("title", lambda i: shapes[i].headline),
    )
    if whole_pages:
        return "whole-pages"
    for name, sign in signs:
        if sum(map(sign, starts[1:])) >= 0.7 * (len(starts) - 1):
            return "standfirst" if titleless and name == "title" else name
    return "text-alone"


def _by_article(spans: list[Span], count: int) -> list[list[Span]]:
    out: list[list[Span]] = [[] for _ in range(count)]
    for span in spans:
        if span.article is not None:
            out[span.article - 1].append(span)
    return out


def _spans(text: str, units: list[Unit], role_of: list[tuple[Role, int | None]]) -> list[Span]:
    spans: list[Span] = []
    position, line = 0, 1
    previous: int | None = None
    for unit, (role, article) in zip(units, role_of, strict=True):
        if unit.start > position:
            inside = article if article == previous else None
            spans.append(
                _span(
                    position,
                    unit.start,
                    line,
                    unit.first_line if text[unit.start - 1] not in "\r\n" else unit.first_line - 1,
                    "blank",
                    "blank",
                    inside,
                )
            )
        cut = 0
        if role.label:
            cut = role.label
            spans.append(
                _span(unit.start, unit.start + cut, unit.first_line, unit.first_line, "header", "label", article)
            )
        elif role.kind == "body":
            cut = min(dateline_length(text[unit.start : unit.start + 200]), unit.end - unit.start - 1)
            if cut:
                spans.append(
                    _span(
                        unit.start,
                        unit.start + cut,
                        unit.first_line,
                        unit.first_line,
                        "dateline",
                        "agency_dateline",
                        article,
                    )
                )
        spans.append(_span(unit.start + cut, unit.end, unit.first_line, unit.last_line, role.kind, role.rule, article))
        position, line, previous = unit.end, unit.last_line, article
    if position < len(text):
        last = line + _breaks(text[position:]) - (text[-1] in "\r\n")
        spans.append(_span(position, len(text), line, last, "blank", "blank", None))
    return spans


def _article(
    text: str,
    ordinal: int,
    units: list[Unit],
    own: list[Role],
    spans: list[Span],
    publisher: str | None,
    dated: fields.Publication | None,
    path: str | None,
    confidence: float,
) -> Article:
    def first(kind: str) -> str | None:
        span = next((s for s in spans if s.kind == kind), None)
        return " ".join(text[span.start_char : span.end_char].split()) if span else None

    body = "\n".join(text[s.start_char : s.end_char] for s in spans if s.kind == "body")
    published = fields.article_date(units, own, dated, path)
    return Article(
        ordinal=ordinal,
        title=first("title"),
        standfirst=first("standfirst"),
        body=body,
        publisher=fields.article_publisher(units, own, publisher),
        published_on=published.day if published else None,
        published_precision=published.precision if published else None,
        published_evidence=published.evidence if published else None,
        words=len(body.split()),
        start_line=spans[0].start_line,
        end_line=spans[-1].end_line,
        start_char=spans[0].start_char,
        end_char=spans[-1].end_char,
        boundary_confidence=confidence,
    )
