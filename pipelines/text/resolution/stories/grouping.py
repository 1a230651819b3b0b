"""Groups articles into stories from their signatures alone.

Two steps. MinHash banding (Broder 1997; locality-sensitive hashing) proposes pairs, tuned for recall; each pair is then
verified by counting the trigrams that the two texts really share. Neither step depends on the order of the input.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import numpy as np

from pipelines.text.resolution.stories.signature import PERMUTATIONS, StorySignature

MIN_SHINGLES = 20
"""Texts with fewer distinct trigrams join on equality only: set phrases are too large a part of them."""
BAND_ROWS = 2
"""64 bands of 2 rows propose 99.7 % of the pairs with Jaccard similarity .3, 93 % of those with .2."""
BUCKET_NEIGHBOURS = 32
"""A text is compared to so many neighbours in a bucket, so a bucket filled by boilerplate stays linear."""
MIN_AGREEMENT = 12 / PERMUTATIONS
"""Proposed pairs whose MinHashes agree less are dropped unseen; it lets cuts to a fifth through."""
SHARED_WHOLE = 0.5
"""Share of the shorter text's trigrams in the longer that makes a reprint when both are about equally long."""
SHARED_PART = 0.76
"""The same for a cut: where half of a text is missing, the rest has to be near verbatim."""
WHOLE_RATIO, PART_RATIO = 0.85, 0.65
"""Ratio of lengths from which the first, and up to which the second share applies; linear in between."""
ROUNDUP_RATIO = 0.9
ROUNDUP_OVERLAP = 0.3
"""Parts of one text that share less than this are items of a roundup, not cuts of one article."""


def group_stories(items: Iterable[tuple[str, StorySignature]]) -> dict[str, str]:
    """The story of each article: `article_id` → `story_id`, 16 hex digits derived from the smallest article_id in it.

    Every article gets one, alone or not. Of an article_id that comes twice the last signature counts.
    """
    signatures = dict(sorted(dict(items).items()))
    members: dict[bytes, list[str]] = defaultdict(list)
    texts: dict[bytes, StorySignature] = {}
    for article_id, signature in signatures.items():
        members[signature.digest].append(article_id)
        texts[signature.digest] = signature

    # near reprints are looked for among distinct texts that are long enough, in an order that comes from content
    long_texts = sorted(
        (text for text in texts.values() if len(text.shingles) >= 4 * MIN_SHINGLES),
        key=lambda text: (text.minhash, text.digest),
    )
    groups = _Groups()
    for a, b in _reprints(long_texts):
        groups.join(long_texts[a].digest, long_texts[b].digest)

    stories: dict[bytes, list[str]] = defaultdict(list)
    for digest, article_ids in members.items():
        stories[groups.root(digest)].extend(article_ids)
    return {
        article_id: story_id
        for article_ids in stories.values()
        for story_id in [_story_id(min(article_ids))]
        for article_id in article_ids
    }


def _story_id(canonical_article_id: str) -> str:
    return blake2b(canonical_article_id.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class _Groups:
    """Disjoint sets (union-find with path halving)."""

    def __init__(self) -> None:
        self._parent: dict[bytes, bytes] = {}

    def root(self, item: bytes) -> bytes:
        parent = self._parent
        while (up := parent.get(item, item)) != item:
            parent[item] = item = parent.get(up, up)
        return item

    def join(self, a: bytes, b: bytes) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self._parent[b] = a


def _reprints(texts: list[StorySignature]) -> Iterator[tuple[int, int]]:
    """Pairs of indices of texts that are the same text, in whole or cut."""
    shingles = [np.frombuffer(text.shingles, dtype="<u4") for text in texts]
    cuts: dict[int, list[int]] = defaultdict(list)
    for a, b in _proposed_pairs(texts):
        short, long = (a, b) if len(shingles[a]) <= len(shingles[b]) else (b, a)
        ratio = len(shingles[short]) / len(shingles[long])
        if _containment(shingles[short], shingles[long]) < _needed_share(ratio):
            continue
        if ratio < ROUNDUP_RATIO:
            cuts[long].append(short)
        else:
            yield short, long
    for long, parts in cuts.items():
        # cuts of one article share its opening; items of a roundup share nothing
        parts.sort(key=lambda part: (-len(shingles[part]), part))
        if all(_containment(shingles[part], shingles[parts[0]]) >= ROUNDUP_OVERLAP for part in parts[1:]):
            yield from ((part, long) for part in parts)


def _needed_share(ratio: float) -> float:
    cut = min(max((WHOLE_RATIO - ratio) / (WHOLE_RATIO - PART_RATIO), 0.0), 1.0)
    return SHARED_WHOLE + cut * (SHARED_PART - SHARED_WHOLE)


def _containment(short: np.ndarray, long: np.ndarray) -> float:
    """Share of `short` (sorted, distinct) that is in `long` (sorted, distinct)."""
    at = np.searchsorted(long, short)
    at[at == len(long)] = 0
    return float(np.count_nonzero(long[at] == short)) / len(short)


def _proposed_pairs(texts: list[StorySignature]) -> list[tuple[int, int]]:
    """Pairs of indices, the smaller first, sorted, whose MinHashes share a band and agree well enough."""
    if len(texts) < 2:
        return []
    minhashes = np.frombuffer(b"".join(text.minhash for text in texts), dtype="<u4").reshape(len(texts), PERMUTATIONS)
    found: set[tuple[int, int]] = set()
    for start in range(0, PERMUTATIONS, BAND_ROWS):
        keys = minhashes[:, start].astype(np.uint64) << np.uint64(32) | minhashes[:, start + 1]
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        for distance in range(1, min(BUCKET_NEIGHBOURS, len(texts) - 1) + 1):
            together = np.flatnonzero(ordered[distance:] == ordered[:-distance])
            if not len(together):
                break
            a, b = order[together], order[together + distance]
            agreement = np.count_nonzero(minhashes[a] == minhashes[b], axis=1)
            enough = agreement >= MIN_AGREEMENT * PERMUTATIONS
            found.update(zip(a[enough].tolist(), b[enough].tolist(), strict=True))
    return sorted(found)
