"""A paragraph as reporters' sentences: what stands between quotation marks is masked, so a speech is part of one."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text.article_text import Segment
from pipelines.text.extraction.sentences import sentence_bounds
from pipelines.text.resolution.quotations.marks import Quoted, quoted_stretches
from pipelines.text.resolution.quotations.quotation import NamedMention

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
    for start, end in sentence_bounds(masked):
        found.append(
            Unit(
                segment, masked, start, end,
                tuple(q for q in stretches if start <= q.outer_start < end),
                tuple(m for m in inside if start <= m.start_char < end),
            )
        )  # fmt: skip
    return found


def _masked(text: str, stretches: Sequence[Quoted]) -> str:
    parts, at = [], 0
    for q in stretches:
        last = text[q.end - 1] if text[q.end - 1] in _TERMINAL else "q"
        parts += [text[at : q.outer_start], "“" * (q.start - q.outer_start)]
        parts += ["Q" + "q" * (q.end - q.start - 2), last][: q.end - q.start] if q.end - q.start > 1 else ["Q"]
        parts.append("”" * (q.outer_end - q.end))
        at = q.outer_end
    return "".join(parts) + text[at:]


def _inside(segment: Segment, mentions: Sequence[NamedMention], stretches: Sequence[Quoted]) -> list[NamedMention]:
    """The mentions of a paragraph that no marks enclose, with offsets in the paragraph."""
    starts = [m.start_char for m in mentions]
    first = bisect_left(starts, segment.start_char)
    last = bisect_left(starts, segment.start_char + len(segment.text))
    ends = [q.outer_end for q in stretches]
    found = []
    for m in mentions[first:last]:
        start, end = m.start_char - segment.start_char, m.end_char - segment.start_char
        next_stretch = bisect_left(ends, start + 1)
        if next_stretch < len(stretches) and stretches[next_stretch].outer_start <= start:
            continue
        found.append(NamedMention(key=m.key, label=m.label, start_char=start, end_char=end))
    return found
