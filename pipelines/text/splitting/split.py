"""From a document's text to spans and articles: the steps of splitting, in their order."""

import numpy as np

from pipelines.text.splitting import boundaries, character, evidence, extents, induction, marks
from pipelines.text.splitting.assemble import assemble, blank_span, line_breaks
from pipelines.text.splitting.atoms import atoms
from pipelines.text.splitting.lines import BLANK
from pipelines.text.splitting.news import sure_of_news
from pipelines.text.splitting.reading import Reading, read_layout, read_on
from pipelines.text.splitting.spans import Split
from pipelines.text.splitting.tables import split_table

_NEWS = 0.5
"""Confidence from which on a lone piece is taken to be news."""
_LONG = 100_000
"""Characters from which on cohesion, the dearest evidence, is read of a text's first part alone, to know its layout.

The rest is read too where the layout leaves doubts.
"""
_SAMPLE = 120
"""Paragraphs of that part."""
_GLANCE, _GLANCE_SHARE = 20_000, 0.04
"""Characters at the beginning of a long text that are split first, to see how plain its layout is, at least, and as a
share of it."""
_OVERLOOKED = 0.5
"""Articles that no evidence shows, divided by those found: a quarter of one where two are found, none from ten on."""
_DECISIVE = 0.985
"""Expected agreement from which on a layout leaves none."""


def split_document(text: str, *, path: str | None = None) -> Split:
    """Splits a document into spans and articles.

    Args:
        text: The document's text.
        path: Where it came from; only a date in the file's name is read from it.

    Returns:
        Spans that partition `text`, and the articles, which are runs of them.

    """
    if not text.strip(BLANK + "\r\n"):
        blank = (blank_span(0, len(text), 1, 1 + line_breaks(text), None),) if text else ()
        return Split(layout="empty", layout_confidence=1.0, spans=blank, articles=())
    if tabulated := split_table(text, path):
        return tabulated
    glance = max(_GLANCE, int(_GLANCE_SHARE * len(text)))
    plain = len(text) > _LONG and _is_plain(_decide(read_layout(text[: _line_end(text, glance)])))
    read = read_layout(text, paragraphs=_SAMPLE if plain else None)
    decision = _decide(read)
    if plain and not _is_plain(decision):
        read = read_on(read)
        decision = _decide(read)
    decided = extents.past_header(decision.starts, read)
    below = extents.below_sections(decided, read)
    sections = frozenset(decided) - frozenset(below)
    starts = extents.with_heads(below, read)
    confidence = sure_of_news(read, starts, decision.confidence)
    titleless = character.starts_are_standfirsts(starts, read)
    whole_pages = character.are_whole_pages(starts, read)
    spans, articles = assemble(
        text, read, starts, confidence, path, titleless=titleless, whole_pages=whole_pages, sections=sections
    )
    name = character.layout_name(starts, read, titleless=titleless, whole_pages=whole_pages)
    return Split(
        layout=name if len(articles) > 1 or any(a.boundary_confidence >= _NEWS for a in articles) else "no-news",
        layout_confidence=_with_overlooked(decision),
        spans=spans,
        articles=articles,
    )


def _is_plain(decision: boundaries.Boundaries) -> bool:
    return decision.agreement >= _DECISIVE


def _with_overlooked(decision: boundaries.Boundaries) -> float:
    """The agreement that is expected, the articles counted that are overlooked where a rule is known by few lines."""
    found = len(decision.starts)
    return decision.agreement if found == 1 else round(decision.agreement / (1.0 + _OVERLOOKED / found**2), 4)


def _line_end(text: str, limit: int) -> int:
    """Where the last line ends that lies within the first `limit` characters; that limit where none does."""
    return max(text.rfind("\n", 0, limit), text.rfind("\r", 0, limit)) + 1 or limit


def _decide(read: Reading) -> boundaries.Boundaries:
    """Where the articles start: local evidence, the layout induced from it, one decision over the whole text."""
    t = evidence.log_odds(read)
    header = extents.header_length(read)
    t[:header] = evidence.BLOCKED
    names, rows = atoms(read)
    t = marks.explained(t, read, names, rows, extents.first_start(header, read, t, None))
    known = extents.first_start(header, read, t, None)
    words = np.array([unit.words for unit in read.units])
    layout = induction.induce(t, names, rows, words, known)
    first = extents.first_start(header, read, t, layout)
    prose = [
        (shape.paragraph or shape.sentence) and kind is None
        for shape, kind in zip(read.shapes, read.blocks.kind, strict=True)
    ]
    return boundaries.decide(t, layout, np.where(prose, words, 0), first, alone=character.is_text_alone(read))
