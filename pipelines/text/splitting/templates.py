"""What recurs in a file: line templates (digits, months, weekdays masked), labels, and lines that are doubled."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipelines.text.splitting.dates import MONTH_WORD, WEEKDAY_WORD
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.phrases import any_of, words

_MASK = re.compile(
    rf"(?P<code>\b(?=\w*\d)(?=\w*[a-z])\w{{6,}}\b)|(?P<number>\d+(?:[.,:]\d+)*)"
    rf"|(?P<month>\b{MONTH_WORD}\b\.?)|(?P<weekday>\b{WEEKDAY_WORD})"
)
_TAIL = " .…:;,»>→|-–—*[]()"
_LABEL = re.compile(r"([^\W\d][\w/&' -]{0,24}?)\s*:\s+(?=\S)")
_CODE = re.compile(r"([A-Z]{2,3})(?:\t| {2,})\s*(?=\S)")
"""A field's code instead of its name, as databases write them: 'HD  Title'."""
TITLE_LABELS = words("title_labels")
"""What bulk exports call the line with an article's title."""
BODY_LABELS = words("body_labels")
"""What they call the text itself."""
NOTE = re.compile(any_of("note_words"), re.IGNORECASE)
"""Opens a note that systems write above and below articles: 'Posted in Culture'."""
LINK = re.compile(any_of("link_words"), re.IGNORECASE)
"""Opens a link: 'Read', 'More', 'Subscribe'."""
_NEXT_WORD = re.compile(r" [a-z]+\b", re.IGNORECASE)
_SHORT = 120
_NOTE = 15
"""Words of a note, at most."""
_LINK_OPENING = 3
"""Words that links share when they name something: 'Read the full story in …'."""
_AROUND = ((0, 3), (1, 4), (-1, 1), (-3, 0))
"""Which paragraphs after a line, or before it, are the same in copies of an article."""
_MIN_RECURRENCE = 3
_VALUE = 5
"""Words of a labelled line that may always be the same: 'Language of publication: English'."""
_COPIED_PARAGRAPHS = 2
_DOUBLE_REACH = 12
"""Units between the copies of a doubled line, at most."""


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
    """Lines of the block of labelled lines that begins with the unit, 0 where none does."""

    def doubles(self, i: int) -> bool:
        """Whether unit `i` is the first copy of a doubled line."""
        return self.double_next[i] is not None and self.double_previous[i] is None


def masked(text: str) -> str:
    """`text` casefolded, numbers, codes, months and weekdays replaced by placeholders, marks at its ends cut."""
    folded = " ".join(text.casefold().split())
    return _MASK.sub(lambda m: f"<{m.lastgroup}>", folded).strip(_TAIL) or folded


def _opening(text: str) -> str | None:
    """What a note or a link opens with, where the rest may differ from article to article."""
    note = NOTE.match(text)
    if note:
        following = _NEXT_WORD.match(text, note.end())
        return text[: following.end() if following else note.end()].casefold() + " …"
    opening = text.casefold().split()[:_LINK_OPENING]
    linked = len(opening) == _LINK_OPENING and not any(word.endswith(":") for word in opening) and LINK.match(text)
    return " ".join(opening) + " …" if linked else None


def label_of(text: str) -> str | None:
    """'source' of 'Source: Example News', 'sn' of 'SN  Example News'."""
    match = _CODE.match(text[:40]) or _LABEL.match(text[:40])
    return match.group(1).casefold() if match and len(match.group(1).split()) <= 3 else None


def value_start(text: str) -> int:
    """Where the value of a labelled line begins."""
    match = _CODE.match(text[:40]) or _LABEL.match(text[:40])
    if match is None:
        return 0
    return match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())


def recurrences(units: Sequence[Unit]) -> Recurrences:
    """Finds what recurs; linear in the number of units."""
    by_mask: dict[str, list[int]] = defaultdict(list)
    by_label: dict[str, list[int]] = defaultdict(list)
    by_opening: dict[str, list[int]] = defaultdict(list)
    by_text: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        if len(unit.text) <= _SHORT:
            by_mask[masked(unit.text)].append(i)
            if unit.words <= _NOTE and unit.ends == "open" and (opening := _opening(unit.text)):
                by_opening[opening].append(i)
        label = label_of(unit.text)
        if label:
            by_label[label].append(i)
        if unit.words <= 80:
            by_text[" ".join(unit.text.casefold().split())].append(i)
    template: list[Template | None] = [None] * len(units)
    for mask, positions in by_opening.items():
        if len(positions) >= _MIN_RECURRENCE:
            found = Template(masked=mask, positions=tuple(positions))
            for i in positions:
                template[i] = found
    prose = [i for i, unit in enumerate(units) if unit.is_paragraph]
    for mask, positions in by_mask.items():
        if len(positions) >= _MIN_RECURRENCE and not _in_copies(positions, units, prose):
            found = Template(masked=mask, positions=tuple(positions))
            for i in positions:
                template[i] = found
    labels: list[str | None] = [None] * len(units)
    for label, positions in by_label.items():
        # a headline with a colon may recur, always with the same words behind it
        first = units[positions[0]]
        alike = first.words > _VALUE and all(units[i].text == first.text for i in positions)
        if len(positions) >= _MIN_RECURRENCE and not alike:
            for i in positions:
                labels[i] = label
    _label_rare_fields(units, labels)
    # running text between two copies means that they are not a doubled line, unless it is doubled itself
    once = [unit.is_paragraph and len(by_text.get(" ".join(unit.text.casefold().split()), ())) < 2 for unit in units]
    text_before = list(accumulate(once, initial=0))
    following: list[int | None] = [None] * len(units)
    previous: list[int | None] = [None] * len(units)
    for positions in by_text.values():
        # a line that stands in more than two places, in some of them once, recurs; it is not doubled
        places = 1 + sum(text_before[a] != text_before[b] for a, b in pairwise(positions))
        if len(positions) < 2 or (places > 2 and len(positions) < 2 * places) or len(positions) > 6 * places:
            continue
        for a, b in pairwise(positions):
            if b - a <= _DOUBLE_REACH and text_before[a] == text_before[b]:
                following[a], previous[b] = b, a
    _forget_copies(units, following, previous)
    return Recurrences(
        template=tuple(template),
        label=tuple(labels),
        double_next=tuple(following),
        double_previous=tuple(previous),
        labels=tuple(_label_blocks(units, labels)),
    )


def _label_rare_fields(units: Sequence[Unit], labels: list[str | None]) -> None:
    """Gives a field that few records have its label: it has a code and stands right by fields that have one."""
    for i, unit in enumerate(units):
        near = [k for k in (i - 1, i + 1) if 0 <= k < len(units) and units[max(i, k)].gap == 0]
        if labels[i] is None and any(labels[k] is not None and _CODE.match(units[k].text[:40]) for k in near):
            labels[i] = label_of(unit.text) if _CODE.match(unit.text[:40]) else None


def _in_copies(positions: Sequence[int], units: Sequence[Unit], prose: Sequence[int]) -> bool:
    """Whether a line recurs because articles do: most times the same paragraphs, those of `prose`, are around it."""
    at = [bisect_left(prose, p) for p in positions]
    for low, high in _AROUND:
        around = [tuple(units[i].text for i in prose[max(0, k + low) : k + high]) for k in at]
        whole = [texts for texts in around if len(texts) == high - low]
        if len(whole) - len(set(whole)) >= 0.5 * len(positions):
            return True
    return False


def _forget_copies(units: Sequence[Unit], following: list[int | None], previous: list[int | None]) -> None:
    """Lines of a whole article that stands there twice are not doubled: several paragraphs recur at one distance."""
    start = 0
    for i in range(1, len(units) + 1):
        distance = _distance(start, following)
        if i < len(units) and distance and _distance(i, following) == distance:
            continue
        if distance > 1 and sum(unit.is_paragraph for unit in units[start:i]) >= _COPIED_PARAGRAPHS:
            for k in range(start, i):
                following[k] = previous[k + distance] = None
        start = i


def _distance(i: int, following: Sequence[int | None]) -> int:
    after = following[i]
    return after - i if after is not None else 0


def _label_blocks(units: Sequence[Unit], labels: Sequence[str | None]) -> list[int]:
    """Lengths of the blocks of labelled lines, at their first units; a wider gap than is usual in blocks ends one."""
    out = [0] * len(units)
    gaps = sorted(units[i].gap for i in range(1, len(units)) if labels[i] is not None and labels[i - 1] is not None)
    if not gaps:
        return out
    usual = gaps[len(gaps) // 2]
    start: int | None = None
    for i, label in enumerate(labels):
        if label is None:
            # a value may go on in the next line
            inside = start is not None and i + 1 < len(labels) and labels[i + 1] is not None
            start = start if inside and units[i].gap == units[i + 1].gap == 0 else None
        elif start is None or units[i].gap > usual:
            start = i
        if start is not None:
            out[start] += 1
    return out
