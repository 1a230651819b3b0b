"""Marks by which programs show where articles start, and what they take from the lines that have none."""

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.evidence import BLOCKED
from pipelines.text.splitting.reading import Reading

_MARKING_LABELS = 2
_FEWEST_DATED = 3
_PLAIN = 2.0
"""Log-odds from which on a start is plain to see."""
_FEW_PLAIN = 3
_MOST_TAKEN = 4.0
_PURE, _MOST = 0.9, 0.85
"""Shares of a wide gap's units that are likely starts, and of likely starts that are below one."""


def explained(t: NDArray[np.float64], read: Reading) -> NDArray[np.float64]:
    """Evidence of a file in which a mark shows many starts plainly: it takes the more from all others, the plainer.

    Articles of one file are set alike; where many start with a record's number or a doubled title, a headline without
    is a heading. `t` are log-odds by unit, as is what is returned.
    """
    apart = _set_apart(t, np.array([unit.gap for unit in read.units]))
    # whether the first article of the file, or the last one, shows that each has the mark
    throughout = bool(apart.any()) or _marked_throughout(read)
    numbered = _numbered(read)
    marked = _marked(read) | apart
    plain = np.flatnonzero((t >= _PLAIN) & marked)
    few = len(plain) < _FEW_PLAIN or plain[-1] - plain[0] < 0.5 * len(t)
    if few and not (throughout and len(plain) > 1):
        return t
    # a mark that programs leave out here and there explains less; a number or a block of labels each article has
    others = int(((t > 0.0) & ~marked).sum())
    complete = 1.0 if throughout or numbered[plain].mean() > 0.5 else len(plain) / (len(plain) + others)
    sure = 1.0 if throughout else (len(plain) - 1) / len(plain)
    taken = float(np.clip(np.median(t[plain]) - 1.0, 0.0, _MOST_TAKEN)) * complete * sure
    return np.where(~marked & (t > BLOCKED), np.round(t - taken, 3), t)


def _marked(read: Reading) -> NDArray[np.bool_]:
    """Units that a program's mark shows as starts.

    A number, a block of labels, a double, a closing line above, or a date below where the first title has one too.
    """
    own = _numbered(read)
    for i, shape in enumerate(read.shapes):
        if i - 1 in read.blocks.closing or (read.found.doubles(i) and not shape.caption):
            own[i] = True
    own[_dated(read)] = True
    return own


def _marked_throughout(read: Reading) -> bool:
    """Whether each article has the file's mark: the first one's title is doubled or dated, or a mark ends the file."""
    doubled = any(read.found.doubles(i) and not read.shapes[i].caption for i in range(read.first_paragraph or 0))
    return doubled or len(read.shapes) - 1 in read.blocks.closing or bool(_dated(read))


def _dated(read: Reading) -> list[int]:
    """Headlines with a line of the date below them, above the text; none when the first headline has none."""
    own: list[int] = []
    head: int | None = None
    headlines = 0
    for i, shape in enumerate(read.shapes):
        if read.blocks.kind[i] is not None:
            continue
        if shape.paragraph:
            head = None
        elif shape.headline and head is None:
            head, headlines = i, headlines + 1
        elif shape.date and head is not None:
            own.append(head)
            if headlines > 1 and len(own) == 1:
                return []
            head = None
    return own if len(own) >= _FEWEST_DATED else []


def _numbered(read: Reading) -> NDArray[np.bool_]:
    """Units that open a record: with its number, with a block of labels, or behind the end of the one before."""
    return np.array(
        [
            i in read.blocks.records or i - 1 in read.blocks.ending or length > _MARKING_LABELS
            for i, length in enumerate(read.found.labels)
        ],
        bool,
    )


def _set_apart(t: NDArray[np.float64], gaps: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Units below a gap that only likely starts have, and most of these: blank lines that mark every article."""
    likely = t >= 0.0
    likely[0] = False
    for level in sorted(set(gaps[1:].tolist())):
        below = gaps >= level
        below[0] = False
        count = int(below.sum())
        if 0 < count < 0.5 * len(t) and likely[below].sum() >= _PURE * count and np.median(t[below]) >= _PLAIN:
            enough = count >= _FEW_PLAIN and count >= _MOST * likely.sum()
            return below if enough else np.zeros(len(t), bool)
    return np.zeros(len(t), bool)
