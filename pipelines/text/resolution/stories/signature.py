"""The signature of a text: what grouping needs to know of it, small enough to store beside the article.

A signature holds a digest of the normalised words (exact reprints), a MinHash of all word trigrams and of those of the
opening (which texts are worth comparing; Broder 1997) and the hashes of the words in order (how much of one text stands
in another).
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np

SHINGLE_WORDS = 3
PERMUTATIONS = 128
"""Values of the MinHash over the whole text."""
OPENING_PERMUTATIONS = 32
"""Values of the MinHash over the opening, by which a short cut of a long text is found."""
OPENING_WORDS = 90
_AT_ONCE = 256
"""Trigrams permuted at once, more than an opening has: so many stay in the processor's cache."""
_PRIME = np.uint64(2**61 - 1)
_LARGEST = np.uint32(2**32 - 1)
_CACHED_WORDS = 200_000

# scripts that put no space between words count character by character (Thai to Myanmar, kana, Han)
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
# odd 64-bit constants that spread a word's hash differently at each place of a shingle
_PLACES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySignature:
    """What is kept of a text to recognise it again."""

    digest: str
    """32 hex digits: hash of the normalised words; equal for texts that differ in case, spacing, punctuation only."""
    minhash: bytes
    """Little-endian uint32, those of the whole text and then those of the opening; empty where there is no trigram."""
    words: bytes
    """Little-endian uint32, one per word in order; the lowest bit says that the word has a digit."""


def normalised_words(text: str) -> list[str]:
    """The words of a text as reprints share them: compatibility forms and case folded, punctuation dropped."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _WORD.findall(text.casefold())


def signature(text: str) -> StorySignature:
    """Signature of a text (an article's body, or its title where there is no body). Linear in its length."""
    words = normalised_words(text)
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    hashes = np.fromiter(map(_code, words), dtype="<u4", count=len(words))
    minhash = b""
    if len(hashes) >= SHINGLE_WORDS:
        minhash = _minhash(shingles(hashes))
    return StorySignature(digest=digest, minhash=minhash, words=hashes.tobytes())


def shingles(words: np.ndarray) -> np.ndarray:
    """The uint32 hashes of the word trigrams of n ≥ 3 word hashes, in order; shape (n - 2,)."""
    hashes = words.astype(np.uint64) + np.uint64(1)
    count = len(words) - SHINGLE_WORDS + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place, constant in enumerate(_PLACES):
        mixed += hashes[place : place + count] * constant
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(32)).astype("<u4")


@lru_cache(_CACHED_WORDS)
def _code(word: str) -> int:
    code = zlib.crc32(word.encode("utf-8", "surrogatepass"))
    return (code & ~1) | any(c.isdigit() for c in word)


def _minhash(trigrams: np.ndarray) -> bytes:
    """The lowest value of the trigrams under each permutation, of all and then of those of the opening."""
    factors, terms = _permutations()
    lowest = np.full(PERMUTATIONS, _LARGEST)
    opening = lowest
    for start in range(0, len(trigrams), _AT_ONCE):
        values = trigrams[start : start + _AT_ONCE, np.newaxis] * factors
        values += terms
        # modulo 2⁶¹ − 1, without a division: the bits above are worth as much as the same ones below
        above = values >> np.uint64(61)
        values &= _PRIME
        values += above
        np.subtract(values, _PRIME, out=above)
        permuted = np.minimum(values, above, out=values).astype(np.uint32)
        lowest = np.minimum(lowest, permuted.min(axis=0))
        if not start:
            opening = permuted[: OPENING_WORDS - SHINGLE_WORDS + 1, :OPENING_PERMUTATIONS].min(axis=0)
    return lowest.astype("<u4").tobytes() + opening.astype("<u4").tobytes()


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    """Factors and terms modulo a prime: universal hashing (Carter & Wegman 1979). Those of the opening come first."""
    dice = np.random.RandomState(1)  # its numbers are the same in every version of NumPy
    drawn = [[dice.randint(lowest, _PRIME, dtype=np.uint64) for lowest in (1, 0)] for _ in range(PERMUTATIONS)]
    factors, terms = np.array(drawn, dtype=np.uint64).T.copy()
    return factors, terms
