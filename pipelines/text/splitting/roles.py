"""The role of every unit of an article, once it is known where the article starts and ends."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.text.splitting.blocks import Blocks
from pipelines.text.splitting.lines import Unit
from pipelines.text.splitting.shapes import Shape, is_credit_tail
from pipelines.text.splitting.spans import SpanKind
from pipelines.text.splitting.templates import TITLE_LABELS, Recurrences, label_of

STANDFIRST_LABELS = frozenset({"standfirst", "subtitle", "subhead", "summary", "deck", "dek", "abstract", "description", "subheadline"})
BODY_LABELS = frozenset({"body", "text", "content", "article", "full text"})
SOURCE_LABELS = frozenset({"source", "publication", "publisher", "newspaper", "outlet", "site"})
DATE_LABELS = frozenset({"date", "published", "publication date", "load-date", "posted", "day", "pubdate", "published on", "publish date"})
_DETERMINER = re.compile(r"\b(?:the|a|an|has|have|is|are|was|were|his|her|their|its)\b")
_META_WORDS = re.compile(r"^(?:\d[\d,.]* words|\d+ min(?:ute)?s? read|english|length)\b|^(?:\(c\)|©|copyright)\b", re.IGNORECASE)
_MAX_HEAD = 14
_SMALL_WORDS = frozenset({"of", "the", "and", "&", "de", "la", "le", "du", "der", "die", "das", "el", "for", "in", "on"})
_LANGUAGES = frozenset({"English", "French", "German", "Spanish", "Russian", "Arabic", "Chinese", "Italian", "Portuguese"})
PHRASES = Path(__file__).parents[3] / "models" / "splitter" / "phrases.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A unit's kind, and what decided it."""

    kind: SpanKind
    rule: str
    label: int = 0
    """Characters of a 'Label: ' at its beginning, which are not part of the value."""


def starts_are_standfirsts(starts: Sequence[int], units: Sequence[Unit], shapes: Sequence[Shape], found: Recurrences) -> bool:
    """Whether the lines that start this file's articles are sentences summing up, not titles: a decision for the whole file."""
    heads = [i for i in starts if shapes[i].headline and found.double_next[i] is None and found.label[i] is None]
    if len(heads) < 2 or len(heads) < 0.6 * len(starts):
        return False
    lengths = sorted(units[i].words for i in heads)
    with_determiner = sum(_DETERMINER.search(units[i].text) is not None for i in heads)
    return lengths[len(lengths) // 2] >= 13 and with_determiner >= 0.6 * len(heads)


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
    roles: list[Role | None] = [None] * (end - start)
    lead = next(
        (i for i in range(start, min(end, start + _MAX_HEAD)) if shapes[i].paragraph and blocks.kind[i] is None and not shapes[i].caption),
        None,
    )
    title: int | None = None
    standfirst: int | None = None
    for i in range(start, end):
        fixed = blocks.kind[i]
        if fixed is not None:
            roles[i - start] = Role(kind=fixed, rule=blocks.rule[i])
            continue
        unit, shape = units[i], shapes[i]
        in_head = lead is not None and i < lead
        label = label_of(unit.text) if (in_head or found.label[i] is not None) else None
        if label is not None and (found.label[i] is not None or in_head):
            role = _labelled(label, unit, in_head and title is None, found.label[i] is not None)
            if role is not None:
                title = i if role.kind == "title" else title
                roles[i - start] = role
                continue
        if title is None and i == start and shape.headline:
            title = i
            roles[i - start] = (
                Role(kind="standfirst", rule="titleless_start") if titleless else Role(kind="title", rule="article_start")
            )
            if titleless:
                standfirst = i
            continue
        roles[i - start] = _head_role(i, title, standfirst, units, shapes, recurs=found.template[i] is not None) if in_head else _body_role(i, start, end, units, shapes)
        if roles[i - start].kind == "title":
            title = i
        elif roles[i - start].kind == "standfirst":
            standfirst = i
    return roles


def _labelled(label: str, unit: Unit, wants_title: bool, recurs: bool) -> Role | None:
    colon = unit.text.index(":") + 1
    offset = colon + len(unit.text[colon:]) - len(unit.text[colon:].lstrip())
    if label in TITLE_LABELS and wants_title:
        return Role(kind="title", rule="title_label", label=offset)
    if label in STANDFIRST_LABELS:
        return Role(kind="standfirst", rule="standfirst_label", label=offset)
    if label in BODY_LABELS:
        return Role(kind="body", rule="body_label", label=offset)
    if label in ("byline", "author", "by"):
        return Role(kind="byline", rule="byline_label")
    if label in SOURCE_LABELS or label in DATE_LABELS or (recurs and unit.words <= 30):
        return Role(kind="header", rule=f"label_{'source' if label in SOURCE_LABELS else 'date' if label in DATE_LABELS else 'other'}", label=offset)
    return None


def _head_role(
    i: int,
    title: int | None,
    standfirst: int | None,
    units: Sequence[Unit],
    shapes: Sequence[Shape],
    *,
    recurs: bool,
) -> Role:
    unit, shape = units[i], shapes[i]
    if shape.date:
        return Role(kind="header", rule="date_line")
    if shape.byline:
        return Role(kind="byline", rule="byline_line")
    if _META_WORDS.match(unit.text) and unit.words <= 12:
        return Role(kind="header", rule="metadata_line")
    if shape.caption or (is_credit_tail(unit.text) and unit.words > 4):
        return Role(kind="caption", rule="picture_words")
    if shape.credit:
        return Role(kind="credit", rule="credit_line")
    if title is None and shape.headline:
        return Role(kind="title", rule="first_headline")
    if title is not None and unit.words <= 5 and unit.ends == "open" and is_name(unit.text):
        if is_publisher(unit.text):
            return Role(kind="credit", rule="source_line")
        if recurs:
            return Role(kind="furniture", rule="recurring_in_head")
        if 2 <= unit.words <= 4 and not unit.text.isupper():
            return Role(kind="byline", rule="name_line")
    if recurs and unit.words <= 3 and unit.ends == "open":
        return Role(kind="furniture", rule="recurring_in_head")
    if title is not None and standfirst is None and unit.words >= 5 and unit.ends in ("open", "ask"):
        return Role(kind="standfirst", rule="between_title_and_lead")
    return Role(kind="body", rule="text")


def is_name(text: str) -> bool:
    """Whether `text` is written as a name: every word but small ones begins with a capital or a digit."""
    words = text.strip("()[]—–- ").split()
    return bool(words) and all(w[:1].isupper() or w[:1].isdigit() or w in _SMALL_WORDS for w in words)


def is_publisher(text: str) -> bool:
    """Whether a name looks like a publisher's: one word, a web address, or with a word that such names have."""
    words = text.split()
    return (len(words) == 1 and len(text) > 1 and text not in _LANGUAGES) or "." in text.strip(".") or _publisher_words().search(text) is not None


@cache
def _publisher_words() -> re.Pattern[str]:
    words = json.loads(PHRASES.read_text(encoding="utf-8"))["publisher_words"]
    return re.compile(rf"\b(?:{'|'.join(re.escape(w) for w in words)})\b", re.IGNORECASE)


def _body_role(i: int, start: int, end: int, units: Sequence[Unit], shapes: Sequence[Shape]) -> Role:
    unit, shape = units[i], shapes[i]
    if shape.credit:
        return Role(kind="credit", rule="credit_line")
    if not shape.paragraph and shape.caption:
        return Role(kind="caption", rule="picture_words")
    if shape.headline and unit.words <= 12 and unit.ends != "colon" and start < i < end - 1 and shapes[i + 1].paragraph and not shapes[i - 1].headline:
        return Role(kind="heading", rule="short_line_between_paragraphs")
    if shape.byline and i <= start + 6:
        return Role(kind="byline", rule="byline_line")
    return Role(kind="body", rule="text")
