"""Numbers in a text, in figures and in words, with their values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "b": 1e9, "tn": 1e12, "dozen": 12.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
}  # fmt: skip
_ONES = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10.0 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SPACE = r"[ \u00a0\u202f\n]"
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?"
_NUMBER_WORD = "|".join([*sorted(_TENS, key=len, reverse=True), *sorted(_ONES, key=len, reverse=True)])
_WORDS = rf"(?:{_NUMBER_WORD})(?:[ -](?:{_NUMBER_WORD}))?(?:{_SPACE}hundred(?:{_SPACE}and{_SPACE}(?:{_NUMBER_WORD})(?:[ -](?:{_NUMBER_WORD}))?)?)?"
_HALF = rf"half{_SPACE}a|a{_SPACE}quarter{_SPACE}of{_SPACE}a|a{_SPACE}couple{_SPACE}of|several|a{_SPACE}few|an?"
_SCALE = rf"(?:{_SPACE}?-?(?:hundred|thousand|million|billion|trillion|dozen)|{_SPACE}?(?:bn|tn|mn|k|m|b)(?![\w’']))"
NUMBER = re.compile(
    rf"(?<![\w.,])(?<!\d[:/-])(?:(?P<figures>{_FIGURES})(?P<scale>{_SCALE})?|(?P<words>\b(?:{_WORDS}))(?P<word_scale>(?:{_SPACE}|-)(?:thousand|million|billion|trillion|dozen)\b)?"
    rf"|(?P<vague>\b(?:{_HALF})){_SPACE}(?P<vague_scale>hundred|thousand|million|billion|trillion|dozen)\b)(?![\w]*\d)",
    re.IGNORECASE,
)
_VAGUE = {"half a": 0.5, "a quarter of a": 0.25, "a couple of": 2.0, "a": 1.0, "an": 1.0}


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
    for m in NUMBER.finditer(text):
        if m["figures"]:
            scale = (m["scale"] or "").strip(" \u00a0\u202f\n-").lower()
            digits = re.sub(r"[,\u00a0\u202f]", "", m["figures"])
            if len(digits) > 15:
                continue
            yield Number(m.start(), m.end(), round(float(digits) * SCALES.get(scale, 1.0), 6), m["figures"], bool(scale))
        elif m["words"]:
            scale = (m["word_scale"] or "").strip(" \u00a0\u202f\n-").lower()
            yield Number(m.start(), m.end(), _value(m["words"]) * SCALES.get(scale, 1.0), None, bool(scale))
        else:
            share = _VAGUE.get(" ".join(m["vague"].lower().split()))
            if share is not None:
                yield Number(m.start(), m.end(), share * SCALES[m["vague_scale"].lower()], None, True)


def _value(words: str) -> float:
    total = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += _TENS.get(word, _ONES.get(word, 0.0))
    return total
