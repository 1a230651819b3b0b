"""The signature of a text: what grouping needs to know of it, small enough to store beside the article.

A signature holds a digest of the normalised words (exact reprints), the hashes of all word trigrams (how much of one
text stands in another) and a MinHash of these (which texts are worth comparing; Broder 1997).
"""

import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from datasketch import MinHash

SHINGLE_WORDS = 3
PERMUTATIONS = 128
_BATCH = 8192
_FORMAT = b"S1"
_HEADER = struct.Struct("<2s16sI")

# scripts that put no space between words count character by character (Thai to Myanmar, kana, Han)
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_PERMUTATIONS = MinHash(num_perm=PERMUTATIONS, seed=1).permutations
# odd 64-bit constants that spread a word's hash differently at each place of a shingle
_PLACES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySignature:
    """What is kept of a text to recognise it again."""

    digest: bytes
    """16 bytes: hash of the normalised words; equal for texts that differ in case, spacing and punctuation only."""
    shingles: bytes
    """Little-endian uint32, sorted, distinct: the hashes of the word trigrams."""
    minhash: bytes
    """Little-endian uint32, one per permutation; empty where there is no trigram."""

    def to_bytes(self) -> bytes:
        """The signature in one value: 22 bytes of header, the MinHash, 4 bytes per distinct trigram."""
        return _HEADER.pack(_FORMAT, self.digest, len(self.minhash)) + self.minhash + self.shingles

    @classmethod
    def from_bytes(cls, data: bytes) -> "StorySignature":
        """Reads what `to_bytes` wrote; ValueError for anything else."""
        if len(data) < _HEADER.size or data[:2] != _FORMAT:
            raise ValueError("not a story signature")
        _, digest, minhash_bytes = _HEADER.unpack_from(data)
        rest = data[_HEADER.size :]
        if minhash_bytes not in (0, 4 * PERMUTATIONS) or len(rest) < minhash_bytes or len(rest) % 4:
            raise ValueError("damaged story signature")
        return cls(digest=digest, minhash=rest[:minhash_bytes], shingles=rest[minhash_bytes:])


def normalised_words(text: str) -> list[str]:
    """The words of a text as reprints share them: compatibility forms and case folded, punctuation dropped."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return _WORD.findall(text.casefold())


def signature(text: str) -> StorySignature:
    """Signature of a text (an article's body, or its title where there is no body). Linear in its length."""
    words = normalised_words(text)
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    shingles = _shingle_hashes(words)
    if not len(shingles):
        return StorySignature(digest=digest, shingles=b"", minhash=b"")
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=_as_is, permutations=_PERMUTATIONS)
    # block by block: the permutations of a batch are all in memory at once
    for start in range(0, len(shingles), _BATCH):
        minhash.update_batch(shingles[start : start + _BATCH].tolist())
    return StorySignature(
        digest=digest, shingles=shingles.tobytes(), minhash=minhash.hashvalues.astype("<u4").tobytes()
    )


def _as_is(value: int) -> int:
    return value


def _shingle_hashes(words: list[str]) -> np.ndarray:
    """Sorted distinct uint32 hashes of the word trigrams."""
    if len(words) < SHINGLE_WORDS:
        return np.empty(0, dtype="<u4")
    codes = {word: zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    hashes = np.fromiter((codes[word] for word in words), dtype=np.uint64, count=len(words)) + np.uint64(1)
    count = len(words) - SHINGLE_WORDS + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place, constant in enumerate(_PLACES):
        mixed += hashes[place : place + count] * constant
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.unique((mixed >> np.uint64(32)).astype("<u4"))
