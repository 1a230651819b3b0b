"""Whether two texts are the same text: in whole, or one a cut of the other. The verified second step.

Trigrams say how much is shared; the words that both texts have once say whether it stands in the same order, which
different reports of one event never do, while a reprint keeps it however many of its words were changed.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipelines.text.resolution.stories.signature import SHINGLE_WORDS, shingles

MIN_SHINGLES = 20
"""Texts with fewer distinct trigrams join on equality only: set phrases are too large a part of them."""
SHARED_WHOLE = 0.5
"""Share of the shorter text's trigrams in the longer that makes a reprint when both are about equally long."""
SHARED_PART = 0.76
"""The same for a cut: where half of a text is missing, the rest has to be near verbatim."""
WHOLE_RATIO, PART_RATIO = 0.85, 0.65
"""Ratio of lengths from which the first, and up to which the second share applies; linear in between."""
SHARED_LEAST = 0.2
"""From this share on a text with many changed words is a reprint, if enough of its words stand in the same order (and,
of a cut, if it has the other's opening)."""
IN_ORDER_LEAST = 0.5
IN_ORDER_ALWAYS = 0.3
"""What has to stand in order even where the share is enough."""
OPENING_SHINGLES = 60
OPENING_SHARED = 0.4
"""Share of the longer text's first trigrams that a cut has: a later version of an article has a new opening."""
EIGHTH_SHARED = 0.1
SPREAD_LEAST, SPREAD_ALWAYS = 0.75, 0.5
"""Share of the shorter text's eighths that have at least that part of their trigrams in the longer one, where few
trigrams are shared and always: a notice below many articles stands at one place."""
MIN_ANCHORS = 12
"""So many words that both texts have once it takes to speak of their order."""
CUT_RATIO = 0.9
"""Below this ratio of lengths the shorter text is a cut, above it the two are whole."""
OWN_NUMBERS = 0.5
MIN_NUMBERS = 6
"""Texts of one template (results, prices, weather) differ in their numbers: a reprint keeps at least this share."""


class ComparedText:
    """A text's words (uint32 hashes in order) and trigrams, made once for all its comparisons."""

    def __init__(self, words: np.ndarray) -> None:
        self.words = words
        self.shingles = shingles(words) if len(words) >= SHINGLE_WORDS else words[:0]
        self.distinct = np.unique(self.shingles)
        self.vocabulary, self.first_place, self.times = np.unique(words, return_index=True, return_counts=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """How one text stands in another, longer one."""

    share: float
    """Share of the shorter text's trigrams that the longer one has, 0 to 1."""
    in_order: float
    """Share of the words that both texts have once that stand in the same order, 0 to 1."""
    whole: bool
    """Both are about equally long; otherwise the shorter is a cut."""
    starts: float
    ends: float
    """Where in the longer text the shorter one stands, as shares of its length."""


def compare(short: ComparedText, long: ComparedText) -> Reprint | None:
    """How `short` is a reprint of `long`, or None. Linear but for sorting."""
    if len(short.distinct) < MIN_SHINGLES:
        return None
    share = _share(_among(short.distinct, long.distinct))
    if share < SHARED_LEAST:
        return None
    ratio = len(short.distinct) / len(long.distinct)
    enough = share >= needed_share(ratio)
    if _spread(short, long) < (SPREAD_ALWAYS if enough else SPREAD_LEAST):
        return None
    in_order = _in_order(short, long)
    if in_order < (IN_ORDER_ALWAYS if enough else IN_ORDER_LEAST):
        return None
    if not enough and not _opens_alike(short, long, ratio):
        return None
    if share < SHARED_PART and _own_numbers(short.words, long.words):
        return None
    places = np.flatnonzero(_among(long.shingles, short.distinct))
    # a stray trigram far off is no part of it
    starts, ends = np.quantile(places, [0.05, 0.95]) / max(len(long.shingles) - 1, 1)
    return Reprint(
        share=round(share, 4), in_order=round(in_order, 4), whole=ratio >= CUT_RATIO,
        starts=round(float(starts), 4), ends=round(float(ends), 4),
    )  # fmt: skip


def needed_share(ratio: float) -> float:
    """Share of trigrams that makes a reprint of texts whose lengths have this ratio."""
    cut = min(max((WHOLE_RATIO - ratio) / (WHOLE_RATIO - PART_RATIO), 0.0), 1.0)
    return SHARED_WHOLE + cut * (SHARED_PART - SHARED_WHOLE)


def _among(values: np.ndarray, distinct: np.ndarray) -> np.ndarray:
    """Which of `values` are in `distinct` (sorted, without repeats, not empty)."""
    at = np.searchsorted(distinct, values)
    at[at == len(distinct)] = 0
    return distinct[at] == values


def _share(found: np.ndarray) -> float:
    return np.count_nonzero(found) / len(found)


def _spread(short: ComparedText, long: ComparedText) -> float:
    """Share of the shorter text's eighths that have something of the other."""
    shared = _among(short.shingles, long.distinct)
    bounds = [eighth * len(shared) // 8 for eighth in range(9)]
    return (
        sum(np.count_nonzero(shared[start:end]) >= EIGHTH_SHARED * (end - start) for start, end in pairwise(bounds)) / 8
    )


def _opens_alike(short: ComparedText, long: ComparedText, ratio: float) -> bool:
    opening = long.shingles[:OPENING_SHINGLES]
    return ratio >= WHOLE_RATIO or _share(_among(opening, short.distinct)) >= OPENING_SHARED


def _in_order(short: ComparedText, long: ComparedText) -> float:
    """Longest run of common words in the same order (patience diff), as a share of the words `short` has once.

    Words that `long` has several times are left out; where there are too few to tell, the least that passes.
    """
    once = short.times == 1
    here, first = short.vocabulary[once], short.first_place[once]
    at = np.minimum(np.searchsorted(long.vocabulary, here), len(long.vocabulary) - 1)
    common = long.vocabulary[at] == here
    usable = ~common | (long.times[at] == 1)
    if np.count_nonzero(usable) < MIN_ANCHORS:
        return IN_ORDER_ALWAYS
    anchors = common & usable
    tails: list[int] = []
    for position in long.first_place[at[anchors]][np.argsort(first[anchors])].tolist():
        where = bisect_left(tails, position)
        tails[where : where + 1] = [position]
    return len(tails) / np.count_nonzero(usable)


def _own_numbers(short: np.ndarray, long: np.ndarray) -> bool:
    """Whether most numbers of the shorter text are not in the longer one."""
    numbers = np.unique(short[short & 1 == 1])
    if len(numbers) < MIN_NUMBERS:
        return False
    return float(np.isin(numbers, long).mean()) < OWN_NUMBERS
