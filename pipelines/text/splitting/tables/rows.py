"""Rows of a text that is CSV, TSV or the like: a heading for each column, and as many values in every row."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pipelines.text.splitting.tables.records import Record, Value

_DELIMITERS = "\t,;|"
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_PLAIN = {delimiter: re.compile(rf"[^{re.escape(delimiter)}\r\n]*+") for delimiter in _DELIMITERS}
_LINE_END = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))+")
_LINE = re.compile(r"[^\r\n]+")
_MAX_ABOVE = 12
"""Lines among which the headings are."""
_MAX_HEADING = 40
_FEW_ROWS, _MOST = 2, 0.8
"""Rows at least, and their share of the text."""


class _Field(NamedTuple):
    start: int
    end: int


def rows(text: str) -> Iterator[tuple[Record, ...]]:
    """The ways to see `text` as rows below a line of headings, which may stand below a few lines of another kind."""
    for line in islice(_LINE.finditer(text), _MAX_ABOVE):
        for delimiter in _DELIMITERS:
            if delimiter in line[0]:
                for quotes in (True, False):
                    if table := _rows(text, line.start(), delimiter, quotes=quotes):
                        yield table
                        break


def _rows(text: str, start: int, delimiter: str, *, quotes: bool) -> tuple[Record, ...] | None:
    """The rows below the headings; None where a row has another number of values than there are headings."""
    headings: list[str] | None = None
    out: list[Record] = []
    while start < len(text):
        row = _row(text, start, delimiter, quotes=quotes)
        if row is None:
            return None
        fields, end = row
        if headings and len(fields) == 1 and out:
            break  # a line below the table
        if headings is None:
            headings = [" ".join(text[field.start : field.end].split()) for field in fields]
            if not _are_headings(headings):
                return None
        elif len(fields) != len(headings):
            return None
        else:
            values = (
                Value(column=name, start=field.start, end=field.end)
                for name, field in zip(headings, fields, strict=True)
                if field.start < field.end
            )
            out.append(Record(start=start, end=end, values=tuple(values)))
        line_end = _LINE_END.match(text, end)
        start = line_end.end() if line_end else end
    covers = sum(record.end - record.start for record in out) >= _MOST * len(text)
    return tuple(out) if len(out) >= _FEW_ROWS and covers else None


def _row(text: str, start: int, delimiter: str, *, quotes: bool) -> tuple[list[_Field], int] | None:
    """The fields of the row at `start`, without quotation marks, and where it ends; None where it is no row."""
    fields: list[_Field] = []
    position = start
    while True:
        if quotes and text.startswith('"', position):
            match = _QUOTED.match(text, position)
            if match is None:
                return None
            fields.append(_Field(position + 1, match.end() - 1))
        else:
            match = _PLAIN[delimiter].match(text, position)
            assert match is not None  # it matches nothing, too
            fields.append(_Field(position, match.end()))
        position = match.end()
        if text.startswith(delimiter, position):
            position += 1
        elif position == len(text) or _LINE_END.match(text, position):
            return fields, position
        else:
            return None


def _are_headings(names: list[str]) -> bool:
    """Whether the fields of the first row read as headings of columns; the first may be empty, above row numbers."""
    written = names[1:] if names and not names[0] else names
    return (
        len(names) > 1
        and len(set(written)) == len(written)
        and all(0 < len(name) <= _MAX_HEADING and not name[0].isdigit() for name in written)
    )
