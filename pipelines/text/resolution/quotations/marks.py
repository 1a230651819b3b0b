"""Which stretches of a paragraph stand between quotation marks, whatever the marks are.

Marks are curly, straight, low and angle, double and single. What a mark does (open, close, or none: an apostrophe, an
inch) is told by what stands on either side of it, since typesetting is often wrong. Only outermost stretches count;
marks inside them are part of what is said.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

# begins with a class of characters, which `re` looks for quickly
_MARK = re.compile(r"[\"“”„‟«»‹›‘’‚‛'`](?:(?<=`)`|(?<=')'|(?<!`))")
_DOUBLE = frozenset({'"', "“", "”", "„", "‟", "``", "''"})
_ANGLE = frozenset({"«", "»", "‹", "›"})
_ELISION = re.compile(r"(?:\d0s|em|cause|til|tis|twas|n|round|bout|cos)\b", re.I)
_BEFORE_OPENING = frozenset("([{—–-/:;,…")
_STRONG_BEFORE = frozenset(".,!?;:…—–")
_STRONG_AFTER = frozenset(".,;:!?)]…—–")
MAX_CHARS = 3000
"""A stretch longer than this within one paragraph is a lost mark."""

MAX_MARKS = 40
"""Marks (apostrophes too) looked through for the one that closes."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between marks; offsets in the paragraph, the marks outside `start` to `end`."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    single: bool
    closed: bool
    """False where the paragraph ends before the mark that closes: it goes on in the next one."""


def quoted_stretches(text: str) -> list[Quoted]:
    """The outermost quoted stretches of a paragraph, in order. Linear in its length."""
    marks = [(m.start(), m.end(), m.group()) for m in _MARK.finditer(text)]
    closers = _single_closers(text, marks)
    found: list[Quoted] = []
    index = 0
    while index < len(marks):
        start, end, mark = marks[index]
        index += 1
        if not _opens(text, start, end, mark):
            continue
        single = mark in {"‘", "‚", "‛", "'", "’"}
        closing = None
        reopened = None
        for later in range(index, min(index + MAX_MARKS, len(marks))):
            at, after, other = marks[later]
            if at - end > MAX_CHARS:
                break
            if (at in closers) if single else _closes_double(text, at, after, other, mark):
                closing = later
                break
            if not single and other == mark == "“" and text[end:at].strip() and "\n" not in text[end:at]:
                reopened = reopened or later
        if closing is None:
            if single:
                continue
            # the mark that closes was forgotten: what opens again starts anew, else it goes to the paragraph's end
            stop = _trimmed_end(text, end, marks[reopened][0] if reopened else len(text))
            if stop - end > MAX_CHARS:
                continue
            if stop > end and (reopened is None or text[stop - 1] in _STRONG_BEFORE):
                found.append(Quoted(start, end, stop, stop, single, reopened is not None))
            index = reopened if reopened is not None else len(marks)
            continue
        at, after, _ = marks[closing]
        if text[end:at].strip():
            found.append(Quoted(start, end, at, after, single, True))
        index = closing + 1
    return found


def _trimmed_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and after a mark; a space where the paragraph begins or ends."""
    return text[start - 1] if start else " ", text[end] if end < len(text) else " "


def _opens(text: str, start: int, end: int, mark: str) -> bool:
    before, after = _around(text, start, end)
    free = before.isspace() or before in _BEFORE_OPENING or before in "\"“‘'«"
    if after.isspace():
        return mark == "«" and free  # French spacing
    if mark in {"“", "„", "‟", "``", "‚", "‛"}:
        return True
    if mark in _ANGLE:
        return free
    if mark in _DOUBLE:
        return free
    if not free or _ELISION.match(text, end) or not (after.isalnum() or after in '"“…[($£€'):
        return False
    return mark != "’" or before.isspace()


def _closes_double(text: str, start: int, end: int, mark: str, opening: str) -> bool:
    before, after = _around(text, start, end)
    if opening in _ANGLE:
        return mark in _ANGLE and mark != opening
    if mark not in _DOUBLE:
        return False
    if opening == "“" and mark in {"“", "„", "``"}:
        return False
    if (mark == "''") != (opening == "``"):
        return False
    if opening == "„":
        return mark in {"“", "”", '"'}
    if mark == '"' and opening == '"':
        # an opening mark in the middle of speech is a nested one, or the closing one was forgotten
        return not (before.isspace() and not after.isspace() and after.isalnum())
    return True


def _single_closers(text: str, marks: list[tuple[int, int, str]]) -> frozenset[int]:
    """Places of the single marks that close rather than stand for a left-out letter or a possessive."""
    strong, weak = [], []
    for start, end, mark in marks:
        if mark not in {"’", "'", "‘"}:
            continue
        before, after = _around(text, start, end)
        if before.isspace() or after.isalnum() or mark == "‘":
            continue
        if before in _STRONG_BEFORE or after in _STRONG_AFTER or end >= len(text) or after in '"”':
            strong.append(start)
        else:
            weak.append(start)
    # "the workers’ union": after an s, with a real closing mark still to come, it is a possessive
    openings = [s for s, e, m in marks if m in {"‘", "'"} and _opens(text, s, e, m)]
    closers = set(strong)
    for place in weak:
        coming, opening = _next(strong, place), _next(openings, place)
        possessive = text[place - 1] in "sS" and coming is not None and (opening is None or coming < opening)
        if not possessive:
            closers.add(place)
    return frozenset(closers)


def _next(places: list[int], after: int) -> int | None:
    index = bisect_right(places, after)
    return places[index] if index < len(places) else None
