"""From a document's text to spans and articles: the steps of splitting, in their order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting import boundaries, cohesion, evidence, extents, induction
from pipelines.text.splitting.assemble import assemble, blank_span, line_breaks
from pipelines.text.splitting.blocks import Blocks, find_blocks
from pipelines.text.splitting.lines import BLANK, Unit, units_of
from pipelines.text.splitting.roles import starts_are_standfirsts
from pipelines.text.splitting.shapes import Shape, shapes_of
from pipelines.text.splitting.spans import Split
from pipelines.text.splitting.templates import Recurrences, recurrences

_NEWS = 0.5
"""Confidence from which on a lone piece is taken to be news."""
_LONG = 100_000
"""Characters from which on cohesion, the dearest evidence, is read of a text's first part alone, to know its layout.

The rest is read too where the layout leaves doubts.
"""
_SAMPLE = 250
"""Paragraphs of that part."""
_DECISIVE = 0.985
"""Expected agreement from which on a layout leaves none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text shows before it is decided where its articles start; everything by unit."""

    units: list[Unit]
    shapes: list[Shape]
    found: Recurrences
    blocks: Blocks
    cohesion: NDArray[np.float64]
    """Log-odds that the text before and after a unit are of two articles, as far as paragraphs tell; NaN: unread."""

    @property
    def start_log_odds(self) -> NDArray[np.float64]:
        """Log-odds that an article starts at each unit, by what stands around it."""
        return evidence.log_odds(self.units, self.shapes, self.found, self.blocks, self.cohesion)


def read_layout(text: str, *, paragraphs: int | None = None) -> Reading:
    """The units of a text, what recurs among them, and whether its text goes on, in its first `paragraphs` or all."""
    units = units_of(text)
    return _read(units, shapes_of(units), recurrences(units), paragraphs)


def _read(units: list[Unit], shapes: list[Shape], found: Recurrences, paragraphs: int | None) -> Reading:
    cohesive = _cohesion(units, shapes, paragraphs)
    blocks = find_blocks(units, shapes, found, cohesive)
    return Reading(units=units, shapes=shapes, found=found, cohesion=cohesive, blocks=blocks)


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
    long = len(text) > _LONG
    read = read_layout(text, paragraphs=_SAMPLE if long else None)
    decision = _decide(read)
    if long and decision.agreement < _DECISIVE:
        read = _read(read.units, read.shapes, read.found, None)
        decision = _decide(read)
    units, shapes, found, blocks = read.units, read.shapes, read.found, read.blocks
    starts = extents.past_header(decision.starts, units, shapes, blocks)
    starts = extents.with_sections(starts, units, shapes, blocks)
    confidence = extents.sure_of_news(units, shapes, starts, decision.confidence)
    spans, articles = assemble(text, units, shapes, found, blocks, starts, confidence, path)
    name = extents.layout_name(
        starts, units, shapes, found, blocks, titleless=starts_are_standfirsts(starts, units, shapes, found)
    )
    return Split(
        layout=name if len(articles) > 1 or articles[0].boundary_confidence >= _NEWS else "no-news",
        layout_confidence=decision.agreement,
        spans=spans,
        articles=articles,
    )


def _decide(read: Reading) -> boundaries.Boundaries:
    """Where the articles start: local evidence, the layout induced from it, one decision over the whole text."""
    units, shapes, found, blocks = read.units, read.shapes, read.found, read.blocks
    marked, numbered = evidence.marked(shapes, found, blocks), evidence.numbered(found, blocks)
    throughout = evidence.marked_throughout(shapes, found, blocks)
    t = read.start_log_odds
    apart = induction.set_apart(t, np.array([unit.gap for unit in units]))
    t = induction.explained(t, marked | apart, numbered, throughout=throughout or bool(apart.any()))
    first = extents.header_length(units, shapes, found)
    t[:first] = evidence.BLOCKED
    known = extents.first_start(first, shapes, t, None)
    names, rows = induction.atoms(units, shapes, found, blocks)
    layout = induction.induce(t, names, rows, np.array([unit.words for unit in units]), known)
    first = extents.first_start(first, shapes, t, layout)
    prose = [
        (shape.paragraph or shape.sentence) and kind is None for shape, kind in zip(shapes, blocks.kind, strict=True)
    ]
    words = np.where(prose, [unit.words for unit in units], 0)
    return boundaries.decide(t, layout, words, first, alone=extents.is_text_alone(units, shapes, blocks))


def _cohesion(units: list[Unit], shapes: list[Shape], paragraphs: int | None) -> NDArray[np.float64]:
    """Log-odds by unit that the text before and after it are of two articles, as far as paragraphs tell."""
    at = [i for i, shape in enumerate(shapes) if shape.paragraph or shape.sentence]
    out = np.full(len(units), evidence.NO_COHESION)
    if paragraphs is not None and len(at) > paragraphs:
        # the last one's neighbours are unread, so it is too
        at = at[: max(0, paragraphs - 1)]
        out[at[-1] + 1 if at else 0 :] = np.nan
    if len(at) >= 2:
        out[at] = cohesion.log_odds([units[i].text for i in at])
    return out
