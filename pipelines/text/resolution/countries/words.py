"""Words with offsets, and the folding under which names are compared."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"([^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*)")
"""A run of letters and digits, what stands between two is a separator; a group, so that splitting keeps the runs."""

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ə": "a",
     "ʻ": "", "ʼ": "", "ʹ": ""}
)  # fmt: skip
"""Letters that are no combination of a base letter and a mark, so that decomposition leaves them as they are; the last
are apostrophes that count as letters, 'Hawaiʻi'."""

_FULL_FORMS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
"""Abbreviations that open place names; both sides of a comparison take the full form."""


_SEPARATORS = {c: " " for c in range(128) if not chr(c).isalnum()}
"""What stands between words in plain ASCII; the quick way for the many names that have nothing else."""


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """The word in lower case without accents, 'São' → 'sao'."""
    lowered = word.lower()
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
        lowered = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return _FULL_FORMS.get(lowered, lowered)


def key(name: str) -> str:
    """The key under which a name stands in the gazetteer: its folded words, joined by one space each."""
    if name.isalpha() and name.isascii():
        return _FULL_FORMS.get(low := name.lower(), low)
    if name.isascii():
        words = name.lower().translate(_SEPARATORS).split()
        return " ".join([_FULL_FORMS.get(word, word) for word in words])
    return " ".join(fold(m.group()) for m in WORD.finditer(name))
