"""Where segments of paragraphs that share a mean begin: posterior over all segmentations, by forward-backward.

Eisenstein & Barzilay's Bayesian segmentation (EMNLP 2008) with a Gaussian over paragraph vectors in the place of a
multinomial over words: a segment's vectors scatter around a mean of its own, drawn from a prior around zero, so that a
segment of m paragraphs with sum s gains |s|² / 2(m + 1) over noise. A log-normal prior over lengths in words keeps the
segments near what articles are like.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.typing import NDArray

_REACH = 64
"""Paragraphs of the longest segment."""
_COST = 8.0
"""Of opening a segment."""
_USUAL_WORDS = 400.0
_LENGTH_WEIGHT = 0.3
_LIMIT = 12.0
_BLOCK = 7
"""Segments' ends measured at once: few, since larger products go to several threads that wait longer than they work."""


def start_log_odds(rows: NDArray[np.float64], words: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log-odds that a segment begins with each paragraph, within ±12.

    Args:
        rows: Vectors of the paragraphs. Shape (n, dimensions).
        words: Lengths in words. Shape (n,).

    """
    n = len(rows)
    edges = _edges(rows, words)
    forward = _sums(edges[:, ::-1])
    # the same backwards: by where segments begin, from the last paragraph on
    begins = np.full((n, _REACH), -np.inf)
    for k in range(1, min(n, _REACH) + 1):
        begins[: n - k + 1, k - 1] = edges[k - 1 :, _REACH - k]
    backward = _sums(begins[::-1])[::-1]
    posterior = np.minimum(forward[:n] + backward[:n] - forward[n], -1e-9)
    return np.clip(posterior - np.log(-np.expm1(posterior)), -_LIMIT, _LIMIT)


def _sums(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithms of the sums over all segmentations up to each place; edges[j, k - 1] scores k paragraphs."""
    n = len(edges)
    highest = edges.max(axis=1)
    factors = np.ascontiguousarray(np.exp(edges - highest[:, None])[:, ::-1])
    out = np.zeros(n + 1)
    for j in range(n):
        low = max(0, j + 1 - _REACH)
        # relative to the last sum, so that nothing leaves the range of numbers
        total = np.exp(out[low : j + 1] - out[j]) @ factors[j, low - j - 1 :]
        out[j + 1] = out[j] + highest[j] + math.log(total)
    return out


def _edges(rows: NDArray[np.float64], words: NDArray[np.int64]) -> NDArray[np.float64]:
    """Score of the segment that ends with paragraph j and has k paragraphs, at [j, _REACH - k]. Shape (n, _REACH)."""
    n = len(rows)
    sums = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    # what would begin before the text has no words and no score
    total = np.concatenate([np.full(_REACH - 1, np.nan), [0], np.cumsum(words)])
    square = np.full((n, _REACH), np.nan)
    for first in range(0, n, _BLOCK):
        ends = np.arange(first + 1, min(n, first + _BLOCK) + 1)
        begins = np.arange(max(0, first + 1 - _REACH), ends[-1])
        # sums of a block count from its first row: what they share would cost digits
        ours, theirs = sums[ends] - sums[begins[0]], sums[begins] - sums[begins[0]]
        inner = ours.astype(np.float32) @ theirs.astype(np.float32).T
        apart = (ours * ours).sum(axis=1)[:, None] + (theirs * theirs).sum(axis=1)[None, :] - 2.0 * inner
        lacking = _REACH - 1 + len(ends) - len(begins)
        apart = np.pad(apart, ((0, 0), (lacking, 0)), constant_values=np.nan)
        # each row's own segments stand one column further right than the row's above
        square[ends - 1] = as_strided(
            apart, (len(ends), _REACH), (apart.strides[0] + apart.strides[1], apart.strides[1])
        )
    length = np.arange(_REACH, 0, -1)
    words_in = total[_REACH:, None] - sliding_window_view(total[:-1], _REACH)
    z = np.log(np.maximum(1.0, words_in) / _USUAL_WORDS)
    score = square / (2.0 * (length + 1.0)) - _COST - _LENGTH_WEIGHT * np.minimum(z * z, 16.0)
    return np.where(np.isnan(score), -np.inf, score)
