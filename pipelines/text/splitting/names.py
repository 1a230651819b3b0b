"""How names are written, those of publishers above all."""

import re
from collections.abc import Iterable

from pipelines.text.splitting.phrases import any_of, words

_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©(c)]*(?:(?:19|20)\d\d)?,?\s*(?P<name>\w[^.]{1,60}?)\s*(?:\.|all rights\b.*|$)",
    re.IGNORECASE,
)
_AND = re.compile(r",? (?:and|&) |, ")
_SMALL_WORDS = words("small_name_words")
_LANGUAGES = words("languages")
_PUBLISHER_WORD = re.compile(any_of("publisher_words"), re.IGNORECASE)

_NAMING = 0.3
"""Of the names in one place, at least, that can be nothing but publishers' where all are publishers'."""


def is_name(text: str) -> bool:
    """Whether `text` is written as a name: every word but small ones begins with a capital or a digit."""
    parts = text.strip("()[]—–- ").split()
    return bool(parts) and all(w[:1].isupper() or w[:1].isdigit() or w in _SMALL_WORDS for w in parts)


def are_people(text: str) -> bool:
    """Whether `text` may be names of several people: 'Anna Lund, Tom Ray and Wei Chen', two to four words each."""
    parts = _AND.split(text)
    return len(parts) > 1 and all(2 <= len(part.split()) <= 4 and is_name(part) for part in parts)


def is_publisher(text: str) -> bool:
    """Whether a name looks like a publisher's: one word, a web address, or with a word that such names have."""
    lone = len(text.split()) == 1 and len(text) > 1 and text not in _LANGUAGES
    return lone or has_publisher_word(text)


def has_publisher_word(text: str) -> bool:
    """Whether `text` has a word that publishers' names have: 'Courier', 'Press'."""
    return _PUBLISHER_WORD.search(text) is not None


def tells_publisher(name: str) -> bool:
    """Whether a name can be nothing but a publisher's: an address, or several words with one that such names have."""
    return ("." in name.strip(".")) if " " not in name else has_publisher_word(name)


def are_publishers(names: Iterable[str]) -> bool:
    """Whether names that stand in one place of a file's articles are publishers': many can be nothing else."""
    told = [tells_publisher(name) for name in names]
    return bool(told) and sum(told) >= _NAMING * len(told)


def copyright_holder(lines: Iterable[str]) -> str | None:
    """Whose the text is by its copyright line: '© 2026 Example News. All rights reserved'."""
    match = next((match for line in lines if (match := _COPYRIGHT.match(line))), None)
    return match["name"] if match and is_name(match["name"]) else None
