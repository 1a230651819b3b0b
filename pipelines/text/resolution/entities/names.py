"""Personal names: their units, and keys under which the spellings of one name fall together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.text.extraction.wordlists import word_set
from pipelines.text.resolution.entities.knowledge import EntityKnowledge
from pipelines.text.resolution.entities.tokens import fold

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(?:al|el|as|ash)[-' ](?=\w{3})", ""),
        (r"['\-\s]", ""),
        (r"x", "ks"),
        (r"(?:sch|sh|sz)", "s"),
        (r"(?:tch|tsch|cz)", "ch"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"ff\b", "v"),
        (r"ck|c(?![hiey])", "k"),
        (r"q", "k"),
        (r"(?:iyy|yy|iy|ii|yi|ij|ey|ei|i|y)$", "y"),
        (r"^(?:ye|je)", "e"),
        (r"(?:yu|iu|ju)", "u"),
        (r"(?:ya|ia|ja)", "a"),
        (r"oe(?=[^aeiou])", "o"),
        (r"ue(?=[^aeiou])", "u"),
        (r"ae(?=[^aeiou])", "a"),
        (r"(.)\1+", r"\1"),
    )
)


_ARTICLE = re.compile(r"^(?:al|el|as|ash)[-'’ ](?=\w{3})", re.IGNORECASE)
"""The Arabic article, which reports drop or keep as they like."""


@lru_cache(maxsize=100_000)
def spelling_key(unit: str) -> str:
    """One key for the ways a name is transliterated: 'Zelenskiy', 'Zelenskyy', 'Zelensky'; 'Witkoff', 'Witcoff'."""
    key = fold(unit)
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key or fold(unit)


_QUOTES = frozenset("\"“”‘'(«")

_NUMERALS = word_set("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii")
GENERATIONS = _NUMERALS | {"jr", "sr"}
"""What follows a name and tells its bearer from others of the same name."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A personal name in units: a particle is part of the unit that it opens ('bin Salman')."""

    units: tuple[str, ...]

    @classmethod
    @lru_cache(maxsize=100_000)
    def parse(cls, name: str, knowledge: EntityKnowledge) -> "PersonName":
        """Units of a name; 'Jr' and the like stay with the family name, the full stops of initials are dropped."""
        words = [word for part in name.split() if (word := part.strip(".,"))]
        units: list[str] = []
        held: list[str] = []
        for position, word in enumerate(words):
            if word[0] in _QUOTES:
                continue  # a nickname
            folded = fold(word)
            if units and not held and folded in _NUMERALS and len(units) == 1:
                units.append(word)
                continue
            if units and not held and (folded in GENERATIONS or folded in knowledge.suffixes):
                if folded in GENERATIONS:
                    units[-1] += f" {word}"
                continue
            opens = word.islower() or units or folded not in knowledge.given_names
            if folded in knowledge.particles and opens and position < len(words) - 1:
                held.append(word)
                continue
            units.append(" ".join([*held, word]))
            held = []
        return cls(tuple(units))

    @property
    def regnal(self) -> bool:
        """Whether it is a single name with a numeral, as of a pope or a king."""
        return len(self.units) == 2 and fold(self.units[1]) in _NUMERALS

    @property
    def family(self) -> str:
        """The unit by which the person is called: the last, of a pope or a king the first."""
        return self.units[0] if self.regnal else self.units[-1]

    @property
    def short_forms(self) -> tuple[str, ...]:
        """Parts of the name by which the person is called: family name, also without article, both family names."""
        forms = [self.family]
        if bare := _ARTICLE.sub("", self.family):
            forms.append(bare)
        if (words := self.family.split())[-1].lower() in GENERATIONS:
            forms.append(" ".join(words[:-1]))
        if len(self.units) > 2:
            forms.append(" ".join(self.units[-2:]))
        return tuple(dict.fromkeys(forms))

    @property
    def spelling(self) -> tuple[str, ...]:
        """Spelling keys of the units."""
        return _spelling(self.units)


@lru_cache(maxsize=100_000)
def _spelling(units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(spelling_key, units))


def given_key(unit: str, given_names: Mapping[str, str]) -> str:
    """Key of a given name under which its variants in other languages and its short forms fall together."""
    folded = fold(unit)
    return spelling_key(given_names.get(folded, folded))


def is_initial(unit: str) -> bool:
    """Whether a given name is written by its initial(s) only: 'J.', 'JD'."""
    letters = fold(unit).replace(" ", "")
    return len(letters) == 1 or (len(letters) == 2 and unit.replace(".", "").isupper())
