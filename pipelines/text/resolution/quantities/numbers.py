"""Numbers in a text, in figures and in words, with their values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.text.resolution.quantities.scanning import by_initial, matches_behind

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "b": 1e9, "tn": 1e12, "dozen": 12.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
}  # fmt: skip
_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90
}  # fmt: skip
NUMBER_WORDS = frozenset([*_ONES, *_TENS, "hundred", "thousand", "million", "billion", "trillion"])
_SPACE = r"[ \u00a0\u202f\n]"
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?"
_NUMBER_WORD = "|".join([*sorted(_TENS, key=len, reverse=True), *sorted(_ONES, key=len, reverse=True)])
_BELOW_HUNDRED = rf"(?:{_NUMBER_WORD})(?:[ -](?:{_NUMBER_WORD}))?"
_WORDS = rf"{_BELOW_HUNDRED}(?:{_SPACE}hundred(?:{_SPACE}and{_SPACE}{_BELOW_HUNDRED})?)?"
_PART = rf"half{_SPACE}a|a{_SPACE}quarter{_SPACE}of{_SPACE}a|a{_SPACE}couple{_SPACE}of|an?"
_SCALE_WORD = r"(?:thousand|million|billion|trillion|dozen)"
_SCALE = rf"(?:{_SPACE}?-?(?:hundred|{_SCALE_WORD})|{_SPACE}?(?:bn|tn|mn|k|m|b)(?![\w’']))"
NUMBER = re.compile(
    rf"(?=[\daefhnostz])(?<![\w.,])(?<!\d[:/])(?:"
    rf"(?P<figures>{_FIGURES})(?P<scale>{_SCALE})?"
    rf"|(?P<words>\b(?:{_WORDS}))(?P<word_scale>(?:{_SPACE}|-){_SCALE_WORD}\b)?"
    rf"|(?P<part>\b(?:{_PART})){_SPACE}(?P<part_scale>hundred|{_SCALE_WORD})\b"
    rf")(?!\w*\d)",
    re.IGNORECASE,
)
_FIRST_WORDS = [*_TENS, *_ONES, "half"]
_BEFORE = re.compile(
    rf"[^\w.,](?=\d|{by_initial(form(w) for w in _FIRST_WORDS for form in (str.lower, str.title, str.upper))}"
    r"|[Aa][Nn]?\s[HhTtMmBbDdQqCc])"
)
"""What stands before every number: most places are passed over by it."""
_PARTS = {"half a": 0.5, "a quarter of a": 0.25, "a couple of": 2.0, "a": 1.0, "an": 1.0}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands; offsets in the text."""

    start: int
    end: int
    value: float
    figures: str | None
    """The figures alone, without a scale; None for words."""
    scaled: bool


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in order. Linear in its length."""
    for m in matches_behind(_BEFORE, NUMBER, text):
        if m["figures"]:
            scale = (m["scale"] or "").strip(" \u00a0\u202f\n-").lower()
            digits = re.sub(r"[,\u00a0\u202f]", "", m["figures"])
            if len(digits) > 15:
                continue
            value = round(float(digits) * SCALES.get(scale, 1.0), 6)
            yield Number(m.start(), m.end(), value, m["figures"], bool(scale))
        elif m["words"]:
            scale = (m["word_scale"] or "").strip(" \u00a0\u202f\n-").lower()
            yield Number(m.start(), m.end(), _value(m["words"]) * SCALES.get(scale, 1.0), None, bool(scale))
        else:
            share = _PARTS.get(" ".join(m["part"].lower().split()))
            if share is not None:
                yield Number(m.start(), m.end(), share * SCALES[m["part_scale"].lower()], None, True)


def _value(words: str) -> float:
    total = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += _TENS.get(word, _ONES.get(word, 0.0))
    return total
