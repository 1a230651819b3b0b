"""What speaks for and against an article starting at a unit, as log-odds; nothing of the file's layout yet.

Every measure is one weighted term, save for plain cases; the weights are in `models/splitter/starts.json`.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.cohesion import clipped
from pipelines.text.splitting.lists import (
    ABOVE_METADATA,
    LIST_TERMS,
    labelled_heads,
    list_measures,
    opening_list,
    page_title,
    short_heads,
    stand_together,
)
from pipelines.text.splitting.markers import IN_HEAD
from pipelines.text.splitting.plain_cases import BELOW_TITLE, with_plain_cases
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.signs import TERMS, measures, several_articles

BLOCKED = -12.0
"""Log-odds of a unit that belongs to a block and can start nothing."""
BASE_RATE = -2.5
"""Log-odds of a start on a unit about which nothing is known, where the weights were fitted."""
WEIGHTS = Path(__file__).parents[3] / "models" / "splitter" / "starts.json"
_LABELLED_HEAD = -1.0
"""Log-odds at least of a head of labelled lines."""
_FIRST_LIST = 4.0
"""Log-odds that an article starts in or behind the list that opens the file."""
_IN_HEAD = 6.0
"""Log-odds for the line of a page that stands as titles do."""
_WITH_METADATA = 2.0
"""Log-odds that an article's head is among short lines, for what heads have: a date, an author, what recurs there."""
_HEAD_COHESION = 0.3
"""Log-odds that an article starts in a head, for each that the text below it is another's than that above."""
_TOGETHER = 2.0
"""Log-odds that an article's head is among lines that stand together, apart from the texts above and below."""
_PLAIN_SLOPE, _PLAIN_BIAS = 1.3, 0.7
"""By which a paragraph's cohesion becomes evidence in a file of bodies alone; found on sources not fitted on."""


def log_odds(read: Reading) -> NDArray[np.float64]:
    """Log-odds by unit that an article starts there; where cohesion is unread, by weights of their own.

    Shape (units,), rounded to thousandths.
    """
    shapes, blocks = read.shapes, read.blocks
    unread = np.isnan(read.cohesion)
    terms = measures(read)
    out = np.where(unread, _weighted(terms, "starts_unread", TERMS), _weighted(terms, "starts", TERMS))
    # where nothing but the text shows a change of subject, cohesion and datelines say all that is known of a paragraph
    plain = terms[:, TERMS.index("paragraph_in_plain_file")]
    cohesion = clipped(read.cohesion)
    told = _PLAIN_SLOPE * cohesion + _PLAIN_BIAS
    datelines = [TERMS.index("paragraph_dateline"), TERMS.index("paragraph_dateline_after_text")]
    told += np.einsum("ij,j->i", terms[:, datelines], weights("starts", TERMS)[datelines])
    out = (1.0 - plain) * out + plain * told
    out = with_plain_cases(out, read, cohesion)
    out[[kind is not None for kind in blocks.kind]] = BLOCKED
    per_change = _HEAD_COHESION * several_articles(read)
    for run in short_heads(read):
        own = [i for i in run if blocks.kind[i] is None]
        if len(own) == 1 or any(shapes[i].headline for i in own):
            changed = per_change * max(0.0, float(cohesion[run.stop - 1]))
            if any(shapes[i].date or shapes[i].byline or blocks.rule[i] == IN_HEAD for i in run):
                changed += _WITH_METADATA
            if stand_together(run, read):
                changed += _TOGETHER
            _compete(own, float(np.logaddexp.reduce(out[own])) + changed, out)
    for run, total in _lists(read, unread):
        _share_out(run, total, read, out)
    for run in labelled_heads(read):
        changed = per_change * max(0.0, float(cohesion[run.stop - 1]))
        total = max(float(np.logaddexp.reduce(out[run.start : run.stop])) + changed, _LABELLED_HEAD)
        out[run.start + 1 : run.stop] = np.minimum(out[run.start + 1 : run.stop], BELOW_TITLE)
        out[run.start] = total
    return np.round(np.maximum(out, BLOCKED), 3)


def _lists(read: Reading, unread: NDArray[np.bool_]) -> list[tuple[range, float]]:
    """The lists of the file, each with the paragraph behind it, and log-odds that an article starts among them."""
    runs, terms = list_measures(read)
    totals = np.where(
        [unread[run.stop - 1] for run in runs],
        _weighted(terms, "lists_unread", LIST_TERMS),
        _weighted(terms, "lists", LIST_TERMS),
    )
    opening = opening_list(read)
    first = [(opening, _FIRST_LIST)] if opening else []
    return [*first, *zip(runs, totals.tolist(), strict=True)]


def _share_out(run: range, total: float, read: Reading, out: NDArray[np.float64]) -> None:
    """Shares a list's log-odds out among its lines and the paragraph behind it, by their own ones in `out`."""
    title = page_title(run, read)
    own = [i for i in run if read.blocks.kind[i] is None]  # the paragraph at its end is one
    if title is not None:
        out[title] += _IN_HEAD
        below = range(title + 1, min(title + 1 + ABOVE_METADATA, run.stop))
        if any(read.shapes[i].date or read.shapes[i].byline for i in below):
            total += _WITH_METADATA
            out[title] = max(out[title], out[own].max() + _WITH_METADATA)
    _compete(own, total, out)


def _compete(own: list[int], total: float, out: NDArray[np.float64]) -> None:
    """Shares log-odds among lines: between two texts at most one article starts, and they compete for being where."""
    out[own] = np.maximum(total + out[own] - np.logaddexp.reduce(out[own]), BLOCKED + 1.0)


def _weighted(terms: NDArray[np.float64], part: str, names: tuple[str, ...]) -> NDArray[np.float64]:
    # a product of matrices would start threads, which cost more here than they bring
    return np.einsum("ij,j->i", terms, weights(part, names))


@cache
def weights(part: str, names: tuple[str, ...]) -> NDArray[np.float64]:
    """The weights of terms, in their order; `part` is 'starts', 'lists' or one of these with '_unread'."""
    values = json.loads(WEIGHTS.read_text(encoding="utf-8"))[part]
    return np.array([values[name] for name in names])
