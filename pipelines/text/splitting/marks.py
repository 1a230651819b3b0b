"""Marks that show where a file's articles start, and what they take from the lines that have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.atoms import DATE_ABOVE, GAP, STRUCTURE_ATOMS
from pipelines.text.splitting.evidence import BLOCKED
from pipelines.text.splitting.reading import Reading

_MARKING_LABELS = 2
_PLAIN = 2.0
"""Log-odds from which on a start is plain to see."""
_FEW_PLAIN = 3
_MOST_TAKEN = 4.0
_LIKELY = 0.66
"""Share of a mark's units that are likely starts by themselves, at least."""
_CHANCE = 0.5
"""What contradicts a mark, at most, as a share of what it would take for chance to set it so."""
_MOST_AGAINST = 3.0
"""Log-odds by which one line contradicts, at most."""
_GIVEN = 2.0
"""Log-odds that a mark gives its units, where nothing contradicts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """Something that nearly all likely starts have and nearly nothing else has."""

    units: NDArray[np.bool_]
    spared: NDArray[np.bool_]
    """Units against which nothing is held: they lack the mark, but come near to it, or it may stand for several."""
    sure: float
    """1 where nothing contradicts it, towards 0."""


def explained(
    t: NDArray[np.float64], read: Reading, names: Sequence[str], rows: NDArray[np.bool_], known: int
) -> NDArray[np.float64]:
    """Evidence of a file in which a mark shows many starts plainly: it takes the more from all others, the plainer.

    Articles of one file are set alike; where many start with a record's number or a doubled title, a headline without
    is a heading. `t` are log-odds by unit, as is what is returned; `names` and `rows` the file's atoms; unit `known`
    is taken to start the first article.
    """
    mark = _mark(t, read, names, rows, known)
    numbered = _numbered(read)
    marked = _marked(read, numbered)
    if mark is not None:
        marked |= mark.units
    plain = np.flatnonzero((t >= _PLAIN) & marked)
    few = len(plain) < _FEW_PLAIN or plain[-1] - plain[0] < 0.5 * len(t)
    if few and (mark is None or len(plain) < 2):
        return t
    # a mark that programs leave out here and there explains less; a number or a block of labels each article has
    others = int(((t > 0.0) & ~marked).sum())
    complete = 1.0 if numbered[plain].mean() > 0.5 else len(plain) / (len(plain) + others)
    share = complete * (len(plain) - 1) / len(plain)
    out = t.copy()
    spared = marked | (t <= BLOCKED)
    if mark is not None:
        share = max(share, mark.sure)
        out[mark.units & (t > BLOCKED)] += _GIVEN * mark.sure
        spared |= mark.spared
    taken = share * float(np.clip(np.median(t[plain]) - 1.0, 0.0, _MOST_TAKEN))
    # what loses all of its chances is still no block
    out[~spared] = np.maximum(out[~spared] - taken, BLOCKED + 1.0)
    return np.round(out, 3)


def _mark(
    t: NDArray[np.float64], read: Reading, names: Sequence[str], rows: NDArray[np.bool_], known: int
) -> _Mark | None:
    """The structure that shows the starts best, or None: a gap, a line of metadata below, a copy, a marker above.

    That it stands where it does is no chance: k units of n can be drawn in "n over k" ways, of which the logarithm is
    what the mark explains. Against it speak the log-odds of likely starts that lack it, and of unlikely ones that have
    it. It must be the known first start's, too, since it is that of all.
    """
    behind = slice(known + 1, None)
    likely, unlikely = np.clip(t[behind], 0.0, _MOST_AGAINST), np.clip(-t[behind], 0.0, _MOST_AGAINST)
    n, best, found = len(t), 0.0, None
    for k in (k for k, name in enumerate(names) if name.startswith(STRUCTURE_ATOMS) and rows[k, known]):
        own = rows[k, behind] & (t[behind] > BLOCKED)
        count = int(own.sum())
        if not _FEW_PLAIN <= count < 0.5 * n or (likely[own] > 0.0).mean() < _LIKELY:
            continue
        against = float(likely[~own].sum() + unlikely[own].sum())
        explains = _CHANCE * (lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1))
        if explains - against > best + 1e-9:
            best, found = explains - against, (k, 1.0 - against / explains)
    if found is None:
        return None
    k, sure = found
    gaps = np.array([unit.gap for unit in read.units])
    spared = gaps > np.median(gaps[1:]) if names[k].startswith(GAP) else np.full(n, names[k] == DATE_ABOVE)
    return _Mark(units=rows[k], spared=spared, sure=round(sure, 3))


def _marked(read: Reading, numbered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Units that a program's mark shows as starts: a number, a block of labels, a double, a closing line above."""
    doubled = [read.doubles_title(i) for i in range(len(read.shapes))]
    closed = [i - 1 in read.blocks.closing for i in range(len(read.shapes))]
    return numbered | np.array(doubled, bool) | np.array(closed, bool)


def _numbered(read: Reading) -> NDArray[np.bool_]:
    """Units that open a record: with its number, with a block of labels, or behind the end of the one before."""
    return np.array(
        [
            i in read.blocks.records or i - 1 in read.blocks.ending or length > _MARKING_LABELS
            for i, length in enumerate(read.found.labels)
        ],
        bool,
    )
