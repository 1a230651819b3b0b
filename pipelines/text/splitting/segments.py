"""Where segments of paragraphs that share a mean begin: posterior over all segmentations, by forward-backward.

Eisenstein & Barzilay's Bayesian segmentation (EMNLP 2008) with a Gaussian over paragraph vectors in the place of a
multinomial over words: a segment's vectors scatter around a mean of its own, drawn from a prior around zero, so that a
segment of m paragraphs with sum s gains |s|² / 2(m + 1) over noise. A log-normal prior over lengths in words keeps the
segments near what articles are like.
"""

import numpy as np
from numpy.typing import NDArray

_REACH = 64
"""Paragraphs of the longest segment."""
_COST = 8.0
"""Of opening a segment."""
_USUAL_WORDS = 400.0
_LENGTH_WEIGHT = 0.3
_LIMIT = 12.0
_BLOCK = 128


def start_log_odds(rows: NDArray[np.float64], words: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log-odds that a segment begins with each paragraph, within ±12.

    Args:
        rows: Vectors of the paragraphs. Shape (n, dimensions).
        words: Lengths in words. Shape (n,).

    """
    n = len(rows)
    edges = _edges(rows, words)
    forward = np.full(n + 1, -np.inf)
    forward[0] = 0.0
    for j in range(1, n + 1):
        low = max(0, j - _REACH)
        forward[j] = _log_sum(forward[low:j] + edges[j - 1, _REACH - (j - low) :])
    backward = np.full(n + 1, -np.inf)
    backward[n] = 0.0
    # edges by where they begin: the edge from i to j is edges[j - 1, _REACH - (j - i)]
    for i in range(n - 1, -1, -1):
        ends = np.arange(i + 1, min(n, i + _REACH) + 1)
        backward[i] = _log_sum(edges[ends - 1, _REACH - (ends - i)] + backward[ends])
    posterior = np.minimum(forward[:n] + backward[:n] - forward[n], -1e-9)
    return np.clip(posterior - np.log(-np.expm1(posterior)), -_LIMIT, _LIMIT)


def _edges(rows: NDArray[np.float64], words: NDArray[np.int64]) -> NDArray[np.float64]:
    """Score of the segment that ends with paragraph j and has k paragraphs, at [j, _REACH - k]. Shape (n, _REACH)."""
    n = len(rows)
    sums = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    total = np.concatenate([[0], np.cumsum(words)]).astype(float)
    out = np.full((n, _REACH), -np.inf)
    for first in range(0, n, _BLOCK):
        ends = np.arange(first + 1, min(n, first + _BLOCK) + 1)
        begins = np.arange(max(0, first + 1 - _REACH), ends[-1])
        # sums of a block count from its first row: what they share would cost digits
        ours, theirs = sums[ends] - sums[begins[0]], sums[begins] - sums[begins[0]]
        inner = ours.astype(np.float32) @ theirs.astype(np.float32).T
        square = (ours * ours).sum(axis=1)[:, None] + (theirs * theirs).sum(axis=1)[None, :] - 2.0 * inner
        length = ends[:, None] - begins[None, :]
        inside = (length >= 1) & (length <= _REACH)
        z = np.log(np.maximum(1.0, total[ends][:, None] - total[begins][None, :]) / _USUAL_WORDS)
        score = square / (2.0 * (np.maximum(length, 0) + 1.0)) - _COST - _LENGTH_WEIGHT * np.minimum(z * z, 16.0)
        row, column = np.nonzero(inside)
        out[first + row, _REACH - length[row, column]] = score[row, column]
    return out


def _log_sum(values: NDArray[np.float64]) -> float:
    highest = values.max()
    return float(highest + np.log(np.exp(values - highest).sum())) if np.isfinite(highest) else -np.inf
