"""Whether the text goes on from one paragraph to the next: cohesion of word vectors, and chains of names.

A text whose articles nothing marks can still be split where its subject changes (Hearst's TextTiling, 1997, with word
vectors in place of word counts). The weights of the five measures are in `models/splitter/cohesion.json`.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.text.vectors import text_vectors

FEATURES = ("forward_minus_back", "name_chains", "previous_1_next_6", "previous_12_next_3", "local_minimum")
WEIGHTS = Path(__file__).parents[3] / "models" / "splitter" / "cohesion.json"
_MAX_CHARS = 600
_COMMON_SUBJECT = 100
"""Paragraphs that the file's mean vector must speak for before half of it is taken out of every paragraph."""
_CHAIN = 10
"""Paragraphs between two mentions of a name, at most, for the text to be taken to go on between them."""
_NAME = re.compile(r"(?<=[\w,;] )[A-Z\u00c0-\u00de][\w’'-]*[a-z\u00df-\u00ff]\w*|\b[A-Z]{2,}\b")


def log_odds(texts: Sequence[str]) -> NDArray[np.float64]:
    """Log-odds that a new article starts with each of the paragraphs; 0 for the first. Shape (len(texts),)."""
    if len(texts) < 2:
        return np.zeros(len(texts))
    weights = _weights()
    total = np.full(len(texts), weights["bias"])
    for name, values in zip(FEATURES, features(texts), strict=True):
        total += weights[name] * values
    total[0] = 0.0
    return np.round(total, 3)


def features(texts: Sequence[str]) -> NDArray[np.float64]:
    """The five measures of the slot before each paragraph. Shape (5, len(texts)), rows as in `FEATURES`."""
    n = len(texts)
    vectors = _vectors(texts)
    sums = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
    at = np.arange(n)

    def window(first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float64]:
        return sums[np.clip(last, 0, n)] - sums[np.clip(first, 0, n)]

    def similarity(before: int, after: int) -> NDArray[np.float64]:
        return _cosines(window(at - before, at), window(at, at + after))

    four = similarity(4, 4)
    four[0] = 0.0
    minimum = np.ones(n)
    for step in range(1, min(4, n)):
        minimum[step:] *= four[step:] <= four[:-step]
        minimum[:-step] *= four[:-step] <= four[step:]
    forward = _cosines(vectors, window(at + 1, at + 5)) - _cosines(vectors, window(at - 4, at))
    return np.vstack([forward, _name_chains(texts), similarity(1, 6), similarity(12, 3), minimum])


def _name_chains(texts: Sequence[str]) -> NDArray[np.float64]:
    """Names mentioned on both sides of each slot, the rarer the heavier, relative to the slots around it."""
    n = len(texts)
    positions: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        for name in dict.fromkeys(_NAME.findall(text[:_MAX_CHARS])):
            positions.setdefault(name.removesuffix("’s").removesuffix("'s"), []).append(i)
    change = np.zeros(n + 1)
    for found in positions.values():
        weight = np.log1p(n / len(found))
        for first, second in pairwise(found):
            if 0 < second - first <= _CHAIN:
                change[first + 1] += weight
                change[second + 1] -= weight
    crossing = np.cumsum(change)[:n]
    total = np.concatenate([[0.0], np.cumsum(crossing)])
    low, high = np.maximum(np.arange(n) - 6, 0), np.minimum(np.arange(n) + 7, n)
    return crossing / ((total[high] - total[low]) / (high - low) + 1.0)


def _cosines(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.einsum("ij,ij->i", left, right) / np.where(norms > 0, norms, 1.0)


def _vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Vectors of the texts less what they all share, which would make everything in a one-subject file alike."""
    vectors = text_vectors([text[:_MAX_CHARS] for text in texts])
    return vectors - vectors.sum(axis=0) / (len(texts) + _COMMON_SUBJECT)


@cache
def _weights() -> dict[str, float]:
    return json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
