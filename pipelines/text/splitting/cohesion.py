"""Whether the text goes on from one paragraph to the next: cohesion of vectors, of words and of names.

A text whose articles nothing marks can still be split where its subject changes (Hearst's TextTiling, 1997, with word
vectors beside word counts; segments that share a mean, after Eisenstein & Barzilay's BayesSeg, 2008, in `segments.py`).
A small neural network joins the measures; its weights are in `models/splitter/cohesion.json`.
"""

import json
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipelines.text.splitting.dates import WEEKDAY
from pipelines.text.splitting.phrases import any_of, words
from pipelines.text.splitting.segments import start_log_odds
from pipelines.text.vectors import text_vectors

FEATURES = (
    # vectors and names around the slot
    "forward_minus_back", "name_chains", "previous_1_next_6", "previous_12_next_3", "local_minimum",
    "segments",
    "vectors_2", "vectors_4", "vectors_8", "words_3", "words_6",
    "dip_vectors_2", "dip_vectors_4", "dip_vectors_8", "dip_words_3", "dip_words_6",
    # how the paragraph and the one before it are worded
    "anaphor", "quote", "said", "new_full_name", "known_surname", "length", "weekday", "article",
    "previous_quote", "previous_said", "previous_length",
)  # fmt: skip
WEIGHTS = Path(__file__).parents[3] / "models" / "splitter" / "cohesion.json"
NO_COHESION = -3.0
"""Log-odds of a slot about which cohesion says nothing."""
_CLIP = (-8.0, 5.0)
"""Log-odds within which cohesion is taken at its word."""
_MAX_CHARS = 500
_PART, _OVERLAP = 4000, 150
"""Paragraphs measured at once, and how many around them are looked at with them."""
_COMMON_SUBJECT = 100
"""Paragraphs that the file's mean vector must speak for before half of it is taken out of every paragraph."""
_CHAIN = 10
"""Paragraphs between two mentions of a name, at most, for the text to be taken to go on between them."""
_WIDEST = 12
"""Paragraphs of the widest window."""
_BUCKETS = 256
_STEM = 6
"""Letters by which words are told apart: a stemmer's work, roughly."""
_VECTOR_WEIGHT, _WORD_WEIGHT = 3.16, 2.0
"""Weights of vectors and words in the mean that the paragraphs of an article share."""
_NAME = re.compile(r"(?<=[\w,;] )[A-Z\u00c0-\u00de][\w’'-]*[a-z\u00df-\u00ff]\w*|\b[A-Z]{2,}\b")
_FULL_NAME = re.compile(r"\b([A-Z][a-z\u00df-\u00ff'’-]+) ([A-Z][a-z\u00df-\u00ff'’-]+)\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z\u00df-\u00ff'’-]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ANAPHOR = re.compile(rf"[\"“‘']?{any_of('cohesion_anaphors')}")
_SAID = re.compile(r"\bsa(?:id|ys)\b")
_COMMON_WORDS = words("cohesion_common_words")


def log_odds(texts: Sequence[str]) -> NDArray[np.float64]:
    """Log-odds that a new article starts with each of the paragraphs; 0 for the first. Shape (len(texts),)."""
    total = np.zeros(len(texts))
    # in parts, so that memory stays bounded; what a part lacks at its ends, the overlap gives
    for first in range(0, len(texts), _PART):
        low, last = max(0, first - _OVERLAP), min(len(texts), first + _PART)
        values = joined(features(texts[low : min(len(texts), last + _OVERLAP)]), *weights())
        total[first:last] = values[first - low : last - low]
    total[:1] = 0.0
    return np.round(total, 3)


def clipped(cohesion: NDArray[np.float64]) -> NDArray[np.float64]:
    """What `log_odds` said, within what it is taken at its word for; NaN, the unread, says nothing."""
    return np.clip(np.nan_to_num(cohesion, nan=NO_COHESION), *_CLIP)


def features(texts: Sequence[str]) -> NDArray[np.float64]:
    """The measures of the slot before each paragraph. Shape (len(FEATURES), len(texts)), rows as in `FEATURES`."""
    texts = [text[:_MAX_CHARS] for text in texts]
    n = len(texts)
    vectors = _without_common(text_vectors(texts))
    words = _without_common(_word_vectors(texts))
    both = np.hstack([_VECTOR_WEIGHT * vectors, _WORD_WEIGHT * words])
    by_vectors, by_words = _Windows(vectors), _Windows(words)
    four = by_vectors.similarity(4, 4)
    four[0] = 0.0
    minimum = np.ones(n)
    for step in range(1, min(4, n)):
        minimum[step:] *= four[step:] <= four[:-step]
        minimum[:-step] *= four[:-step] <= four[step:]
    wide = [by_vectors.similarity(2, 2), by_vectors.similarity(4, 4), by_vectors.similarity(8, 8)]
    wide += [by_words.similarity(3, 3), by_words.similarity(6, 6)]
    dips = [_dip(values, reach) for values, reach in zip(wide, (3, 5, 8, 4, 6), strict=True)]
    return np.vstack(
        [
            by_vectors.own_after() - by_vectors.own_before(),
            _name_chains(texts),
            by_vectors.similarity(1, 6),
            by_vectors.similarity(12, 3),
            minimum,
            start_log_odds(both, np.array([text.count(" ") + 1 for text in texts])),
            *wide,
            *dips,
            _wording(texts),
        ]
    )


class _Windows:
    """Similarity of what stands before and after each paragraph's beginning, over windows of several paragraphs."""

    def __init__(self, rows: NDArray[np.float64]) -> None:
        self._rows = rows
        sums = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
        # what lies beyond the ends adds nothing
        self._sums = np.pad(sums, ((_WIDEST, _WIDEST), (0, 0)), mode="edge")

    def _window(self, first: int, last: int) -> NDArray[np.float64]:
        """Sums of the rows from `first` to before `last`, as seen from each row."""
        n = len(self._rows)
        return self._sums[_WIDEST + last : _WIDEST + last + n] - self._sums[_WIDEST + first : _WIDEST + first + n]

    def similarity(self, before: int, after: int) -> NDArray[np.float64]:
        return _cosines(self._window(-before, 0), self._window(0, after))

    def own_after(self, reach: int = 4) -> NDArray[np.float64]:
        return _cosines(self._rows, self._window(1, 1 + reach))

    def own_before(self, reach: int = 4) -> NDArray[np.float64]:
        return _cosines(self._rows, self._window(-reach, 0))


def _dip(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """How far each value lies below the mean of its neighbours, `reach` on each side."""
    n = len(values)
    total = np.concatenate([[0.0], np.cumsum(values)])
    low, high = np.maximum(np.arange(n) - reach, 0), np.minimum(np.arange(n) + reach + 1, n)
    return (total[high] - total[low] - values) / np.maximum(1, high - low - 1) - values


def _name_chains(texts: Sequence[str]) -> NDArray[np.float64]:
    """Names mentioned on both sides of each slot, the rarer the heavier, relative to the slots around it."""
    n = len(texts)
    positions: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        for name in dict.fromkeys(_NAME.findall(text)):
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


def _wording(texts: Sequence[str]) -> NDArray[np.float64]:
    """How each paragraph and the one before it are worded, rows as at the end of `FEATURES`."""
    n = len(texts)
    out = np.zeros((8, n))
    introduced: set[tuple[str, str]] = set()
    surname_at: dict[str, int] = {}
    for i, text in enumerate(texts):
        full = _FULL_NAME.findall(text)
        known = any(i - surname_at.get(word, -99) <= 12 for word in _CAPITALISED.findall(text))
        out[:, i] = (
            _ANAPHOR.match(text) is not None,
            text[:1] in "\"'“‘",
            ('"' in text or "“" in text) and _SAID.search(text) is not None,
            any(name not in introduced for name in full),
            known,
            (text.count(" ") + 1) / 40,
            "day" in text and WEEKDAY.search(text) is not None,
            text.startswith("The "),
        )
        introduced.update(full)
        surname_at.update((surname, i) for _, surname in full)
    previous = np.zeros((3, n))
    previous[:, 1:] = out[[1, 2, 5], :-1]
    return np.vstack([out, previous])


def _word_vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Unit vectors of the words that paragraphs share, the rarer the heavier, hashed into buckets with signs.

    Weinberger et al., Feature Hashing for Large Scale Multitask Learning (2009). Shape (len(texts), 256).
    """
    n = len(texts)
    words = [sorted({*map(_stem, _WORD.findall(text))} - {""}) for text in texts]
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(word, len(known)) for own in words for word in own], int)
    rows = np.repeat(np.arange(n), [len(own) for own in words])
    count = np.bincount(codes, minlength=len(known))
    shared = count[codes] > 1
    rows, codes = rows[shared], codes[shared]
    hashes = np.array([_hash(word) for word in known], int)[codes]
    weights = np.log1p(n / np.maximum(count, 1))[codes]
    # two buckets a word keep what collides apart
    parts = np.stack([hashes & 0xFFFF, hashes >> 16], axis=1)
    values = np.where(parts & 0x8000, weights[:, None], -weights[:, None])
    at = rows[:, None] * _BUCKETS + parts % _BUCKETS
    flat = np.bincount(at.ravel(), values.ravel(), n * _BUCKETS)
    out = flat.reshape(n, _BUCKETS)
    norms = np.linalg.norm(out, axis=1, keepdims=True)
    return out / np.where(norms > 0, norms, 1.0)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """What words are told apart by; nothing for the commonest."""
    folded = word.casefold()
    return "" if folded in _COMMON_WORDS else folded[:_STEM]


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return crc32(word.encode())


def _without_common(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows less what they all share, which would make everything in a one-subject file alike."""
    return rows - rows.sum(axis=0) / (len(rows) + _COMMON_SUBJECT)


def _cosines(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.einsum("ij,ij->i", left, right) / np.where(norms > 0, norms, 1.0)


def joined(
    measures: NDArray[np.float64], hidden: NDArray[np.float64], output: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What the measures say together: a network of one hidden layer. Shape (n,).

    Args:
        measures: Shape (len(FEATURES), n).
        hidden: Weights of the hidden units, the last column added. Shape (units, len(FEATURES) + 1).
        output: Weights of what the hidden units say, the last one added. Shape (units + 1,).

    """
    units = np.tanh(np.einsum("ui,ij->uj", hidden[:, :-1], measures) + hidden[:, -1:])
    return np.einsum("u,uj->j", output[:-1], units) + output[-1]


_network: ContextVar[tuple[NDArray[np.float64], NDArray[np.float64]] | None] = ContextVar("network", default=None)


@contextmanager
def using(hidden: NDArray[np.float64], output: NDArray[np.float64]) -> Generator[None]:
    """Reads with these weights of `joined` for a while, in the place of those in `WEIGHTS`."""
    token = _network.set((hidden, output))
    try:
        yield
    finally:
        _network.reset(token)


def weights() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weights of the hidden units, columns as in `FEATURES`, and of the output."""
    return _network.get() or _stored()


@cache
def _stored() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    hidden = [[unit[name] for name in (*FEATURES, "bias")] for unit in values["hidden"]]
    return np.array(hidden), np.array([*values["output"], values["bias"]])
