"""What the columns of a table hold, the text, the title, who published it and when: by their names and values."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.labels import (
    AUTHOR_LABELS,
    BODY_LABELS,
    DATE_LABELS,
    SOURCE_LABELS,
    STANDFIRST_LABELS,
    TITLE_LABELS,
)
from pipelines.text.splitting.tables.records import Record, Value

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABELS = AUTHOR_LABELS | BODY_LABELS | DATE_LABELS | SOURCE_LABELS | STANDFIRST_LABELS | TITLE_LABELS
_SAMPLE = 200
"""Records by which columns are known."""
_MIN_TEXT = 20
"""Words, in the median, of a column that holds articles' text."""
_MIN_SUMMARY = 5
_TITLE_WORDS = range(3, 31)
"""Words, in the median, of a column that holds titles."""
_MOST, _HALF = 0.8, 0.5
"""Shares of a column's values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names of the columns that hold what; None where none does."""

    text: str
    title: str | None
    standfirst: str | None
    source: str | None
    author: str | None
    date: str | None


def columns_of(text: str, records: Sequence[Record]) -> Columns | None:
    """What the columns of `records` hold; None where no column holds texts."""
    values: dict[str, list[str]] = defaultdict(list)
    for record in records[:_SAMPLE]:
        whole: dict[str, list[Value]] = defaultdict(list)
        for value in record.values:
            whole[value.column].append(value)
        for column, parts in whole.items():
            values[column].append(" ".join(text[part.start : part.end] for part in parts))
    enough = _HALF * min(len(records), _SAMPLE)
    full = {column: own for column, own in values.items() if len(own) >= enough}
    total = {column: sum(map(len, own)) for column, own in full.items()}
    long = [column for column, own in full.items() if _usual_words(own) >= _MIN_TEXT]
    named = [column for column in long if _named(column, BODY_LABELS)]
    summaries = {column for column in full if _named(column, STANDFIRST_LABELS)}
    body = max(named or [c for c in long if c not in summaries] or long, key=lambda c: (total[c], c), default=None)
    if body is None:
        return None
    others = {column: own for column, own in full.items() if column != body}
    title = _first(others, lambda column, own: _named(column, TITLE_LABELS) and _are_titles(own))
    if title is None:
        title = _first(others, lambda column, own: column not in summaries and _are_titles(own) and _are_unlike(own))
    return Columns(
        text=body,
        title=title,
        standfirst=_first(others, lambda column, own: column in summaries and _usual_words(own) >= _MIN_SUMMARY),
        source=_first(others, lambda column, own: _named(column, SOURCE_LABELS) and _are_names(own)),
        author=_first(values, lambda column, own: _named(column, AUTHOR_LABELS) and _are_names(own)),
        date=_first(others, lambda column, own: _named(column, DATE_LABELS) and _are_dates(own))
        or _first(others, lambda column, own: _are_dates(own)),
    )


def _first(values: dict[str, list[str]], holds: Callable[[str, list[str]], bool]) -> str | None:
    return next((column for column, own in values.items() if holds(column, own)), None)


def _named(column: str, labels: frozenset[str]) -> bool:
    """Whether a column's name is among the labels, or that of what it is a part of where its own says nothing."""
    parts = (" ".join(_CAMEL.sub(" ", part).replace("_", " ").split()).casefold() for part in column.split("."))
    spelled = [{part, part.replace(" ", "-"), part.replace(" ", "")} for part in parts]
    telling = next((own for own in reversed(spelled) if own & _LABELS), set())
    return not labels.isdisjoint(telling)


def _usual_words(own: Sequence[str]) -> int:
    return sorted(len(value.split()) for value in own)[len(own) // 2]


def _are_titles(own: Sequence[str]) -> bool:
    return _usual_words(own) in _TITLE_WORDS


def _are_unlike(own: Sequence[str]) -> bool:
    """Whether hardly a value is twice there, as with titles; and hardly one is a date."""
    return len(set(own)) >= _MOST * len(own) and not _are_dates(own)


def _are_names(own: Sequence[str]) -> bool:
    """Whether most values have letters, and are short: no number, no address, and no text."""
    named = sum(
        any(map(str.isalpha, value)) and "/" not in value and len(value.split()) <= _TITLE_WORDS.stop for value in own
    )
    return named >= _MOST * len(own)


def _are_dates(own: Sequence[str]) -> bool:
    dated = sum(len(value) <= 40 and any(dates_in(value)) for value in own)
    return dated >= _MOST * len(own)
