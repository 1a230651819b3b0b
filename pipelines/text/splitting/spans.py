"""What splitting yields: spans that partition a text, and the articles that are runs of them.

Offsets are 0-based, end-exclusive, in code points of the document's text; lines are 1-based and inclusive.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

SpanKind = Literal[
    "header", "title", "standfirst", "dateline", "byline", "body", "heading",
    "caption", "credit", "related", "marker", "furniture", "blank",
]  # fmt: skip

ARTICLE_TEXT_KINDS: frozenset[SpanKind] = frozenset({"title", "standfirst", "dateline", "body", "heading"})
"""Kinds whose text is the article's own, in which entities are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the document's text with one role."""

    start_char: int
    end_char: int
    start_line: int
    end_line: int
    kind: SpanKind
    rule: str
    """What decided the role, e.g. 'repeated_title', 'after_marker'."""
    article: int | None
    """Ordinal (1-based) of the article it belongs to; None outside articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A run of spans that is one article."""

    ordinal: int
    title: str | None
    standfirst: str | None
    body: str
    """The body spans' texts in order, joined by one newline each."""
    publisher: str | None
    published_on: date | None
    """The first day of the period when `published_precision` is 'month' or 'year'."""
    published_precision: Literal["day", "month", "year"] | None
    published_evidence: str | None
    """Where the date was read, e.g. 'file header, line 1: 14 February 2026'."""
    words: int
    start_line: int
    end_line: int
    start_char: int
    end_char: int
    boundary_confidence: float
    """0–1: how sure it is that an article starts here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A document, split."""

    layout: str
    """Short name of the induced layout, e.g. 'doubled-title', 'closing-marker', 'single-article'."""
    layout_confidence: float
    """0–1: how far the articles' starts are expected to agree with the true ones; 1: all right and none missed."""
    spans: tuple[Span, ...]
    articles: tuple[Article, ...]
