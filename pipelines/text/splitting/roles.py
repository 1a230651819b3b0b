"""The role of every unit of an article, once it is known where the article starts and ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.text.splitting.atoms import sign_of
from pipelines.text.splitting.cues import MAX_NOTE_WORDS, NOTE, is_note, is_share_button
from pipelines.text.splitting.dates import dates_in
from pipelines.text.splitting.heads import MAX_HEAD, below_dates, is_name_above_title, is_section
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
from pipelines.text.splitting.markers import IN_HEAD, TAIL
from pipelines.text.splitting.names import are_people, copyright_holder, is_name, is_publisher, tells_publisher
from pipelines.text.splitting.reading import Reading
from pipelines.text.splitting.shapes import Shape, is_credit_tail
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.units import Unit

_META_WORDS = re.compile(
    r"(?:\d[\d,.]* words|\d+ min(?:ute)?s? read|english|length|copyright)\b|\(c\)|©", re.IGNORECASE
)
_FORWARDED = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s?:\s+)+(?=\S)", re.IGNORECASE)
"""What mail programs put before the subject of an answer or of a mail sent on."""
_ELLIPSES = ("...", "…")
_MAX_TITLE = 30
_MAX_STANDFIRST = 45
_MIN_STANDFIRST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A unit's kind, and what decided it."""

    kind: SpanKind
    rule: str
    label: int = 0
    """Characters of a 'Label: ' at its beginning, which are not part of the value."""
    tail: int = 0
    """Characters at its end that are not part of it either."""
    source: str | None = None
    """The publisher's name, where what stands around a title gives it."""


def around(text: str, role: Role) -> str:
    """What a unit's text has around what its role is about."""
    return f"{text[: role.label]} {text[len(text) - role.tail :]}" if role.label or role.tail else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """The units of an article, and where its text is among them."""

    start: int
    end: int
    lead: int
    """The first paragraph; `start` where none is near."""
    last: int
    """The last paragraph; `start` where there is none."""
    summing_up: int | None
    """A sentence in the head that sums up."""
    holder: str
    """Whose the text is, casefolded; empty where nothing says it."""
    titleless: bool
    named: SpanKind | None
    """What a name right above the title is, where the file's articles have one."""

    def within_text(self, i: int) -> bool:
        """Whether unit `i` stands between the first paragraph and the last one, or is one of them."""
        return self.lead <= i <= self.last


def article_roles(start: int, end: int, read: Reading, *, titleless: bool, named: SpanKind | None) -> list[Role]:
    """Roles of the units from `start` to before `end`, in order."""
    piece = _piece(start, end, read, titleless=titleless, named=named)
    seen: set[SpanKind] = set()
    roles: list[Role] = []
    for i in range(start, end):
        role = _known_role(i, piece, seen, read) or _role_by_place(i, piece, seen, read)
        seen.add(role.kind)
        roles.append(role)
    return roles


def _piece(start: int, end: int, read: Reading, *, titleless: bool, named: SpanKind | None) -> _Piece:
    own = range(start, end)
    text = [
        i
        for i in own
        if read.is_own_paragraph(i)
        and not read.shapes[i].caption
        and (read.found.label[i] is None or read.found.label[i] in BODY_LABELS)
    ]
    longest = MAX_HEAD + sum(read.found.label[i] is not None for i in own[: 2 * MAX_HEAD])
    summing_up = _sentence_in_head(text, start, read)
    first = text[summing_up is not None] if text else start
    lead = first if first < start + longest else start
    last = text[-1] if text else start
    holder = copyright_holder(read.units[i].text for i in own if not lead <= i <= last)
    return _Piece(
        start=start,
        end=end,
        lead=lead,
        last=last,
        summing_up=summing_up,
        holder=(holder or "").casefold(),
        titleless=titleless,
        named=named,
    )


def _known_role(i: int, piece: _Piece, seen: set[SpanKind], read: Reading) -> Role | None:
    """The role of a line that is known whatever its place in the article; None for other lines."""
    unit, shape, kind = read.units[i], read.shapes[i], read.blocks.kind[i]
    if (
        piece.named
        and i == below_dates(piece.start, read.units, read.shapes)
        and is_name_above_title(i, read.units, read.shapes)
    ):
        return Role(kind=piece.named, rule="source_line" if piece.named == "credit" else "section_line")
    if i == piece.start and is_section(i, read.units, read.shapes):
        return Role(kind="header", rule="section_line")
    if piece.holder and not piece.within_text(i) and unit.text.casefold() == piece.holder:
        return Role(kind="credit", rule="source_line")
    if kind == "marker" and i < piece.lead and unit.words > 1 and "title" in seen and is_name(unit.text):
        # what recurs in heads may be an author's name
        return _head_role(unit, shape, seen, recurs=False, dated=False)
    if read.blocks.rule[i] == IN_HEAD and i < piece.lead and "title" not in seen and is_name(unit.text):
        # above the title stands who published it, or its section
        return (
            Role(kind="credit", rule="source_line")
            if tells_publisher(unit.text)
            else Role(kind="header", rule="section_line")
        )
    names_source = read.blocks.rule[i] == TAIL and (shape.credit or read.found.label[i] is not None)
    if kind is not None and not names_source:
        return Role(kind=kind, rule=read.blocks.rule[i])
    if i < piece.lead and "title" not in seen and _stands_above_own_title(i, piece, read):
        return Role(kind="header", rule="recurring_in_head")
    if i in read.blocks.records and read.found.label[i] is None and not _is_marked_title(i, piece, read):
        return Role(kind="header", rule="record_number")
    if i == piece.summing_up:
        return Role(kind="standfirst", rule="sentence_in_head")
    if i > piece.last and is_note(unit, shape):
        return Role(kind="furniture", rule="note")
    return None


def _is_marked_title(i: int, piece: _Piece, read: Reading) -> bool:
    """Whether a line that is stamped on records is a title with a sign: '# Title'; none stands below it."""
    others = (
        k
        for k in range(i + 1, piece.lead)
        if read.blocks.kind[k] is None and read.found.label[k] is None and read.shapes[k].headline
    )
    return read.shapes[i].headline and sign_of(read.units[i]) is not None and next(others, None) is None


def _stands_above_own_title(i: int, piece: _Piece, read: Reading) -> bool:
    """Whether a headline recurs, and below it in the head stands one that does not."""
    below = (k for k in range(i + 1, piece.lead) if read.blocks.kind[k] is None and read.shapes[k].headline)
    return (
        read.shapes[i].headline
        and read.found.template[i] is not None
        and read.found.label[i] is None
        and any(read.found.template[k] is None and read.found.label[k] is None for k in below)
        and read.found.double_next[i] is None
    )


def _role_by_place(i: int, piece: _Piece, seen: set[SpanKind], read: Reading) -> Role:
    """The role of a line by its label and by its place: what opens the article, its head, its text."""
    unit, shape = read.units[i], read.shapes[i]
    inside, recurring_label = piece.within_text(i), read.found.label[i]
    if shape.rule and not inside:
        return Role(kind="furniture", rule="drawn_line")
    label = recurring_label or (None if inside else label_of(unit.text))
    role = _labelled(label, unit, seen, inside=inside) if label else None
    role = role or _opening(i, piece, seen, read)
    if role is not None:
        return role
    if label and recurring_label and not inside and unit.words <= 30:
        return Role(kind="header", rule="label_other")
    if i < piece.lead:
        dated = i > piece.start and i + 1 < piece.lead and read.shapes[i + 1].date
        return _head_role(unit, shape, seen, recurs=read.found.template[i] is not None, dated=dated)
    return _body_role(i, piece, read)


def _sentence_in_head(
    text: Sequence[int],
    start: int,
    read: Reading,
) -> int | None:
    """A sentence between the title and lines of date or author: it sums up, and the text begins below these lines."""
    if len(text) < 2 or text[0] == start or text[1] > text[0] + MAX_HEAD or read.units[text[0]].words > _MAX_STANDFIRST:
        return None
    titled = any(read.shapes[i].headline for i in range(start, text[0]))
    between = range(text[0] + 1, text[1])
    metadata = any(read.shapes[i].date or read.shapes[i].byline or read.found.label[i] is not None for i in between)
    headed = any(read.shapes[i].date or read.shapes[i].byline for i in range(start, text[0]))
    links = any(read.blocks.kind[i] == "related" for i in between)
    return text[0] if titled and metadata and not headed and not links else None


def _opening(i: int, piece: _Piece, seen: set[SpanKind], read: Reading) -> Role | None:
    """The role of an article's first line, when that can be its title or standfirst."""
    if i != piece.start or "title" in seen or read.found.label[i] is not None or read.shapes[i].rule:
        return None
    unit = read.units[i]
    unfinished = (unit.ends == "ask" or unit.text.endswith(_ELLIPSES)) and unit.words <= _MAX_TITLE
    if not (read.shapes[i].headline or unfinished or read.found.double_next[i] is not None):
        return None
    if piece.titleless:
        return Role(kind="standfirst", rule="titleless_start")
    # a title in plain text may keep the signs of a heading
    return Role(kind="title", rule="article_start", label=len(unit.text) - len(unit.text.lstrip("# ")))


def _labelled(label: str, unit: Unit, seen: set[SpanKind], *, inside: bool) -> Role | None:
    """The role that a known label gives its line; within the body only labels of a body are taken at their word."""
    value = value_start(unit.text)
    if label in BODY_LABELS:
        return Role(kind="body", rule="body_label", label=value)
    if inside:
        return None
    if label in TITLE_LABELS and "title" not in seen:
        forwarded = _FORWARDED.match(unit.text, value)
        return Role(kind="title", rule="title_label", label=forwarded.end() if forwarded else value)
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
    if headed and unit.words <= MAX_NOTE_WORDS and unit.ends == "open" and are_people(unit.text):
        return Role(kind="byline", rule="name_line")
    if recurs and unit.words <= 3 and unit.ends == "open":
        return Role(kind="furniture", rule="recurring_in_head")
    if headed and "standfirst" not in seen and unit.words >= 5 and unit.ends in ("open", "ask"):
        return Role(kind="standfirst", rule="between_title_and_lead")
    return Role(kind="body", rule="text")


def _body_role(i: int, piece: _Piece, read: Reading) -> Role:
    """The role of a line in the text or below it."""
    unit, shape = read.units[i], read.shapes[i]
    if shape.credit:
        return Role(kind="credit", rule="credit_line")
    if not shape.paragraph and (shape.caption or is_credit_tail(unit.text)):
        return Role(kind="caption", rule="picture_words")
    if (
        shape.headline
        and unit.words <= 12
        and unit.ends != "colon"
        and piece.start < i < piece.end - 1
        and read.shapes[i + 1].paragraph
        and not read.shapes[i - 1].headline
    ):
        return Role(kind="heading", rule="short_line_between_paragraphs")
    if shape.byline and i <= piece.start + 6:
        return Role(kind="byline", rule="byline_line")
    return Role(kind="body", rule="text")
