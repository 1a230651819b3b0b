"""Groups texts into stories from verified pairs: connected texts are one story, which goes by one of its texts.

That is the text with the smallest digest, so that the same texts make the same stories under the same ids in whatever
order they came. A text that comes later can so rename a story that it joins; the warehouse notes old and new name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from pipelines.text.resolution.stories.candidates import propose
from pipelines.text.resolution.stories.comparison import ComparedText, Reprint, compare
from pipelines.text.resolution.stories.signature import StorySignature

PARTS_OVERLAP = 0.3
"""Parts of one text that have less of the smaller one in common are items of a roundup, not cuts of one article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts of which one is a reprint of the other, by their digests."""

    short: str
    long: str
    reprint: Reprint


def compare_texts(texts: Mapping[str, tuple[bytes, bytes]], pairs: Iterable[tuple[str, str]]) -> list[Pair]:
    """The proposed pairs that are reprints. `texts`: digest → (minhash, words) of all texts in `pairs`."""
    ready: dict[str, ComparedText] = {}
    found = []
    for pair in pairs:
        for digest in pair:
            if digest not in ready:
                ready[digest] = ComparedText(np.frombuffer(texts[digest][1], dtype="<u4"))
        short, long = sorted(pair, key=lambda digest: (len(ready[digest].distinct), digest))
        if reprint := compare(ready[short], ready[long]):
            found.append(Pair(short=short, long=long, reprint=reprint))
    return found


def story_ids(sequence: Sequence[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """The story of each text: digest → `story_id`, 16 hex digits made from the smallest digest of its texts.

    `sequence` holds the distinct digests. Neither its order nor that of `pairs` matters.
    """
    position = {digest: place for place, digest in enumerate(sequence)}
    groups = _Groups(len(sequence))
    for pair in _convincing(pairs):
        groups.join(position[pair.short], position[pair.long])
    roots = [groups.root(place) for place in range(len(sequence))]
    smallest: dict[int, str] = {}
    for digest, root in zip(sequence, roots, strict=True):
        smallest[root] = min(digest, smallest.get(root, digest))
    ids = {root: story_id(digest) for root, digest in smallest.items()}
    return {digest: ids[root] for digest, root in zip(sequence, roots, strict=True)}


def story_id(smallest_digest: str) -> str:
    """The id of the story of which a digest is the smallest, 16 hex digits."""
    return blake2b(smallest_digest.encode(), digest_size=8).hexdigest()


def group_stories(items: Iterable[tuple[str, StorySignature]]) -> dict[str, str]:
    """The story of each article, `article_id` → `story_id`, all articles in one go and in the order of `items`.

    Every article gets one, alone or not. Of an article_id that comes twice the last signature counts.
    """
    signatures = dict(items)
    texts = {s.digest: (s.minhash, s.words) for s in signatures.values()}
    sequence = list(texts)
    proposed = propose([texts[d][0] for d in sequence])
    pairs = compare_texts(texts, ((sequence[a], sequence[b]) for a, b in proposed))
    ids = story_ids(sequence, pairs)
    return {article_id: ids[s.digest] for article_id, s in signatures.items()}


def _convincing(pairs: Iterable[Pair]) -> Iterable[Pair]:
    """Whole reprints, and cuts where all that is known of the two texts agrees that it is a cut."""
    known: set[tuple[str, str]] = set()
    parts: dict[str, list[Pair]] = defaultdict(list)
    sources: dict[str, list[Pair]] = defaultdict(list)
    cuts: list[Pair] = []
    for pair in pairs:
        known |= {(pair.short, pair.long), (pair.long, pair.short)}
        if pair.reprint.whole:
            yield pair
        else:
            parts[pair.long].append(pair)
            sources[pair.short].append(pair)
            cuts.append(pair)
    roundups = {long for long, own in parts.items() if _is_roundup(own)}
    phrases = {short for short, own in sources.items() if _is_phrase(own, known)}
    yield from (p for p in cuts if p.long not in roundups and p.short not in phrases)


def _is_roundup(parts: Sequence[Pair]) -> bool:
    """Cuts of one article share its opening; the items of a roundup stand one after another."""
    largest, *others = (p.reprint for p in sorted(parts, key=lambda p: (p.reprint.starts - p.reprint.ends, p.short)))
    return any(
        min(largest.ends, other.ends) - max(largest.starts, other.starts) < PARTS_OVERLAP * (other.ends - other.starts)
        for other in others
    )


def _is_phrase(sources: Sequence[Pair], known: set[tuple[str, str]]) -> bool:
    """Whether most texts that hold this one have nothing else in common: then it is a set phrase, such as a notice."""
    first, *others = sorted(sources, key=lambda p: (p.reprint.ends - p.reprint.starts, p.long))
    return 2 * sum((first.long, other.long) not in known for other in others) > len(others)


class _Groups:
    """Disjoint sets of the numbers below `count` (union-find with path halving); a root is its set's smallest."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, item: int) -> int:
        parent = self._parent
        while parent[item] != item:
            parent[item] = item = parent[parent[item]]
        return item

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.root(a), self.root(b)))
        self._parent[b] = a
