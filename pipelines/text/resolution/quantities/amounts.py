"""Amounts: numbers with what they count or measure: 150,000 troops, €500 billion, 4.5 percent, 30 km.

A number without a unit or an object is none: scores, numbers of pages and of houses are left out, and so are ages,
times of day and dates.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.wordlists import word_set
from pipelines.text.resolution.quantities.dates import MentionedDate
from pipelines.text.resolution.quantities.numbers import NUMBER_WORDS, Number, numbers
from pipelines.text.resolution.quantities.units import UnitKind, Units

Kind = UnitKind | Literal["count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount in an article; offsets in the document's text."""

    kind: Kind
    value: float
    """In `unit`, scale words worked in: 5e11 for "€500 billion". The lower end of a range."""
    high: float | None
    """The upper end of a range ("10 to 12 miles"); None where it is none."""
    unit: str | None
    """ISO 4217 code, 'percent', or the unit's name; None for a count."""
    object: str | None
    """What is counted or of what there is so much, as the text has it ("Russian troops"); None where it is not said."""
    qualifier: str | None
    """'about', 'at least', 'at most', where the text limits the number."""
    surface: str
    start_char: int
    end_char: int


_QUALIFIER = re.compile(
    r"(?:(?P<about>about|around|some|roughly|approximately|nearly|almost|an estimated|estimated|close to|circa)"
    r"|(?P<least>at least|more than|over|no fewer than|no less than|upwards of|above|exceeding|in excess of)"
    r"|(?P<most>at most|up to|less than|fewer than|no more than|under|below|as many as|as much as))"
    r"\s+(?:the |a |an )?$"
)
"""What limits a number, right before it, in lower case."""
_RANGE = re.compile(r"\s*(?:-|–|—|to|and)\s*[$€£¥₹₽₴]?$")
_BETWEEN = re.compile(r"\bbetween\s+\S{0,3}$", re.I)
_WORD = re.compile(r"[ \u00a0\n]((?:[A-Z]\.)+|[^\W\d_]+(?:[-’'][^\W\d_]+)*)")
_STOP = word_set(
    """
    the a an this that these those and or but nor of in on at to for from with by as than is are was were be been has
    have had will would can could may might must should do does did not if when while after before since until during
    who which what where whose it its he she they his her their we our you your i my me him them us there here then so
    said says say told ago later earlier old each per apiece more less about around over under between among through
    into against within without because although though however also only just even now still already yet too very
    up down out off away back again once ever never both either neither all any some most other another such same times
    died went came took made got became began won lost left fell rose held led met set hit cut put ran saw
    """
)
_PLURALS = word_set(
    """
    people men women children troops police personnel staff cattle sheep fish aircraft feet teeth mice geese crew
    militia cavalry infantry forces deer offspring poultry spacecraft helicopters media data species households
    killed wounded injured dead missing detained arrested hospitalized hospitalised displaced infected
    """
)
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|’s|'s)$")
_NEVER_BEFORE = re.compile(
    r"(?:\b(?:aged?|age of|page|chapter|article|section|no\.|number|room|flight|channel|highway|route|interstate|act|"
    r"version|level|grade|game|round|week|day|top|class of|category|type|resolution|protocol|title)|#|[:/])\s*$"
)
"""What makes a number a name, in lower case: "page 12"."""
_OF = re.compile(r"[ \n](?:of|in|worth of)[ \n]")
_TIME = re.compile(r"(?::\d\d|[ \u00a0]?[ap]\.?m\b|[ \u00a0]?o['’]clock)", re.I)
MAX_OBJECT_WORDS = 4


def find_amounts(article: ArticleText, dates: Iterable[MentionedDate], units: Units) -> list[Amount]:
    """The amounts of an article in order. `dates`: those of the article, which are no amounts. Linear in its length."""
    taken = [(d.start_char, d.end_char) for d in dates]
    found: list[Amount] = []
    for segment in article.segments:
        start = bisect_left(taken, (segment.start_char, 0))
        end = bisect_left(taken, (segment.start_char + len(segment.text), 0))
        inside = [(a - segment.start_char, b - segment.start_char) for a, b in taken[start:end]]
        found += (_moved(amount, segment.start_char) for amount in _in_text(segment.text, inside, units))
    return found


def _moved(amount: Amount, by: int) -> Amount:
    return Amount(
        kind=amount.kind, value=amount.value, high=amount.high, unit=amount.unit, object=amount.object,
        qualifier=amount.qualifier, surface=amount.surface, start_char=amount.start_char + by,
        end_char=amount.end_char + by,
    )  # fmt: skip


def _in_text(text: str, dates: Iterable[tuple[int, int]], units: Units) -> Iterable[Amount]:
    dates = iter(dates)
    date = next(dates, None)
    pending: Number | None = None
    last = 0
    all_numbers = list(numbers(text))
    for index, number in enumerate(all_numbers):
        while date and date[1] <= number.start:
            date = next(dates, None)
        if date and date[0] < number.end:
            pending = None
            continue
        following = all_numbers[index + 1] if index + 1 < len(all_numbers) else None
        if pending is None and following and _opens_range(text, number, following, units):
            pending = number
            continue
        first, pending = pending, None
        amount = _amount(text, first, number, units)
        if amount is not None and amount.start_char >= last:
            last = amount.end_char
            yield amount


def _opens_range(text: str, low: Number, high: Number, units: Units) -> bool:
    """Whether two numbers are the ends of one amount: "10 to 12 miles", "between 5 and 7"."""
    if high.start - low.end >= 8 or high.value <= low.value or not _RANGE.fullmatch(text, low.end, high.start):
        return False
    if "and" in text[low.end : high.start] and not _BETWEEN.search(text[max(low.start - 14, 0) : low.start]):
        return False
    return _unit(text, low.end, units) is None


def _amount(text: str, low: Number | None, number: Number, units: Units) -> Amount | None:
    first = low or number
    before = text[max(first.start - 40, 0) : first.start]
    sign = units.sign_pattern.search(before)
    start, end = first.start - (len(before) - sign.start() if sign else 0), number.end
    kind: Kind = "count"
    unit = thing = None
    if sign:
        kind, unit = "money", units.signs[sign[1]]
    elif found := _unit(text, end, units):
        (unit, named), end = found
        kind = named
    if kind == "count":
        counted = _object(text, end)
        if counted is None or (number.figures and _year(number) and low is None):
            return None
        if _NEVER_BEFORE.search(before.lower()) or _TIME.match(text, end) or text[end : end + 1] in "°":
            return None
        end = counted
        thing = text[number.end : end].strip(" -\u00a0\n")
        if number.figures is None and number.value <= 1 and not number.scaled:
            return None  # "one thing" counts nothing
    elif kind in ("money", "measure") and (of := _OF.match(text, end)):
        counted = _object(text, of.end() - 1, any_noun=True)
        if counted is not None:
            thing, end = text[of.end() : counted], counted
    value, high = (low.value, number.value) if low else (number.value, None)
    if low and number.scaled and not low.scaled and low.value < 1000:
        value = round(low.value * number.value / _unscaled(number), 6)
    named_by = None
    if qualifier := _QUALIFIER.search(text[max(start - 30, 0) : start].lower()):
        named_by = "about" if qualifier["about"] else "at least" if qualifier["least"] else "at most"
    return Amount(
        kind=kind, value=value, high=high, unit=unit, object=" ".join(thing.split()) if thing else None,
        qualifier=named_by, surface=text[start:end], start_char=start, end_char=end,
    )  # fmt: skip


def _unscaled(number: Number) -> float:
    """The number before its scale word."""
    return float(re.sub(r"[^\d.]", "", number.figures)) if number.figures else 1.0


def _unit(text: str, at: int, units: Units) -> tuple[tuple[str, UnitKind], int] | None:
    m = units.pattern.match(text, at)
    if m is None:
        return None
    form = m[1]
    known = units.forms.get(form)
    return (known, m.end()) if known else None


def _year(number: Number) -> bool:
    figures = number.figures or ","
    return "," not in figures and not number.scaled and 1000 <= number.value <= 2100


def _object(text: str, at: int, *, any_noun: bool = False) -> int | None:
    """Where the noun phrase behind a number ends: at its first plural; None where there is none."""
    end = at
    if text[at : at + 1] == "-":
        return None  # "a 12-year-old", "19-point"
    for count in range(MAX_OBJECT_WORDS):
        m = _WORD.match(text, end)
        if m is None:
            return None
        word = m[1].lower()
        if word in _STOP or word in NUMBER_WORDS or word.endswith("ly"):
            return None
        end = m.end()
        if text[end : end + 1] in "’'":
            return None
        plural = word in _PLURALS or (word.endswith("s") and len(word) > 3 and not _NOT_PLURAL.search(word))
        if plural or (any_noun and count == 0 and not _WORD.match(text, end)):
            return end
    return None
