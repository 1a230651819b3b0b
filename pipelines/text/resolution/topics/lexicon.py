"""The topic lexicon: which of its terms a text uses, and how often.

A term is one or more words; a word that ends in `*` stands for every word that begins so, `#` for every number and
`#-#` for every score, as in "won 3-1". Case does not matter, except that a word written with a capital in the lexicon
only matches where the text writes it with one: `Bills` is a team, `bills` is not. Hyphens and apostrophes part words,
so `cease fire` also finds "cease-fire"; a number keeps its points and commas. Where several terms start at the same
word the longest one counts, and no other term starts at the words it covers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.text.data_files import read_rows

_WORD = re.compile(
    r"[^\W_](?:(?<=[^\W\d_])[^\W_]*"  # begins with a class of characters, which `re` looks for quickly
    r"|(?<=\d)(?<![^\W_][-–].)\d{0,2}[-–]\d{1,3}(?![-–.,]?[^\W_])|(?<=\d)\d*(?:[.,]\d+)+(?![^\W_])|[^\W_]*)"
)
_ADDRESS = re.compile(r"[HhWw](?:(?<=[Hh])[Tt][Tt][Pp][Ss]?://|(?<=[Ww])[Ww][Ww]\.)\S+")
_PLACEHOLDERS = {"#": re.compile(r"\d+(?:[.,]\d+)*"), "#-#": re.compile(r"\d+[-–]\d+")}
_TERM_WORD = re.compile(r"#-#|#|[^\W_]+\*?")
_STAR_NOT_AT_END = re.compile(r"(?:^|[\W_])\*|\*[^\W_]")
_CACHED_WORDS = 200_000

_Candidate = tuple[tuple[str, ...], int]
"""The further words of a term, and the term's index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconEntry:
    """A term and a topic that it speaks for."""

    topic_id: str
    term: str
    weight: float


def read_lexicon(path: Path) -> tuple[LexiconEntry, ...]:
    """Reads a CSV of `topic_id, term, weight`; ValueError where a weight is no positive number."""
    entries = []
    for row in read_rows(path):
        weight = float(row["weight"])
        if not 0 < weight < float("inf"):
            raise ValueError(f"{path}: weight of {row['term']!r} is not positive: {row['weight']}")
        entries.append(LexiconEntry(topic_id=row["topic_id"], term=row["term"].strip(), weight=weight))
    return tuple(entries)


@dataclass(slots=True, kw_only=True)
class TermUse:
    """How often a term occurs, and in what form first."""

    count: int
    surface: str


class TermFinder:
    """Finds terms in texts, in one pass over the words. A term goes by its index in `terms`: distinct, sorted."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms: tuple[str, ...] = tuple(sorted(set(terms)))
        self._patterns: dict[str, list[_Candidate]] = {}
        self._starting_with: dict[str, dict[str, tuple[_Candidate, ...]]] = {}
        for index, term in enumerate(self.terms):
            first, *rest = _term_words(term)
            self._patterns.setdefault(first, []).append((tuple(rest), index))
        self._prefix_lengths = tuple(sorted({len(word) - 1 for word in self._patterns if word.endswith("*")}))

    def find(self, text: str) -> dict[int, TermUse]:
        """The terms that the text uses, by index."""
        # an address says where a text came from, not what it is about
        words = _WORD.findall(_ADDRESS.sub(" ", text) if "://" in text or "www." in text.lower() else text)
        found: dict[int, TermUse] = {}
        starting_with = self._starting_with
        if len(starting_with) >= _CACHED_WORDS:
            starting_with.clear()
        for word in set(words).difference(starting_with):
            self._remember(word)
        next_free = 0
        for position, followed in enumerate(map(starting_with.__getitem__, words)):
            if not followed or position < next_free:
                continue
            candidates = followed[""]
            if len(followed) > 1 and position + 1 < len(words):
                candidates = followed.get(words[position + 1][0].casefold(), candidates)
            for rest, index in candidates:
                if rest and not _continues(words, position + 1, rest):
                    continue
                next_free = position + 1 + len(rest)
                use = found.get(index)
                if use is None:
                    found[index] = TermUse(count=1, surface=" ".join(words[position:next_free]).casefold())
                else:
                    use.count += 1
                break
        return found

    def _remember(self, word: str) -> None:
        """Note the terms that can start with `word`, those of most words first, then the most specific.

        By the initial of the word behind it, since many terms can start with the same word; under "" those that do not
        depend on it. Empty where no term starts so.
        """
        found: list[tuple[int, int, int, tuple[str, ...]]] = []
        # a dict keeps a word that is its own folded form from being looked up twice
        for form in dict.fromkeys((word, _capitalised(word), word.casefold())):
            for length in self._prefix_lengths:
                if length > len(form):
                    break
                found += [(len(r), length, index, r) for r, index in self._patterns.get(form[:length] + "*", ())]
            found += [(len(r), len(form) + 1, index, r) for r, index in self._patterns.get(form, ())]
        for placeholder, pattern in _PLACEHOLDERS.items():
            if placeholder in self._patterns and pattern.fullmatch(word):
                found += [(len(rest), 0, index, rest) for rest, index in self._patterns[placeholder]]
        found.sort(key=lambda candidate: (-candidate[0], -candidate[1], candidate[2]))
        initials = {_initial(rest[0]) if rest else "" for _, _, _, rest in found}
        followed = {
            initial: tuple((r, index) for _, _, index, r in found if not r or _initial(r[0]) in ("", initial))
            for initial in ({"", *initials} if found else ())
        }
        self._starting_with[word] = followed


def _initial(word: str) -> str:
    """By which a word of a text is compared with one of a term first; "" for a placeholder, which stands for many."""
    return "" if word in _PLACEHOLDERS else word[0].casefold()


def _term_words(term: str) -> list[str]:
    words = _TERM_WORD.findall(term)
    if not words or _STAR_NOT_AT_END.search(term):
        raise ValueError(f"not a lexicon term: {term!r}")
    return [word if word[:1].isupper() else word.casefold() for word in words]


def _capitalised(word: str) -> str:
    """A word in capitals as it would be written within a sentence; other words as they are."""
    return word[0] + word[1:].casefold() if len(word) > 1 and word.isupper() else word


def _continues(words: list[str], start: int, rest: tuple[str, ...]) -> bool:
    if start + len(rest) > len(words):
        return False
    for position, expected in enumerate(rest, start):
        word = words[position]
        if word != expected and not _is(word, expected):
            return False
    return True


def _is(word: str, expected: str) -> bool:
    if expected in _PLACEHOLDERS:
        return _PLACEHOLDERS[expected].fullmatch(word) is not None
    if word[0].casefold() != expected[0].casefold():
        return False
    forms = (word, _capitalised(word)) if expected[0].isupper() else (word.casefold(),)
    if expected[-1] == "*":
        return any(form.startswith(expected[:-1]) for form in forms)
    return expected in forms
