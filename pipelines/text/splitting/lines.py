"""From text to content lines, with their offsets.

Lines end with CR LF, CR or LF and with nothing else; what is between content lines is blank.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANK = (
    " \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)
"""Characters that do not make a line a content line: every kind of space, and what has no width."""

_CONTENT = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A content line without its terminator and the blanks at its ends."""

    number: int
    """1-based."""
    start: int
    end: int
    indent: int
    wrapper: str = ""
    """Name of the HTML tag that it opened with, such as 'h1'."""


def content_lines(text: str) -> Iterator[Line]:
    """The lines of `text` that have content, in order."""
    number, position = 1, 0
    for match in _CONTENT.finditer(text):
        raw = match.group()
        if match.start() > position:
            breaks = text[position : match.start()]
            number += breaks.count("\n") + breaks.count("\r") - breaks.count("\r\n")
        position = match.end()
        left = raw.lstrip(BLANK)
        if left:
            indent = len(raw) - len(left)
            start = match.start() + indent
            yield Line(number=number, start=start, end=start + len(left.rstrip(BLANK)), indent=indent)
