"""Which texts are worth comparing: MinHash banding (locality-sensitive hashing; Broder 1997), tuned for recall.

Texts come in a fixed sequence, and each is compared to earlier ones only, so what is proposed for a text never depends
on what comes later: going on with a sequence and starting it anew give the same pairs.
"""

from collections.abc import Sequence

import numpy as np

from pipelines.text.resolution.stories.signature import OPENING_PERMUTATIONS, PERMUTATIONS

BAND_ROWS = 2
"""64 bands of 2 rows propose 99.7 % of the pairs with Jaccard similarity .3, 93 % of those with .2."""
BUCKET_EARLIEST = 16
"""A text is compared to so many of the earliest texts in a bucket, and to the last one before it: a bucket that is
filled by boilerplate stays linear, and a hundred versions of one text still hang together."""
MIN_AGREEMENT = 12
"""Pairs of which fewer values of the MinHash agree are dropped unseen; it lets cuts to a fifth through."""
MIN_OPENING_AGREEMENT = 7
"""The same for the MinHash of the opening."""
CLOSEST = 32
"""A text is verified against so many earlier ones that agree with it most."""
MOST_CODES = 4_000_000
"""Pairs that are kept with repeats, in memory, for 8 bytes each."""

MINHASH_BYTES = 4 * (PERMUTATIONS + OPENING_PERMUTATIONS)


def propose(minhashes: Sequence[bytes], first_new: int = 0) -> list[tuple[int, int]]:
    """Pairs of indices `(earlier, later)`, sorted, with `later >= first_new`.

    `minhashes` are those of all texts in sequence; a text without one (empty bytes) is in no pair. Time is linear in
    their number but for a sort per band.
    """
    places = np.array([i for i, m in enumerate(minhashes) if len(m) == MINHASH_BYTES], dtype=np.int64)
    if len(places) < 2 or places[-1] < first_new:
        return []
    table = np.frombuffer(b"".join(minhashes[i] for i in places), dtype="<u4").reshape(len(places), -1)
    new_from = int(np.searchsorted(places, first_new))
    found: list[np.ndarray] = []
    for columns, least in (
        (slice(0, PERMUTATIONS), MIN_AGREEMENT),
        (slice(PERMUTATIONS, None), MIN_OPENING_AGREEMENT),
    ):
        part = np.ascontiguousarray(table[:, columns])
        pairs = _banded(part, new_from)
        agreement = np.concatenate(
            [
                np.count_nonzero(part[chunk[:, 0]] == part[chunk[:, 1]], axis=1)
                for chunk in np.array_split(pairs, len(pairs) // 100_000 + 1)
            ]
        )
        found.append(_closest(pairs[agreement >= least], agreement[agreement >= least]))
    chosen = np.unique(np.concatenate(found), axis=0).astype(np.int64)
    return [(a, b) for a, b in places[chosen].tolist()]


def _closest(pairs: np.ndarray, agreement: np.ndarray) -> np.ndarray:
    """Of each later text the `CLOSEST` pairs."""
    order = np.lexsort((pairs[:, 0], -agreement, pairs[:, 1]))
    later = pairs[order, 1]
    rank = np.arange(len(later)) - np.searchsorted(later, later)
    return pairs[order[rank < CLOSEST]]


def _banded(values: np.ndarray, new_from: int) -> np.ndarray:
    """Distinct pairs of rows of `values` that share a band, shape (pairs, 2)."""
    count = len(values)
    pairs = np.empty(0, dtype=np.int64)
    codes: list[np.ndarray] = []
    for start in range(0, values.shape[1], BAND_ROWS):
        keys = values[:, start].astype(np.uint64) << np.uint64(32) | values[:, start + 1]
        order = np.argsort(keys, kind="stable")
        opens = np.concatenate([[True], keys[order][1:] != keys[order][:-1]])
        bucket = np.flatnonzero(opens)[np.cumsum(opens) - 1]  # where each one's bucket starts
        late = np.flatnonzero((np.arange(count) > bucket) & (order >= new_from))
        codes.append(order[late - 1] * count + order[late])
        for nth in range(BUCKET_EARLIEST):
            late = late[late - bucket[late] > nth]
            if not len(late):
                break
            codes.append(order[bucket[late] + nth] * count + order[late])
        # now and then, since most pairs share several bands
        if sum(map(len, codes)) > MOST_CODES + 2 * len(pairs):
            pairs, codes = np.unique(np.concatenate([pairs, *codes])), []
    pairs = np.unique(np.concatenate([pairs, *codes]))
    return np.stack([pairs // count, pairs % count], axis=1)
