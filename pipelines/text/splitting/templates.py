"""What recurs in a file: line templates (numbers, months, weekdays masked), beside labels and doubled lines."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text.splitting.cues import LINK, MAX_NOTE_WORDS, NOTE
from pipelines.text.splitting.dates import MONTH_WORD, WEEKDAY_WORD
from pipelines.text.splitting.doubles import doubled_lines
from pipelines.text.splitting.labels import closing_blocks, label_blocks, recurring_labels
from pipelines.text.splitting.units import Unit

_MASK = re.compile(
    rf"(?P<address>\b(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+[a-z]{{2,6}}(?=/|$|\s))|(?P<code>\b(?=\w*\d)(?=\w*[a-z])\w{{6,}}\b)|(?P<number>\d+(?:[.,:]\d+)*)"
    rf"|(?P<month>\b{MONTH_WORD}\b\.?)|(?P<weekday>\b{WEEKDAY_WORD})"
)
ADDRESS = "<address"
"""How what stands for the address of a page begins in a template."""
_TAIL = " .…:;,»>→|-–—*[]()"
_SHORT = 120
_NEXT_WORD = re.compile(r" [a-z]+\b", re.IGNORECASE)
_LINK_OPENING = re.compile(r"\S+(?: [a-z]+){1,2}(?= )")
"""Words that links share when they name something: 'Read the full story in …', 'Continue at …'."""
_AROUND = ((0, 3), (1, 4), (-1, 1), (-3, 0))
"""Which paragraphs after a line, or before it, are the same in copies of an article."""
_MIN_RECURRENCE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A short line that recurs, numbers and dates in it aside."""

    masked: str
    positions: tuple[int, ...]
    """Indices of its units, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrences:
    """What recurs in a file, by unit."""

    template: tuple[Template | None, ...]
    label: tuple[str | None, ...]
    """Label of a 'Label: value' line, casefolded, where three lines or more have it."""
    double_next: tuple[int | None, ...]
    """Index of the next copy of the same line, when that is near and the line is not one that recurs all over."""
    double_previous: tuple[int | None, ...]
    labels: tuple[int, ...]
    """Lines of the block of labelled lines that opens with the unit, 0 where none does."""
    label_ends: tuple[int, ...]
    """Last units of the blocks of labelled lines that close records."""

    def doubles(self, i: int) -> bool:
        """Whether unit `i` is the first copy of a doubled line."""
        return self.double_next[i] is not None and self.double_previous[i] is None


def masked(text: str) -> str:
    """`text` casefolded, marks at its ends cut, placeholders for addresses, numbers, codes, months and weekdays."""
    folded = " ".join(text.casefold().split())
    return _MASK.sub(lambda m: f"<{m.lastgroup}>", folded).strip(_TAIL) or folded


def _opening(text: str) -> str | None:
    """What a note or a link opens with, where the rest may differ from article to article."""
    note = NOTE.match(text)
    if note:
        following = _NEXT_WORD.match(text, note.end())
        return text[: following.end() if following else note.end()].casefold() + " …"
    opening = _LINK_OPENING.match(text) if LINK.match(text) else None
    return opening.group().casefold() + " …" if opening else None


def recurrences(units: Sequence[Unit]) -> Recurrences:
    """Finds what recurs; linear in the number of units."""
    following, previous = doubled_lines(units)
    labels = recurring_labels(units)
    lengths = label_blocks(units, labels)
    closing = closing_blocks(units, labels, lengths)
    ends = tuple(i + lengths[i] - 1 for i in closing)
    for i in closing:
        lengths[i] = 0
    return Recurrences(
        template=tuple(_templates(units)),
        label=tuple(labels),
        double_next=tuple(following),
        double_previous=tuple(previous),
        labels=tuple(lengths),
        label_ends=ends,
    )


def _templates(units: Sequence[Unit]) -> list[Template | None]:
    """By unit, the template of its line where that recurs; else that of what it opens with, where this does."""
    by_mask: dict[str, list[int]] = defaultdict(list)
    by_opening: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        if len(unit.text) <= _SHORT:
            by_mask[masked(unit.text)].append(i)
            if unit.words <= MAX_NOTE_WORDS and unit.ends == "open" and (opening := _opening(unit.text)):
                by_opening[opening].append(i)
    prose = [i for i, unit in enumerate(units) if unit.is_paragraph]
    recurring = [(opening, at) for opening, at in by_opening.items() if len(at) >= _MIN_RECURRENCE]
    recurring += [
        (mask, at) for mask, at in by_mask.items() if len(at) >= _MIN_RECURRENCE and not _in_copies(at, units, prose)
    ]
    out: list[Template | None] = [None] * len(units)
    for name, positions in recurring:  # a line that recurs whole comes later and prevails
        found = Template(masked=name, positions=tuple(positions))
        for i in positions:
            out[i] = found
    return out


def _in_copies(positions: Sequence[int], units: Sequence[Unit], prose: Sequence[int]) -> bool:
    """Whether a line recurs because articles do: most times the same paragraphs, those of `prose`, are around it."""
    at = [bisect_left(prose, p) for p in positions]
    for low, high in _AROUND:
        around = [tuple(units[i].text for i in prose[max(0, k + low) : k + high]) for k in at]
        whole = [texts for texts in around if len(texts) == high - low]
        if len(whole) - len(set(whole)) >= 0.5 * len(positions):
            return True
    return False
