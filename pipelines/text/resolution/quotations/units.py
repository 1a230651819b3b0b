"""A paragraph as reporters' sentences: what stands between quotation marks is masked, so a speech is part of one."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.text.article_text import Segment
from pipelines.text.extraction.sentences import sentence_bounds
from pipelines.text.resolution.quotations.marks import Quoted, quoted_stretches
from pipelines.text.resolution.quotations.quotation import NamedMention

MAX_CHARS = 1500
"""Length of a unit, what is quoted included, from which it is cut."""
_SPACES = "\u00a0\u2007\u2009\u200a\u202f"
MASK = "¤"
"""Stands for a character of what is quoted (the first one is a Q): no letter, no space."""
_TERMINAL = ".!?…,;:—–"


@dataclass(frozen=True, slots=True)
class Unit:
    """A reporter's sentence; all offsets are in the paragraph."""

    segment: Segment
    masked: str
    """The paragraph's text with what is quoted masked; as long as the text."""
    start: int
    end: int
    quoted: tuple[Quoted, ...]
    mentions: tuple[NamedMention, ...]
    """Named things outside the marks, in order, with offsets in the paragraph."""

    def bare(self, quoted: Quoted) -> bool:
        """Whether the stretch is all of the unit."""
        return not any(c.isalnum() for c in self.masked[self.start : quoted.outer_start]) and not any(
            c.isalnum() for c in self.masked[quoted.outer_end : self.end]
        )


def units(segment: Segment, mentions: Sequence[NamedMention]) -> list[Unit]:
    """The units of a paragraph. `mentions`: those of the article, sorted by start, with offsets in the document."""
    text = segment.text
    stretches = quoted_stretches(text)
    masked = _masked(text, stretches)
    inside = _inside(segment, mentions, stretches)
    found = []
    outer = [q.outer_start for q in stretches]
    starts = [m.start_char for m in inside]
    for start, end in _cut(masked, sentence_bounds(masked)):
        own = stretches[bisect_left(outer, start) : bisect_left(outer, end)]
        names = inside[bisect_left(starts, start) : bisect_left(starts, end)]
        found.append(Unit(segment, masked, start, end, tuple(own), tuple(names)))
    return found


def _cut(masked: str, bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The bounds, with what is far too long for a sentence cut at a space or behind a quotation."""
    for first, end in bounds:
        start = first
        while end - start > MAX_CHARS:
            stop = start + MAX_CHARS
            at = max(masked.rfind(" ", start, stop), masked.rfind("”", start, stop))
            if at < start:
                later = [masked.find(mark, stop, end) for mark in " ”"]
                at = min((place for place in later if place >= 0), default=end)
            if at >= end - 1:
                break
            yield start, at + 1
            start = at + 1
        yield start, end


def _masked(text: str, stretches: Sequence[Quoted]) -> str:
    parts, at = [], 0
    for q in stretches:
        last = text[q.end - 1] if text[q.end - 1] in _TERMINAL else MASK
        inner = ("Q" + MASK * (q.end - q.start - 2) + last) if q.end - q.start > 1 else "Q"
        parts += [text[at : q.outer_start], "“" * (q.start - q.outer_start), inner, "”" * (q.outer_end - q.end)]
        at = q.outer_end
    masked = "".join(parts) + text[at:]
    for space in _SPACES:
        masked = masked.replace(space, " ")
    return masked


def _inside(segment: Segment, mentions: Sequence[NamedMention], stretches: Sequence[Quoted]) -> list[NamedMention]:
    """The mentions of a paragraph that no marks enclose, with offsets in the paragraph."""
    first = bisect_left(mentions, segment.start_char, key=_start)
    last = bisect_left(mentions, segment.start_char + len(segment.text), key=_start)
    ends = [q.outer_end for q in stretches]
    found = []
    for m in mentions[first:last]:
        start, end = m.start_char - segment.start_char, m.end_char - segment.start_char
        next_stretch = bisect_left(ends, start + 1)
        if next_stretch < len(stretches) and stretches[next_stretch].outer_start <= start:
            continue
        found.append(NamedMention(key=m.key, label=m.label, start_char=start, end_char=end))
    return found


def _start(mention: NamedMention) -> int:
    return mention.start_char
