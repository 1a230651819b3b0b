"""From text to units, what the later steps reason about: one content line each, or a hard-wrapped paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.text.splitting.lines import Line, content_lines
from pipelines.text.splitting.wrappers import unwrapped

_LABELLED = re.compile(r"[A-Za-z][\w-]{1,14}(?: [A-Za-z]{2,12})?: ?\S")
_OWN_LINE = re.compile(r"\[[^\[\]\n]+\]|\([^()\n]+\)|via [A-Z][^\n]{1,40}|(?:[a-z0-9-]+\.)+[a-z]{2,6}")
"""Lines that name a source below a title: no line is broken to begin with these and end with them."""
_CLOSERS = "\"'”’»)]"
_ENDS = '.!?…"”’)'
_SOURCE_TAIL = re.compile(r"[.!?…][\"”’]?\s*[(\[](?P<name>[^()\[\]]{2,40})[)\]]$")
_TAIL = 60
_FEW_SOURCED, _SHARE_SOURCED = 3, 0.12
"""Units, at least, that end with a source in brackets where that is no picture's: alone, and as a share of all."""
_MOST_DIFFERENT = 0.9
_WRAP_WIDTHS = range(32, 131)
_USUAL_WIDTH = 50
_MIN_WRAPPED_LINES = 4
_BROKEN_LINE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One content line, or one hard-wrapped paragraph."""

    start: int
    end: int
    first_line: int
    last_line: int
    gap: int
    """Blank lines before it; 0 for the first unit of a text."""
    text: str
    """Its text; line ends inside a wrapped paragraph are one space each."""
    words: int
    ends: str
    """'stop' (a sentence ends here), 'ask' (question or exclamation mark), 'colon' or 'open' (none of these)."""

    indent: int = 0
    """Characters before it on its first line."""
    wrapper: str = ""
    """Name of the HTML tag that its first line opened with."""

    @property
    def is_paragraph(self) -> bool:
        """Whether it reads as running text: a whole sentence, or long."""
        least = {"stop": 9, "ask": 16}.get(self.ends, 30)
        return self.words >= least


def units_of(text: str) -> list[Unit]:
    """The units of `text`, in order."""
    units = list(_units_by_themselves(text))
    sourced = [i for i, unit in enumerate(units) if source_tail(unit.text)]
    # captions stand there twice as often as not
    different = len({units[i].text for i in sourced})
    if different >= max(_FEW_SOURCED, _SHARE_SOURCED * len(units), _MOST_DIFFERENT * len(sourced)):
        for i in sourced:
            units[i] = replace(units[i], ends="stop")
    return units


def _units_by_themselves(text: str) -> Iterator[Unit]:
    lines = unwrapped(text, list(content_lines(text)))
    previous_line = 0
    for group in _paragraph_groups(text, lines):
        first, last = group[0], group[-1]
        content = (
            text[first.start : first.end] if first is last else " ".join(text[line.start : line.end] for line in group)
        )
        yield Unit(
            start=first.start,
            end=last.end,
            first_line=first.number,
            last_line=last.number,
            gap=first.number - previous_line - 1 if previous_line else 0,
            text=content,
            words=content.count(" ") + 1,
            ends=_ending(content),
            indent=first.indent,
            wrapper=first.wrapper,
        )
        previous_line = last.number


def source_tail(text: str) -> re.Match[str] | None:
    """What a text's last sentence is followed by in brackets: the source's `name`, in press reviews."""
    return _SOURCE_TAIL.search(text[-_TAIL:]) if text[-1:] in ")]" else None


def _ending(content: str) -> str:
    last = content[-12:].rstrip(_CLOSERS)[-1:]
    if last in ".…。":
        return "stop"
    if last in "!?！？":
        return "ask"
    return "colon" if last == ":" else "open"


def _paragraph_groups(text: str, lines: list[Line]) -> Iterator[list[Line]]:
    """Lines grouped into units: runs without blank lines are joined where they were wrapped at a fixed width."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.number == runs[-1][-1].number + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    file_width = _wrap_width(text, [run for run in runs if len(run) > 1])
    for run in runs:
        width = file_width or (_wrap_width(text, [run]) if len(run) >= _MIN_WRAPPED_LINES else None)
        group = [run[0]]
        for line in run[1:]:
            joined = _wrapped(text, group[-1], line, width) if width else _midsentence(text, group[-1], line)
            # a block of metadata has a value on each line, however long it is
            drawn = not any(map(str.isalnum, text[line.start : line.end]))
            if (
                joined
                and not drawn
                and not _OWN_LINE.fullmatch(text, line.start, line.end)
                and not (line.indent > group[-1].indent and text[group[-1].end - 1] in _ENDS)
                and not (_LABELLED.match(text, line.start) and _LABELLED.match(text, group[0].start))
            ):
                group.append(line)
            else:
                yield group
                group = [line]
        yield group


def _wrap_width(text: str, runs: list[list[Line]]) -> int | None:
    """The width at which the lines of `runs` were wrapped, or None when they were not."""
    pairs = [pair for run in runs for pair in pairwise(run)]
    if not pairs:
        return None
    # of lines that break off in a sentence: titles may be longer
    broken = [_length(line) for line, following in pairs if text[following.start].islower()]
    width = max(broken, default=0)
    if width not in _WRAP_WIDTHS or (width < _USUAL_WIDTH and len(broken) < _MIN_WRAPPED_LINES):
        return None
    open_ones = [pair for pair in pairs if text[pair[0].end - 1] not in _ENDS]
    tight = sum(_wrapped(text, line, following, width) for line, following in open_ones)
    return width if tight >= 0.6 * len(open_ones) and len(broken) >= 0.25 * len(pairs) else None


def _wrapped(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether `line` was broken because the first word of the following one would not have fitted into the width."""
    word = text[following.start : min(following.end, following.start + 40)].split(None, 1)[0]
    return (
        _length(line) <= width < _length(line) + 1 + len(word)
        and text[line.start : line.end] != text[following.start : following.end]
    )


def _midsentence(text: str, line: Line, following: Line) -> bool:
    """Whether a long line breaks off in a sentence that the next one takes up: wrapped by hand, at no one width."""
    return (
        line.end - line.start >= _BROKEN_LINE
        and text[following.start].islower()
        and (text[line.end - 1].isalnum() or text[line.end - 1] == ",")
    )


def _length(line: Line) -> int:
    return line.indent + line.end - line.start
