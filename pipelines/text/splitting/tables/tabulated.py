"""Spans and articles of a text that is a table: a record an article, its columns the fields."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.text.splitting.assemble import article_of, between, opening, span_of
from pipelines.text.splitting.dates import day_comes_first
from pipelines.text.splitting.lines import BLANK
from pipelines.text.splitting.news import tells_news
from pipelines.text.splitting.roles import Role
from pipelines.text.splitting.spans import Article, Span, Split
from pipelines.text.splitting.tables.columns import Columns, columns_of
from pipelines.text.splitting.tables.json_records import json_records
from pipelines.text.splitting.tables.records import Record, Table, Value
from pipelines.text.splitting.tables.rows import rows
from pipelines.text.splitting.tables.xml_records import xml_records
from pipelines.text.splitting.units import Unit
from pipelines.text.splitting.wrappers import BLOCK_TAG

_SURE = 0.999
"""Confidence that a record is an article of its own."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_BREAK = re.compile(rf"[\r\n]|{BLOCK_TAG.pattern}", BLOCK_TAG.flags)
"""Where one paragraph of a value ends and the next one begins."""
_ESCAPED_BREAK = re.compile(rf"\\[nr]|(?P<other>\\.)|{_BREAK.pattern}", _BREAK.flags)
_ANY = re.compile(rf"[^{BLANK}\r\n]")


def split_table(text: str, path: str | None) -> Split | None:
    """Splits a document that is a table of articles; None where it is none."""
    found = _table(text)
    if found is None:
        return None
    table, columns = found
    cells = _cells(text, table, columns)
    day_first = day_comes_first(unit.text for cell in cells for unit, role in cell.units if role.rule == _DATE.rule)
    sample = [unit.text for cell in cells for unit, role in cell.units if role.kind == "body"]
    sure = round(_SURE * tells_news(sample), 4)
    spans: list[Span] = []
    articles: list[Article] = []
    position, line = 0, 1
    for cell in cells:
        ordinal = len(articles) + 1 if cell.has_text else None
        spans.extend(between(text, position, cell.record.start, line, None, "table"))
        position, line = cell.record.start, cell.first_line
        own = list(_spans(text, cell, ordinal))
        spans.extend(own)
        position, line = cell.record.end, cell.last_line
        if ordinal is not None:
            units, roles = [unit for unit, _ in cell.units], [role for _, role in cell.units]
            articles.append(article_of(text, units, roles, own, None, None, path, sure, day_first))
    spans.extend(between(text, position, len(text), line, None, "table"))
    return Split(layout="table", layout_confidence=_SURE, spans=tuple(spans), articles=tuple(articles))


@dataclass(slots=True, kw_only=True)
class _Cells:
    """A record's values that an article is made of, as units with roles."""

    record: Record
    first_line: int
    last_line: int
    units: list[tuple[Unit, Role]] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(role.kind in ("title", "standfirst", "body") for _, role in self.units)


_DATE = Role(kind="header", rule="label_date")
_ROLES = {
    "text": Role(kind="body", rule="label_text"),
    "title": Role(kind="title", rule="title_label"),
    "standfirst": Role(kind="standfirst", rule="label_standfirst"),
    "source": Role(kind="header", rule="label_source"),
    "author": Role(kind="byline", rule="byline_label"),
    "date": _DATE,
}


def _table(text: str) -> tuple[Table, Columns] | None:
    """The way to see the text as a table of which a column holds texts: the first where they have titles, too."""
    first = _ANY.search(text)
    opening = first[0] if first else ""
    is_json = opening in ("{", "[")
    untitled: tuple[Table, Columns] | None = None
    for records in json_records(text) if is_json else xml_records(text) if opening == "<" else rows(text):
        if columns := columns_of(text, records):
            # what is tabbed has no other way to break lines; commas come with quotation marks
            tabbed = not is_json and "\t" in text[: records[0].start]
            way = Table(records=records, escaped=is_json or tabbed), columns
            if columns.title:
                return way
            untitled = untitled or way
    return untitled


def _cells(text: str, table: Table, columns: Columns) -> list[_Cells]:
    line_ends = [match.end() for match in _LINE_END.finditer(text)]
    role_of = {getattr(columns, name): role for name, role in _ROLES.items() if getattr(columns, name)}
    out: list[_Cells] = []
    for record in table.records:
        cells = _Cells(
            record=record,
            first_line=bisect_right(line_ends, record.start) + 1,
            last_line=bisect_right(line_ends, record.end - 1) + 1,
        )
        for value in record.values:
            if role := role_of.get(value.column):
                pieces = (
                    _paragraphs(text, value, escaped=table.escaped) if role.kind == "body" else [_whole(text, value)]
                )
                cells.units += [(_unit(text, start, end, line_ends), role) for start, end in pieces if start < end]
        out.append(cells)
    return out


def _paragraphs(text: str, value: Value, *, escaped: bool) -> Iterator[tuple[int, int]]:
    start = value.start
    for match in (_ESCAPED_BREAK if escaped else _BREAK).finditer(text, value.start, value.end):
        if escaped and match["other"]:
            continue
        yield _stripped(text, start, match.start())
        start = match.end()
    yield _stripped(text, start, value.end)


def _whole(text: str, value: Value) -> tuple[int, int]:
    return _stripped(text, value.start, value.end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    blank = BLANK + "\r\n"
    while start < end and text[start] in blank:
        start += 1
    while start < end and text[end - 1] in blank:
        end -= 1
    return start, end


def _unit(text: str, start: int, end: int, line_ends: Sequence[int]) -> Unit:
    content = " ".join(text[start:end].split())
    return Unit(
        start=start,
        end=end,
        first_line=bisect_right(line_ends, start) + 1,
        last_line=bisect_right(line_ends, end - 1) + 1,
        gap=0,
        text=content,
        words=content.count(" ") + 1,
        ends="open",
    )


def _spans(text: str, cells: _Cells, article: int | None) -> Iterator[Span]:
    """The spans of one record: those of its units, and what stands around them."""
    position, line = cells.record.start, cells.first_line
    lead = True
    for unit, role in cells.units:
        yield from between(text, position, unit.start, line, article, "table")
        cut, kind, rule = opening(text, unit, role, leads=lead)
        lead = lead and role.kind != "body"
        if cut:
            yield span_of(unit.start, unit.start + cut, unit.first_line, unit.first_line, kind, rule, article)
        start = unit.start + cut
        yield span_of(start, unit.end, unit.first_line, unit.last_line, role.kind, role.rule, article)
        position, line = unit.end, unit.last_line
    yield from between(text, position, cells.record.end, line, article, "table")
