"""Date of publication of an article, only from what the text shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Literal

from pipelines.text.splitting.dates import WrittenDate, dates_in, weekday_after
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.roles import Role, around
from pipelines.text.splitting.shapes import dateline_length
from pipelines.text.splitting.units import Unit

_ARCHIVE_PICTURE = re.compile(r"\b(?:file|archive|undated)\b", re.IGNORECASE)
_RETRIEVED = re.compile(any_of("retrieval_words"), re.IGNORECASE)
"""Opens a line that tells when somebody got hold of a text."""
HEADER_LINES = 12
"""Lines of a file's header that are read."""
_CAPTION_DAYS = 3
"""Days after a caption's date within which the weekday that the lead names is taken as the day of publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an article was published, as far as the text shows."""

    day: date
    precision: Literal["day", "month", "year"]
    evidence: str


def header_date(header: Sequence[Unit], *, day_first: bool | None) -> Publication | None:
    """Date that the file's header gives for all its articles."""
    for unit in header[:HEADER_LINES]:
        for found in dates_in(unit.text[:200]):
            return _publication(found, f"file header, line {unit.first_line}", unit.text, day_first)
    return None


def article_date(
    units: Sequence[Unit],
    roles: Sequence[Role],
    from_header: Publication | None,
    path: str | None,
    *,
    day_first: bool | None,
) -> Publication | None:
    """Date of an article, from its file's header, metadata, dateline, captions or the file's name, in this order.

    `day_first` says what '03/04/2021' means; the year alone, where that is not known.
    """
    from_metadata = _metadata_date(units, roles, day_first)
    if from_header is not None:
        # a header of a month is made exact by a day of that month, and by nothing else
        exact = from_metadata and from_header.precision == "month" and from_metadata.precision == "day"
        same = exact and from_metadata and from_metadata.day.replace(day=1) == from_header.day
        return from_metadata if same else from_header
    if from_metadata is not None:
        return from_metadata
    for unit, role in zip(units, roles, strict=True):
        if role.kind == "body":
            length = dateline_length(unit.text)
            for found in dates_in(unit.text[:length]):
                return _publication(found, f"dateline, line {unit.first_line}", unit.text, day_first)
            break
    captioned = _caption_date(units, roles, day_first)
    return captioned or _path_date(path, day_first)


def _metadata_date(units: Sequence[Unit], roles: Sequence[Role], day_first: bool | None) -> Publication | None:
    """The first day that metadata give; where they give none, the first month or year."""
    first: Publication | None = None
    for unit, role in zip(units, roles, strict=True):
        told = role.kind == "header" and not _RETRIEVED.match(unit.text)
        text = around(unit.text, role) if role.kind == "title" else unit.text[:200] if told else ""
        for found in dates_in(text):
            date = _publication(found, f"metadata, line {unit.first_line}", text, day_first)
            if found.precision == "day":
                return date
            first = first or date
            break
    return first


def _caption_date(units: Sequence[Unit], roles: Sequence[Role], day_first: bool | None) -> Publication | None:
    """A dated caption next to the head gives the month; the day too, when the lead names a weekday close after it."""
    lead = next((i for i, role in enumerate(roles) if role.kind == "body"), len(units))
    for unit, role in zip(units[:lead], roles[:lead], strict=True):
        if role.kind != "caption" or role.rule == "after_marker" or _ARCHIVE_PICTURE.search(unit.text):
            continue
        for found in dates_in(unit.text[:1000]):
            where = f"caption, line {unit.first_line}"
            if found.precision == "day" and found.day_first is None and lead < len(units):
                day = weekday_after(units[lead].text[:600], found.day, within=_CAPTION_DAYS)
                if day is not None:
                    text = unit.text[found.start : found.end]
                    return Publication(
                        day=day, precision="day", evidence=f"{where}: {text}; weekday in line {units[lead].first_line}"
                    )
            caption = _publication(found, where, unit.text, day_first)
            if caption.precision == "year":
                return caption
            return Publication(day=caption.day.replace(day=1), precision="month", evidence=caption.evidence)
    return None


def _path_date(path: str | None, day_first: bool | None) -> Publication | None:
    if not path:
        return None
    name = re.sub(r"(?<=\d)_(?=\d)", "-", PurePath(path).stem).replace("_", " ")
    name = re.sub(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", r" \1-\2-\3 ", name)
    name = re.sub(r"(?<=[^\W\d])(?=(?:19|20)\d\d(?!\d))", " ", name)
    for found in dates_in(name):
        return _publication(found, "file name", name, day_first)
    return None


def _publication(found: WrittenDate, where: str, text: str, day_first: bool | None) -> Publication:
    evidence = f"{where}: {text[found.start : found.end]}"
    if found.day_first is None or day_first is False:
        return Publication(day=found.day, precision=found.precision, evidence=evidence)
    if day_first:
        return Publication(day=found.day_first, precision="day", evidence=evidence)
    return Publication(day=found.day.replace(month=1, day=1), precision="year", evidence=evidence)
