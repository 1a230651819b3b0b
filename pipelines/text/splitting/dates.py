"""Dates written in a text, with the precision they are written with: numbers, and names of months in ten languages."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from babel.dates import get_day_names, get_month_names

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_WORD = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501
WEEKDAY_WORD = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b)"

_LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr")
"""Beside English, of the lines that programs write above articles."""


def _spellings(name: str) -> set[str]:
    """A name casefolded, with its accents and without them."""
    folded = name.casefold()
    return {folded, "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))}


_FOREIGN_MONTHS = {
    spelling: number
    for language in _LANGUAGES
    for number, name in get_month_names("wide", locale=language).items()
    for spelling in _spellings(name)
}
_FOREIGN_DAYS = sorted(
    {
        spelling
        for language in _LANGUAGES
        for name in get_day_names("wide", locale=language).values()
        for spelling in _spellings(name)
    }
)
_ANY_MONTH = rf"(?:{'|'.join(sorted(_FOREIGN_MONTHS, key=lambda name: (-len(name), name)))}|{MONTH_WORD})"
_DATE = re.compile(
    rf"\b(?:(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d\d?)(?:[-/.](?P<d1>\d\d?))?(?!\d)"
    rf"|(?P<d2>\d\d?)(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:of\s+|de\s+)?|-)(?P<n2>{_ANY_MONTH})\b\.?,?(?:\s+(?:de\s+)?|-)"
    rf"(?P<y2>(?:19|20)\d\d)\b|(?P<d6>\d\d?)-(?P<n6>{MONTH_WORD})-(?P<y6>\d\d)\b"
    rf"|(?P<n3>{MONTH_WORD})\b\.?\s+(?P<d3>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y3>(?:19|20)\d\d)\b"
    rf"|(?P<n4>{MONTH_WORD})\b\.?,?\s+(?P<y4>(?:19|20)\d\d)\b"
    rf"|(?P<a5>\d\d?)(?P<s5>[/.])(?P<b5>\d\d?)(?P=s5)(?P<y5>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_TIME_OR_FILLER = re.compile(
    rf"{WEEKDAY_WORD}|\b(?:{'|'.join(_FOREIGN_DAYS)})\b|\b\d\d?[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?"
    r"|\b(?:[a-z]{1,4}t|utc|gmt)\b|[+-]\d\d:?\d\d|\b(?:published|posted|updated?|created|date|month|day|issue|on|at|of|the|by"
    r"|edition|time|first|last|and|modified|aired|broadcast|vom|uhr|le|el|il|den|em|stand|erstellt|aktualisiert|zuletzt|publié|mis|jour"
    r"|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|à|às|alle)\b|[\s:,.|/()•·–—-]+",
    re.IGNORECASE,
)
_TIME_AT_ENDS = re.compile(
    rf"^[\s,]*(?:at\s+)?\d\d?[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?(?:\s*(?:[A-Z]{{2,4}}T|UTC|GMT)\b)?"
    rf"|(?:\b(?:{WEEKDAY_WORD}|published|posted|updated|on)[\s,:]*)+$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:published|posted|updated)\s+)?(?:\d+|an?|one|two)\s*(?:m|h|d|mins?|minutes?|hrs?|hours?|days?|weeks?)\s+ago",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"\b(\d\d?)/(\d\d?)/(?:19|20)\d\d\b")
_DECEMBER = 12
_THIS_CENTURY = 49
"""Last year of two figures that is taken to be one of this century."""
_SEPARATORS = " ,;|/·•–—-"
_MOST_NAMES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date as a text gives it."""

    day: date
    """The first day of the period when the precision is 'month'."""
    precision: Literal["day", "month"]
    start: int
    end: int
    day_first: date | None = None
    """The day, if '03/04/2021' is the third of April; `day` is the other one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesWithDate:
    """The names that stand beside a date."""

    names: str
    of_author: bool
    """Whether 'By' stands before them."""


def dates_in(text: str) -> Iterator[WrittenDate]:
    """The dates with an explicit year in `text`, in order; what only looks like one (31 June) is left out."""
    for match in _DATE.finditer(text):
        group = match.groupdict()
        if group["y1"]:
            found = _written(group["y1"], group["m1"], group["d1"], match)
        elif group["y2"]:
            found = _written(group["y2"], _month(group["n2"]), group["d2"], match)
        elif group["y3"]:
            found = _written(group["y3"], _month(group["n3"]), group["d3"], match)
        elif group["y4"]:
            found = _written(group["y4"], _month(group["n4"]), None, match)
        elif group["y6"]:
            century = "20" if int(group["y6"]) <= _THIS_CENTURY else "19"
            found = _written(century + group["y6"], _month(group["n6"]), group["d6"], match)
        else:
            found = _numeric(group["y5"], group["a5"], group["b5"], match)
        if found:
            yield found


def date_of_line(text: str) -> WrittenDate | None:
    """The date of a line that says hardly anything but a date, such as 'Month: May 2024' or 'Monday, 6 May 2024'."""
    if len(text) > 100:
        return None
    rest = text
    dates = list(dates_in(text))
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    return dates[0] if dates and not _TIME_OR_FILLER.sub("", rest) else None


def is_relative_date(text: str) -> bool:
    """Whether a line says only how long ago something was published: 'Published 3 hours ago'."""
    return _AGO.fullmatch(text.strip(" .")) is not None


def names_with_date(text: str, *, precisions: Collection[str] = ("day",)) -> NamesWithDate | None:
    """The names beside the day in a line that says hardly anything else: 'Example News | 6 May 2024'; else None.

    A sign sets them apart, or 'By' opens the line. `precisions` says how precise the date has to be.
    """
    found = next(dates_in(text), None) if len(text) <= 100 else None
    if found is None or found.precision not in precisions:
        return None
    before, after = _TIME_AT_ENDS.sub("", text[: found.start]), _TIME_AT_ENDS.sub("", text[found.end :])
    if before and after:
        return None
    rest = before.rstrip() if before else after.lstrip()
    without_sign = rest.rstrip(_SEPARATORS) if before else rest.lstrip(_SEPARATORS)
    names = without_sign.strip()
    of_author = names[:3].casefold() == "by "
    words = names.removeprefix("By ").removeprefix("by ").split()
    named = 0 < len(words) <= _MOST_NAMES and all(
        word.lstrip("(")[:1].isupper() or word in ("and", "&", "|", "of", "the") for word in words
    )
    set_apart = of_author or without_sign != rest
    return NamesWithDate(names=names, of_author=of_author) if named and set_apart else None


def weekday_after(text: str, anchor: date, *, within: int) -> date | None:
    """The day that the first weekday named in `text` is, when that is at most `within` days after `anchor`."""
    match = WEEKDAY.search(text)
    if match is None:
        return None
    days = (_WEEKDAYS.index(match.group().lower()) - anchor.weekday()) % 7
    return anchor + timedelta(days=days) if days <= within else None


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Whether texts write '31/12/2021', never '12/31/2021'; False the other way round, None where they tell neither."""
    orders = set()
    for text in texts:
        for match in _SLASHES.finditer(text):
            first, second = int(match[1]), int(match[2])
            if (first > _DECEMBER) != (second > _DECEMBER):
                orders.add(first > _DECEMBER)
    return orders.pop() if len(orders) == 1 else None


def _month(word: str) -> int:
    folded = word.lower()
    return _FOREIGN_MONTHS.get(folded) or next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(folded[:3]))


def _numeric(year: str, first: str, second: str, match: re.Match[str]) -> WrittenDate | None:
    """Day and month in figures; between dots the day comes first, between strokes where one of them is no month."""
    day_first, month_first = _written(year, second, first, match), _written(year, first, second, match)
    if match["s5"] == "." or month_first is None or day_first is None:
        return day_first or (month_first if match["s5"] == "/" else None)
    return month_first if first == second else replace(month_first, day_first=day_first.day)


def _written(year: str, month: str | int, day: str | int | None, match: re.Match[str]) -> WrittenDate | None:
    try:
        value = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return WrittenDate(day=value, precision="day" if day is not None else "month", start=match.start(), end=match.end())
