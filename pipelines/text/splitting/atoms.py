"""Atoms: what a rule for the starts of a file's articles may be made of, each seen from fixed distances of a unit."""

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.names import is_name
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.shapes import title_case
from pipelines.text.splitting.units import Unit

_SIGN = re.compile(r"[#>*=•■►▶→»–—-]{1,4}(?=\s)")
_NUMBER = re.compile(r"(?P<before>[\[(]?)\d{1,4}(?P<after>[.):\]]{1,2})(?=\s)")
_TAIL = re.compile(r" (?P<sign>[|–—-]) (?P<name>(?:[^\s|]+ ){0,4}[^\s|]+)$")
"""What web pages add to their titles: '… | Example News'."""
_BRACKETS = " ()[]"
_SET_OFF_WORDS = 40
_MIN_SIGNS = 3
_TITLE_CASE = 0.65
"""Share of capitalised words from which on a headline is set in title case."""
_LONG_HEADLINE = 5
_MAX_GAPS = 8
_WIDE = 0.4
"""Share of the file that something that recurs must span."""
_MAX_RECURRING = 24
SHAPE_ATOMS = (
    "headline", "long headline", "capitals", "title case", "paragraph", "open line",
    "dateline", "byline", "date", "credit",
)  # fmt: skip
"""Beginnings of the names of atoms about the form of a line."""
GAP = "gap>="
DATE_ABOVE = "date at -1"
"""A day's date may stand above several articles."""
STRUCTURE_ATOMS = (
    GAP, "gap=0", "doubled", "date", "byline", "dateline", "credit", "record", "labels",
    "underlined", "closing marker", "opening marker", "'",
)  # fmt: skip
"""Beginnings of the names of atoms by which a file can mark its articles, whatever they are about."""
_HERE = (0,)
_NEAR = (-1, 0, 1, 2)
_AROUND = (-1, 0, 1, 2, 3)
_ABOVE = (-1,)
_FAR = range(-3, 7)
_Atom = tuple[str, NDArray[np.bool_], Iterable[int]]
"""A name, the units of which it holds, and the distances from which it is looked at."""


def atoms(read: Reading) -> tuple[list[str], NDArray[np.bool_]]:
    """What a layout rule may be made of: names, and a matrix of shape (atoms, units)."""
    names: list[str] = []
    rows: list[NDArray[np.bool_]] = []
    for name, row, offsets in (*_gap_atoms(read), *_form_atoms(read), *_block_atoms(read)):
        for offset in offsets:
            names.append(f"{name} at {offset:+d}" if offset else name)
            rows.append(_shift(row, offset, fill="marker" in name))
    for name, row, offsets in _recurring_atoms(read):
        for offset in offsets:
            names.append(f"{name} at {offset:+d}")
            rows.append(_shift(row, offset, fill=offset < 0))
    return names, np.array(rows)


def _gap_atoms(read: Reading) -> Iterator[_Atom]:
    gaps = np.array([unit.gap for unit in read.units])
    gaps[0] = max(1, gaps.max())
    for level in sorted(set(gaps.tolist()))[:_MAX_GAPS]:
        if level:
            yield f"{GAP}{level}", gaps >= level, _NEAR
    yield "gap=0", gaps == 0, _NEAR


def _form_atoms(read: Reading) -> Iterator[_Atom]:
    """Atoms of what a line is by itself, or as a copy."""
    units, shapes = read.units, read.shapes
    headlines = [(i, unit) for i, unit in enumerate(units) if shapes[i].headline]
    yield (
        "doubled",
        _at((i for i in range(len(units)) if read.doubles_title(i) and not read.blocks.kind[i]), read),
        _HERE,
    )
    yield "headline", _at((i for i, _ in headlines), read), _AROUND
    yield "long headline", _at((i for i, unit in headlines if unit.words >= _LONG_HEADLINE), read), _AROUND
    yield "capitals", _at((i for i, unit in headlines if unit.text.isupper()), read), _HERE
    yield "title case", _at((i for i, unit in headlines if _is_title_case(unit)), read), _HERE
    yield "paragraph", _at((i for i, shape in enumerate(shapes) if shape.paragraph), read), _AROUND
    yield "open line", _at((i for i, unit in enumerate(units) if unit.ends == "open"), read), _HERE
    yield "date", _at((i for i, shape in enumerate(shapes) if shape.date), read), _AROUND
    yield "byline", _at((i for i, shape in enumerate(shapes) if shape.byline), read), _AROUND
    yield "dateline", _at((i for i, shape in enumerate(shapes) if shape.dateline), read), _AROUND
    yield "credit", _at((i for i, shape in enumerate(shapes) if shape.credit), read), _AROUND


def _is_title_case(unit: Unit) -> bool:
    return unit.words >= 4 and title_case(unit.text) >= _TITLE_CASE


def _block_atoms(read: Reading) -> Iterator[_Atom]:
    """Atoms of what stands around: records, blocks of labels, underlines, text, markers."""
    blocks = read.blocks
    yield "record", _at(blocks.records, read), _HERE
    yield "labels", np.array(read.found.labels) > 1, _AROUND
    yield "underlined", _at((i - 1 for i in blocks.underlines), read), _HERE
    yield "after text", _after_text(read), _HERE
    yield "closing marker", _at(blocks.closing, read), _ABOVE
    yield "opening marker", _at(blocks.opening, read), _ABOVE


def _recurring_atoms(read: Reading) -> Iterator[_Atom]:
    """Atoms of templates, labels and signs that recur in much of the file, the most frequent first."""
    n = len(read.units)
    positions: dict[str, list[int]] = {}
    for i in range(n):
        template, label = read.found.template[i], read.found.label[i]
        if template is not None:
            positions.setdefault(f"'{template.masked}'", []).append(i)
        if label is not None:
            positions.setdefault(f"'{label}:'", []).append(i)
    signs: dict[str, list[int]] = {}
    for i, unit in enumerate(read.units):
        if sign := sign_of(unit):
            signs.setdefault(f"'{sign}'", []).append(i)
    positions |= {name: at for name, at in signs.items() if len(at) >= _MIN_SIGNS}
    wide = [name for name, at in positions.items() if at[-1] - at[0] + 1 >= _WIDE * n]
    for name in sorted(wide, key=lambda name: (-len(positions[name]), name))[:_MAX_RECURRING]:
        yield name, _at(positions[name], read), _HERE if name in signs else _FAR


def sign_of(unit: Unit) -> str | None:
    """How a line is set off: '# …', '<number>. …', '… |', '<date> …', '… <date>', or '<h1>' from the tag around it."""
    if unit.wrapper:
        return f"<{unit.wrapper}>"
    if sign := _SIGN.match(unit.text):
        return f"{sign.group()} …"
    if number := _NUMBER.match(unit.text):
        return f"{number['before']}<number>{number['after']} …"
    if unit.ends in ("open", "ask") and unit.words <= _SET_OFF_WORDS:
        if (tail := _TAIL.search(unit.text)) and is_name(tail["name"]):
            return f"… {tail['sign']}"
        for date in dates_in(unit.text):
            if not unit.text[: date.start].strip(_BRACKETS):
                return "<date> …"
            if not unit.text[date.end :].strip(_BRACKETS):
                return "… <date>"
    return None


def _at(positions: Iterable[int], read: Reading) -> NDArray[np.bool_]:
    """A row that holds at these units."""
    row = np.zeros(len(read.units), bool)
    row[list(positions)] = True
    return row


def _after_text(read: Reading) -> NDArray[np.bool_]:
    """Units above which the last line that belongs to no block is a paragraph, a credit or a closing marker."""
    out = np.zeros(len(read.units), bool)
    above = True
    for i, shape in enumerate(read.shapes):
        out[i] = above
        if i in read.blocks.closing:
            above = True
        elif read.blocks.kind[i] is None:
            above = shape.text
    return out


def _shift(row: NDArray[np.bool_], offset: int, *, fill: bool) -> NDArray[np.bool_]:
    """`row` seen from `offset` units away: result[i] = row[i + offset]; before the file's first unit `fill` holds."""
    out = np.zeros_like(row)
    if offset == 0:
        out[:] = row
    elif offset > 0:
        out[:-offset] = row[offset:]
    else:
        out[-offset:] = row[:offset]
        if offset == -1:
            out[0] = fill
    return out
