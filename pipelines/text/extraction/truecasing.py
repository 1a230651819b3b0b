"""Headlines in Title Case or ALL CAPS, re-cased for the model, which reads a capital as the mark of a name.

The copy has the length of the original, so offsets found in it hold in the document.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from pipelines.text.extraction.wordlists import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INSIDE_SENTENCE = re.compile(r"(?<=[^\W\d_A-Z][ ,;])[ ]?([^\W\d_a-z][^\W\d_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Casing:
    """How an article's running text writes its words."""

    lower: frozenset[str]
    """Words seen in lower case."""
    capital: frozenset[str]
    """Words seen with a capital (or all capitals) inside a sentence, as written."""


def casing_of(texts: Iterable[str]) -> Casing:
    """What the texts show about the case of words; texts that are themselves headlines are left out."""
    lower: set[str] = set()
    capital: set[str] = set()
    for text in texts:
        if headline_case(text):
            continue
        lower.update(word for word in _WORD.findall(text) if word.islower())
        capital.update(_INSIDE_SENTENCE.findall(text))
    return Casing(lower=frozenset(lower), capital=frozenset(capital))


def headline_case(text: str) -> str | None:
    """'title' or 'upper' when the text's capitals say nothing about names; None for ordinary sentences."""
    words = [w for w in _WORD.findall(text[:2000]) if len(w) > 1 and w.lower().replace("’", "'") not in FUNCTION_WORDS]
    if len(words) < 2:
        return None
    if sum(word.isupper() for word in words) >= 0.8 * len(words):
        return "upper"
    capitals = sum(word[0].isupper() for word in words)
    if capitals < len(words) and text.rstrip(' \n\t"”’)').endswith("."):
        return None  # a sentence full of names
    return "title" if len(words) >= 3 and capitals >= 0.9 * len(words) else None


def truecase(text: str, casing: Casing, ordinary: Container[str]) -> str:
    """The text with its headline words in lower case, where the article or the language writes them so.

    `ordinary` holds words that are in lower case unless the article shows otherwise. Names keep their capital, in an
    ALL CAPS text only the first one. A text that is no headline is returned as it is.
    """
    style = headline_case(text)
    if style is None:
        return text
    parts: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        word = match.group()
        recased = word
        if style == "upper" and word.isupper():
            recased = _from_upper(word, casing, ordinary, first=position == 0)
        elif position and not word.isupper() and word[1:].islower() and _is_ordinary(word, casing, ordinary):
            recased = word.lower()
        if len(recased) != len(word):  # a few letters change their length with their case
            recased = word
        parts += (text[position : match.start()], recased)
        position = match.end()
    parts.append(text[position:])
    return "".join(parts)


def _is_ordinary(word: str, casing: Casing, ordinary: Container[str]) -> bool:
    low = word.lower()
    if low.replace("’", "'") in FUNCTION_WORDS:
        return True
    if word in casing.capital:
        return False
    return low in casing.lower or low in ordinary


def _from_upper(word: str, casing: Casing, ordinary: Container[str], *, first: bool) -> str:
    title = word[0] + word[1:].lower()
    if word in casing.capital and len(word) > 1:
        return word
    if title in casing.capital:
        return title
    if _is_ordinary(title, casing, ordinary):
        return title if first else word.lower()
    # an unknown short word in capitals is more often an abbreviation than a name
    return title if len(word) > 3 else word
