"""The role of every unit of an article, once it is known where the article starts and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text.splitting.blocks import Blocks
from pipelines.text.splitting.cues import MAX_NOTE_WORDS, NOTE, is_note, is_share_button
from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.heads import MAX_HEAD, is_section
from pipelines.text.splitting.labels import (
    AUTHOR_LABELS,
    BODY_LABELS,
    DATE_LABELS,
    SOURCE_LABELS,
    STANDFIRST_LABELS,
    TITLE_LABELS,
    label_of,
    value_start,
)
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.names import copyright_holder, is_name, is_publisher
from pipelines.text.splitting.phrases import any_of
from pipelines.text.splitting.shapes import Shape, is_credit_tail, title_case
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.templates import Recurrences

_DETERMINER = re.compile(any_of("determiners"))
_CLAUSE_WORD = re.compile(any_of("clause_words"))
_META_WORDS = re.compile(
    r"(?:\d[\d,.]* words|\d+ min(?:ute)?s? read|english|length|copyright)\b|\(c\)|©", re.IGNORECASE
)
_MAX_TITLE = 30
_MAX_STANDFIRST = 45
_MIN_STANDFIRST = 6
_SENTENCE_LIKE = 2.25
"""Median words over ten and shares with an article, with an auxiliary or connective, less that of capitals.

At most 2.0 for the titles of a file, at least 2.5 for standfirsts.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A unit's kind, and what decided it."""

    kind: SpanKind
    rule: str
    label: int = 0
    """Characters of a 'Label: ' at its beginning, which are not part of the value."""


def starts_are_standfirsts(
    starts: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences
) -> bool:
    """Whether the lines that start this file's articles are sentences that sum up, not titles: decided for the file."""
    heads = [i for i in starts if shapes[i].headline and found.double_next[i] is None and found.label[i] is None]
    if len(heads) < 2 or len(heads) < 0.6 * len(starts):
        return False
    # what has lines of date or author below it is a title
    if sum(_metadata_below(i, units, shapes, found) for i in heads) >= 0.5 * len(heads):
        return False
    texts = [units[i].text for i in heads]
    lengths = sorted(units[i].words for i in heads)
    # sentences are longer than titles, seldom do without articles and auxiliaries, and are not set in title case
    signs = sum(
        (_DETERMINER.search(text) is not None) + (_CLAUSE_WORD.search(text) is not None) - title_case(text)
        for text in texts
    )
    return lengths[len(lengths) // 2] / 10 + signs / len(texts) >= _SENTENCE_LIKE


def _metadata_below(i: int, units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences) -> bool:
    for k in range(i + 1, min(i + 3, len(shapes))):
        dated = units[k].words <= MAX_NOTE_WORDS and any(dates_in(units[k].text))
        if dated or shapes[k].byline or found.label[k] is not None:
            return True
        if shapes[k].paragraph:
            break
    return False


def article_roles(
    start: int,
    end: int,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    blocks: Blocks,
    *,
    titleless: bool,
) -> list[Role]:
    """Roles of the units from `start` to before `end`, in order."""
    own = range(start, end)
    text = [
        i
        for i in own
        if shapes[i].paragraph
        and blocks.kind[i] is None
        and not shapes[i].caption
        and found.label[i] in (None, *BODY_LABELS)
    ]
    longest = MAX_HEAD + sum(found.label[i] is not None for i in own[: 2 * MAX_HEAD])
    summing_up = _sentence_in_head(text, start, units, shapes, found, blocks)
    lead = text[summing_up is not None] if text and text[summing_up is not None] < start + longest else start
    last = text[-1] if text else start
    holder = (copyright_holder(units[i].text for i in own if not lead <= i <= last) or "").casefold()
    seen: set[SpanKind] = set()
    roles: list[Role] = []
    for i in own:
        fixed = blocks.kind[i]
        if i == start and is_section(i, units, shapes):
            role = Role(kind="header", rule="section_line")
        elif holder and (i < lead or i > last) and units[i].text.casefold() == holder:
            role = Role(kind="credit", rule="source_line")
        elif fixed == "marker" and i < lead and units[i].words > 1 and seen & {"title"} and is_name(units[i].text):
            # what recurs in heads may be an author's name
            role = _head_role(units[i], shapes[i], seen, recurs=False, dated=False)
        elif fixed is not None:
            role = Role(kind=fixed, rule=blocks.rule[i])
        elif i in blocks.records:
            role = Role(kind="header", rule="record_number")
        elif i == summing_up:
            role = Role(kind="standfirst", rule="sentence_in_head")
        elif i > last and is_note(units[i], shapes[i]):
            role = Role(kind="furniture", rule="note")
        else:
            label = label_of(units[i].text) if i < lead or i > last or found.label[i] is not None else None
            role = _labelled(label, units[i], seen, inside=lead <= i <= last) if label else None
            role = role or _opening(i, start, seen, units, shapes, found, titleless=titleless)
            if role is None and label and found.label[i] is not None and not lead <= i <= last and units[i].words <= 30:
                role = Role(kind="header", rule="label_other")
            if role is None and i < lead:
                role = _head_role(
                    units[i],
                    shapes[i],
                    seen,
                    recurs=found.template[i] is not None,
                    dated=i > start and i + 1 < lead and shapes[i + 1].date,
                )
            role = role or _body_role(i, start, end, units, shapes)
        seen.add(role.kind)
        roles.append(role)
    return roles


def _sentence_in_head(
    text: Sequence[int],
    start: int,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    blocks: Blocks,
) -> int | None:
    """A sentence between the title and lines of date or author: it sums up, and the text begins below these lines."""
    if len(text) < 2 or text[0] == start or text[1] > text[0] + MAX_HEAD or units[text[0]].words > _MAX_STANDFIRST:
        return None
    titled = any(shapes[i].headline for i in range(start, text[0]))
    between = range(text[0] + 1, text[1])
    metadata = any(shapes[i].date or shapes[i].byline or found.label[i] is not None for i in between)
    headed = any(shapes[i].date or shapes[i].byline for i in range(start, text[0]))
    links = any(blocks.kind[i] == "related" for i in between)
    return text[0] if titled and metadata and not headed and not links else None


def _opening(
    i: int,
    start: int,
    seen: set[SpanKind],
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    found: Recurrences,
    *,
    titleless: bool,
) -> Role | None:
    """The role of an article's first line, when that can be its title or standfirst."""
    asks = units[i].ends == "ask" and units[i].words <= _MAX_TITLE
    if i != start or "title" in seen or not (shapes[i].headline or asks or found.double_next[i] is not None):
        return None
    if found.label[i] is not None:
        return None
    if titleless:
        return Role(kind="standfirst", rule="titleless_start")
    return Role(kind="title", rule="article_start", label=len(units[i].text) - len(units[i].text.lstrip("# ")))


def _labelled(label: str, unit: Unit, seen: set[SpanKind], *, inside: bool) -> Role | None:
    """The role that a known label gives its line; within the body only labels of a body are taken at their word."""
    value = value_start(unit.text)
    if label in BODY_LABELS:
        return Role(kind="body", rule="body_label", label=value)
    if inside:
        return None
    if label in TITLE_LABELS and "title" not in seen:
        return Role(kind="title", rule="title_label", label=value)
    if label in STANDFIRST_LABELS and unit.words >= _MIN_STANDFIRST:
        return Role(kind="standfirst", rule="standfirst_label", label=value)
    if label in AUTHOR_LABELS:
        return Role(kind="byline", rule="byline_label")
    if label in SOURCE_LABELS:
        return Role(kind="header", rule="label_source", label=value)
    return Role(kind="header", rule="label_date", label=value) if label in DATE_LABELS else None


def _head_role(unit: Unit, shape: Shape, seen: set[SpanKind], *, recurs: bool, dated: bool) -> Role:
    """The role of a line between an article's first line and its first paragraph; `dated` ones stand above a date."""
    if shape.date or (unit.words <= MAX_NOTE_WORDS and NOTE.match(unit.text) and any(dates_in(unit.text[:200]))):
        return Role(kind="header", rule="date_line")
    if shape.byline:
        return Role(kind="byline", rule="byline_line")
    if _META_WORDS.match(unit.text) and unit.words <= 12:
        return Role(kind="header", rule="metadata_line")
    if shape.caption or (is_credit_tail(unit.text) and not shape.paragraph):
        return Role(kind="caption", rule="picture_words")
    if shape.credit:
        return Role(kind="credit", rule="credit_line")
    if is_share_button(unit):
        return Role(kind="furniture", rule="share_button")
    headed = bool(seen & {"title", "standfirst"})
    if not headed and dated and "header" in seen and unit.words <= 5 and is_name(unit.text):
        return Role(kind="credit", rule="source_line")
    if not headed and shape.headline:
        return Role(kind="title", rule="first_headline")
    if headed and unit.words <= 5 and unit.ends == "open" and is_name(unit.text):
        if is_publisher(unit.text):
            return Role(kind="credit", rule="source_line")
        if recurs:
            return Role(kind="furniture", rule="recurring_in_head")
        if 2 <= unit.words <= 4 and not unit.text.isupper() and not any(map(str.isdigit, unit.text)):
            return Role(kind="byline", rule="name_line")
    if recurs and unit.words <= 3 and unit.ends == "open":
        return Role(kind="furniture", rule="recurring_in_head")
    if headed and "standfirst" not in seen and unit.words >= 5 and unit.ends in ("open", "ask"):
        return Role(kind="standfirst", rule="between_title_and_lead")
    return Role(kind="body", rule="text")


def _body_role(i: int, start: int, end: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> Role:
    unit, shape = units[i], shapes[i]
    if shape.credit:
        return Role(kind="credit", rule="credit_line")
    if not shape.paragraph and (shape.caption or is_credit_tail(unit.text)):
        return Role(kind="caption", rule="picture_words")
    if (
        shape.headline
        and unit.words <= 12
        and unit.ends != "colon"
        and start < i < end - 1
        and shapes[i + 1].paragraph
        and not shapes[i - 1].headline
    ):
        return Role(kind="heading", rule="short_line_between_paragraphs")
    if shape.byline and i <= start + 6:
        return Role(kind="byline", rule="byline_line")
    return Role(kind="body", rule="text")
