"""Places that say of themselves whether an article starts there, whatever the signs around them weigh."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.heads import MAX_HEAD
from pipelines.text.splitting.labels import BODY_LABELS, TITLE_LABELS
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.shapes import dateline_length, names_writers

_BEHIND_ENDING = 2.0
"""Log-odds at least of what follows the end of a record."""
_RECORD = 2.0
"""Log-odds at least of the first of a block of labelled lines that has a title among them."""
_DATELINED = 1.0
"""Log-odds at least of a paragraph behind another that opens with a place and a date or an agency."""
BELOW_TITLE = -2.0
"""Log-odds at most of what stands in an article's head below its labelled title."""
_BELOW_DATE = -2.0
"""Log-odds at least of a headline below a line of a date, where all such lines stand between texts and headlines."""
_FEW_DATES, _MOST_DATES = 3, 0.8
_BEHIND_WRITERS = 3.0
"""Log-odds for a headline behind who wrote and edited the text above."""
_FLUSH = 3.0
"""Log-odds for a headline between indented paragraphs that is not indented itself."""
_BLOCK = 3.0
"""Log-odds for a headline that opens a block without blank lines, in a file of such blocks."""
_FEW_BLOCKS, _MOST_BLOCKS = 4, 0.8


def with_plain_cases(t: NDArray[np.float64], read: Reading, cohesion: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log-odds `t` by unit, as far as plain cases do not say otherwise; `cohesion` has a value for each unit."""
    out = t.copy()
    for units, least in (
        (_behind_endings(read), _BEHIND_ENDING),
        (_records(read), _RECORD),
        (_below_dates(read), _BELOW_DATE),
    ):
        out[units] = np.maximum(out[units], least)
    below = _below_labelled_titles(read)
    out[below] = np.minimum(out[below], BELOW_TITLE)
    out[_signed(read)] += _BEHIND_WRITERS
    dated = _dated(read, cohesion)
    out[dated] = np.maximum(out[dated], _DATELINED)
    out[_flush_titles(read)] += _FLUSH
    out[_titles_of_blocks(read)] += _BLOCK
    return out


def _behind_endings(read: Reading) -> list[int]:
    return [i + 1 for i in sorted(read.blocks.ending) if i + 1 < len(read.units)]


def _records(read: Reading) -> list[int]:
    """First lines of the blocks of labelled lines in which one is labelled as a title, however short the block."""
    labels, out = read.found.label, []
    for i, label in enumerate(labels):
        length = read.found.labels[i]
        alone = label in TITLE_LABELS and not length and (not i or labels[i - 1] is None)
        if alone or any(labels[k] in TITLE_LABELS for k in range(i, i + length)):
            out.append(i)
    return out


def _below_labelled_titles(read: Reading) -> list[int]:
    """Lines labelled as the text, and first paragraphs, in whose head one is labelled as the title."""
    return [
        i
        for i, label in enumerate(read.found.label)
        if (label in BODY_LABELS or read.is_own_paragraph(i)) and _has_title_above(i, read)
    ]


def _has_title_above(i: int, read: Reading) -> bool:
    for k in range(i - 1, max(-1, i - 1 - MAX_HEAD), -1):
        if read.found.label[k] in TITLE_LABELS and read.blocks.kind[k] is None:
            return True
        if read.is_own_paragraph(k):
            return False
    return False


def _below_dates(read: Reading) -> list[int]:
    """Headlines below lines of a date, where such lines are at nearly no other place than between a text and those."""
    units, shapes = read.units, read.shapes
    dates = [i for i in range(1, len(units) - 2) if shapes[i].date and read.blocks.kind[i] is None]
    below = [
        i + 1
        for i in dates
        if shapes[i - 1].text and shapes[i + 1].headline and units[i].gap >= max(units[i + 1].gap, units[i + 2].gap)
    ]
    return below if len(below) >= max(_FEW_DATES, _MOST_DATES * len(dates)) else []


def _signed(read: Reading) -> list[int]:
    """Headlines right behind a text and the line that says who wrote and edited it."""
    units, shapes = read.units, read.shapes
    return [
        i
        for i in range(2, len(units))
        if shapes[i - 1].credit and names_writers(units[i - 1].text) and shapes[i].headline and shapes[i - 2].text
    ]


def _dated(read: Reading, cohesion: NDArray[np.float64]) -> list[int]:
    """Paragraphs with a full dateline, unless the one above is the start: a standfirst."""
    return [
        i
        for i in range(1, len(read.units))
        if read.shapes[i].dateline
        and read.shapes[i - 1].text
        and cohesion[i] >= cohesion[i - 1]
        and dateline_length(read.units[i].text, bare=False)
    ]


def _flush_titles(read: Reading) -> list[int]:
    """Headlines that are not indented, below a line that is, in a file whose headlines are not indented."""
    units, shapes = read.units, read.shapes
    if any(unit.indent > 0 for unit, shape in zip(units, shapes, strict=True) if shape.headline):
        return []
    return [i for i in range(1, len(units)) if shapes[i].headline and units[i - 1].indent > 0]


def _titles_of_blocks(read: Reading) -> list[int]:
    """Headlines that open blocks of lines without gaps, in a file in which nearly every block with a text has one."""
    units, shapes, kind = read.units, read.shapes, read.blocks.kind
    firsts = [i for i in range(len(units)) if i == 0 or units[i].gap]
    blocks = [
        range(first, end)
        for first, end in pairwise([*firsts, len(units)])
        if any(shapes[k].paragraph and kind[k] is None for k in range(first, end))
    ]
    titled = [block.start for block in blocks if len(block) > 1 and shapes[block.start].headline]
    return titled if len(titled) >= max(_FEW_BLOCKS, _MOST_BLOCKS * len(blocks)) else []
