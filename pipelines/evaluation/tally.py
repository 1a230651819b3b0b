"""Counting right and wrong: what every comparison of gold and prediction adds up."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class Matches(NamedTuple):
    """Outcome of comparing what was found with what is there."""

    both: int = 0
    only_found: int = 0
    only_gold: int = 0

    def plus(self, other: "Matches") -> "Matches":
        """Sum, member by member."""
        return Matches(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """Share of what was found that is there; 0 when nothing was found."""
        return share(self.both, self.both + self.only_found)

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 when nothing is there."""
        return share(self.both, self.both + self.only_gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return share(2 * self.both, 2 * self.both + self.only_found + self.only_gold)


def matches_of_sets(gold: set[str], found: set[str]) -> Matches:
    """Matches of two sets."""
    return Matches(both=len(gold & found), only_found=len(found - gold), only_gold=len(gold - found))


@dataclass(slots=True)
class Tally:
    """Counts over any number of documents, by quantity."""

    matches: dict[str, Matches] = field(default_factory=lambda: defaultdict(Matches))
    right: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)

    def match(self, quantity: str, matches: Matches) -> None:
        """Count matches of a quantity."""
        self.matches[quantity] = self.matches[quantity].plus(matches)

    def judge(self, quantity: str, right: bool) -> None:
        """Count one thing that is right or wrong."""
        self.items[quantity] += 1
        self.right[quantity] += right

    def share(self, *quantities: str) -> float | None:
        """Share of the things of these quantities, taken together, that are right; None where there are none."""
        items = sum(self.items[q] for q in quantities)
        return sum(self.right[q] for q in quantities) / items if items else None


def share(part: int, whole: int) -> float:
    """`part` of `whole`; 0 of nothing."""
    return part / whole if whole else 0.0


def normal(text: str | None) -> str:
    """Case, kinds of space and the difference between nothing and an empty text do not count."""
    return " ".join((text or "").split()).casefold()
