"""Text from dumps on its way out: control characters act on a terminal, and formulas in a spreadsheet."""

from typing import Any

_CONTROLS = {c: chr(0x2400 + c) for c in range(0x20)} | {0x7F: "␡"} | dict.fromkeys(range(0x80, 0xA0), "�")
# marks that turn the direction of writing can make a line read as what it is not
_CONTROLS |= dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), "�")

_FORMULA = frozenset("=+-@＝＋－＠")
_EDGES = frozenset("\t\r\n")


def printable(text: str) -> str:
    """The text on one line, with pictures in place of control characters."""
    return " ".join(text.split()).translate(_CONTROLS)


def cell(value: Any) -> Any:
    """A value for a spreadsheet: text that would be read as a formula there begins with an apostrophe."""
    if isinstance(value, str) and (value[:1] in _EDGES or value.lstrip()[:1] in _FORMULA):
        return "'" + value
    return value
