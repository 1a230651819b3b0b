"""Dates that a text names, with their precision: what the words say, before anybody asks when they were written.

"on Friday" and "3 March" say no year; which day is meant follows from the day of publication, and is worked out where
that is known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.wordlists import word_set
from pipelines.text.resolution.quantities.scanning import by_initial, matches_behind

Precision = Literal["day", "month", "year", "decade", "century"]

_MONTHS = {
    month: number
    for number, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DAYS = {day: number for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), start=1)}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept\.?|Sep\.?|Oct\.?|Nov\.?|Dec\.?|"
    r"JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[4-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_PREPOSITIONS = word_set("in since by until during from before after late early mid this last next")
_BEFORE_MONTH = by_initial([*_PREPOSITIONS, *map(str.title, _PREPOSITIONS), "of"])
_COUNTED = r"(?:percent|per\scent|people|million|billion|troops|miles|km|kilomet)"
_S = r"[ \u00a0\n]"
_PATTERN = re.compile(
    rf"""
    \b(?:
        (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b
      | (?P<d1>{_DAY})(?:{_S}of)?{_S}(?P<m1>{_MONTH})(?:,?{_S}(?P<y1>{_YEAR}))?(?![\w])
      | (?P<m2>{_MONTH}){_S}(?P<d2>{_DAY})(?![\w%]|[,.]\d)(?:,?{_S}(?P<y2>{_YEAR})(?![\w-]))?
      | (?P<m3>{_MONTH})(?:,|{_S}of)?{_S}(?P<y3>{_YEAR})(?![\w-])
      | (?P<decade>1[4-9]\d0|20\d0)['’]?s\b
      | (?P<century>[1-9]|1\d|2[01])(?:st|nd|rd|th)(?:{_S}|-)(?:century)\b
      | (?:(?P<before>[Ll]ast|[Nn]ext|[Tt]his){_S})?
        (?P<weekday>{_WEEKDAY})(?!['’]?s?{_S}(?:Night{_S}Live|Times|Mail|Telegraph))\b
      | (?P<relative>[Yy]esterday|[Tt]oday|TODAY|[Tt]omorrow|(?:[Ll]ast|[Nn]ext|[Tt]his){_S}(?:month|year))\b
      | (?:{_BEFORE_MONTH}){_S}(?P<m4>{_MONTH})(?!{_S}?\d)(?![\w])
      | (?<![\w,.$€£])(?P<year>{_YEAR})(?![\w%]|[,.]\d|{_S}?{_COUNTED})
    )
  | (?<![\w])['’](?P<short_decade>[2-9]0)s\b
    """,
    re.VERBOSE,
)
_RELATIVE = word_set("last next this yesterday today tomorrow")
_STARTS = {
    *map(str.title, _MONTHS), *map(str.upper, _MONTHS), *map(str.title, _DAYS), *_RELATIVE,
    *map(str.title, _RELATIVE), "TODAY",
}  # fmt: skip
_BEFORE = re.compile(rf"\W(?=\d|['’][2-9]0s|(?:{_BEFORE_MONTH}){_S}[A-Z]|{by_initial(_STARTS)})")
"""What stands before every date: most places are passed over by it."""
_LEAD = re.compile(
    r"\b(?:in|since|by|until|till|from|of|before|after|during|late|early|mid|around|and|to|the|year)[ \u00a0\n-]$", re.I
)
"""Words that make the number of four figures behind them a year."""
_SINGULAR = re.compile(r"[ \n](?!\w+s\b)[A-Z]?[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDate:
    """A date named in an article; offsets in the document's text."""

    precision: Precision
    year: int | None
    """The first year of a decade or century; None where the text gives none."""
    month: int | None
    day: int | None
    weekday: int | None
    """1 for Monday to 7 for Sunday, where the day is named by it."""
    relative: str | None
    """'yesterday', 'last week' and the like, 'last' or 'next' before a weekday or a month."""
    surface: str
    start_char: int
    end_char: int


def find_dates(article: ArticleText) -> list[MentionedDate]:
    """The dates of an article in order. Linear in its length."""
    found = []
    for segment in article.segments:
        for start, end, m in _matches(segment.text):
            parts = _parts(m)
            if parts is not None:
                found.append(
                    MentionedDate(
                        **parts, surface=segment.text[start:end], start_char=segment.start_char + start,
                        end_char=segment.start_char + end,
                    )
                )  # fmt: skip
    return found


def _matches(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    for m in matches_behind(_BEFORE, _PATTERN, text):
        if m["year"] and not _LEAD.search(text, max(m.start() - 9, 0), m.start()) and not _alone(text, m):
            continue
        yield _start(m), m.end(), m


def _start(m: re.Match[str]) -> int:
    """Without the preposition that the pattern needed."""
    return m.start("m4") if m["m4"] and not m.group().lower().startswith(("last", "next", "this")) else m.start()


def _alone(text: str, m: re.Match[str]) -> bool:
    """Whether a bare number of four figures is a year: in brackets, before a comma or at an end, or before a noun."""
    after = text[m.end() : m.end() + 1]
    before = text[m.start() - 1 : m.start()] if m.start() else " "
    if before in "(–-/" or after in ")–":
        return True
    return bool(_SINGULAR.match(text, m.end()))


def _parts(m: re.Match[str]) -> dict | None:
    none = {"year": None, "month": None, "day": None, "weekday": None, "relative": None}
    word = m.group().lower().split()[0]
    if m["iso"]:
        year, month, day = map(int, m["iso"].split("-"))
        return _valid(none | {"precision": "day", "year": year, "month": month, "day": day})
    for d, mo, y in (("d1", "m1", "y1"), ("d2", "m2", "y2")):
        if m[mo]:
            year = int(m[y]) if m[y] else None
            day = int(re.sub(r"\D", "", m[d]))
            return _valid(none | {"precision": "day", "year": year, "month": _month(m[mo]), "day": day})
    if m["m3"]:
        return none | {"precision": "month", "year": int(m["y3"]), "month": _month(m["m3"])}
    if m["decade"] or m["short_decade"]:
        year = int(m["decade"]) if m["decade"] else 1900 + int(m["short_decade"])
        return none | {"precision": "decade", "year": year}
    if m["century"]:
        return none | {"precision": "century", "year": 100 * (int(m["century"]) - 1)}
    direction = word if word in ("last", "next", "this") else None
    if m["weekday"]:
        return none | {"precision": "day", "weekday": _DAYS[m["weekday"][:3].lower()], "relative": direction}
    if m["relative"]:
        said = " ".join(m["relative"].lower().split())
        precision = "month" if said.endswith("month") else "year" if said.endswith("year") else "day"
        return none | {"precision": precision, "relative": said}
    if m["m4"]:
        return none | {"precision": "month", "month": _month(m["m4"]), "relative": direction}
    return none | {"precision": "year", "year": int(m["year"])}


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _valid(parts: dict) -> dict | None:
    try:
        date(parts["year"] or 2000, parts["month"], parts["day"])
    except ValueError:
        return None
    return parts
