"""What a warehouse, or the splitter alone, says about one document: the other side of the comparison with gold."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from pipelines.text.splitting.spans import Split


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedSpan:
    """A span of the document; offsets in the document's text."""

    start_char: int
    end_char: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedArticle:
    """An article; lines are 1-based and inclusive."""

    article_id: str
    start_line: int
    end_line: int
    title: str | None = None
    standfirst: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    published_precision: str | None = None
    boundary_confidence: float | None = None
    topics: frozenset[str] = frozenset()
    """Names of its topics' ancestors at the top of the tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedMention:
    """A country mention; offsets in the document's text."""

    article_id: str
    iso2: str
    kind: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedEntity:
    """A mention of a named thing."""

    article_id: str
    entity_id: str
    label: str
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A document as the warehouse has it, everything in the order of the text."""

    text: str
    articles: tuple[PredictedArticle, ...] = ()
    spans: tuple[PredictedSpan, ...] = ()
    mentions: tuple[PredictedMention, ...] = ()
    entities: tuple[PredictedEntity, ...] = ()


_ARTICLES = """
    select article_id, start_line, end_line, title, standfirst, publisher, published_on, published_precision,
        boundary_confidence
    from articles where document_id = ? order by start_char, article_id
"""
_SPANS = "select start_char, end_char, kind from document_spans where document_id = ? order by start_char, end_char"
_MENTIONS = """
    select m.article_id, m.iso2, m.kind, m.start_char, m.end_char
    from country_mentions as m join articles as a using (article_id)
    where a.document_id = ? order by m.start_char, m.end_char, m.iso2
"""
_ENTITIES = """
    select m.article_id, m.entity_id, m.label, m.surface
    from entity_mentions as m join articles as a using (article_id)
    where a.document_id = ? order by m.start_char, m.end_char, m.entity_id
"""
_TOP_TOPICS = """
    with recursive up as (
        select x.article_id, t.topic_id, t.name, t.parent_id
        from article_topics as x join articles as a using (article_id) join topics as t using (topic_id)
        where a.document_id = ?
        union
        select up.article_id, t.topic_id, t.name, t.parent_id
        from up join topics as t on t.topic_id = up.parent_id
    )
    select article_id, name from up where parent_id is null order by article_id, name
"""


def read_prediction(con: "duckdb.DuckDBPyConnection", sha256: str) -> Prediction | None:
    """What the tables of the connection's current schema say about a document; None where it is not among them."""
    document = con.execute(
        "select document_id, text from documents where sha256 = ? and text is not null order by document_id",
        [sha256],
    ).fetchone()
    if document is None:
        return None
    document_id, text = document
    topics: dict[str, set[str]] = defaultdict(set)
    for article_id, name in con.execute(_TOP_TOPICS, [document_id]).fetchall():
        topics[article_id].add(name)
    return Prediction(
        text=text,
        articles=tuple(
            PredictedArticle(
                article_id=article_id,
                start_line=start_line,
                end_line=end_line,
                title=title,
                standfirst=standfirst,
                publisher=publisher,
                published_on=published_on,
                published_precision=precision,
                boundary_confidence=confidence,
                topics=frozenset(topics[article_id]),
            )
            for (
                article_id,
                start_line,
                end_line,
                title,
                standfirst,
                publisher,
                published_on,
                precision,
                confidence,
            ) in con.execute(_ARTICLES, [document_id]).fetchall()
        ),
        spans=tuple(
            PredictedSpan(start_char=start, end_char=end, kind=kind)
            for start, end, kind in con.execute(_SPANS, [document_id]).fetchall()
        ),
        mentions=tuple(
            PredictedMention(article_id=article_id, iso2=iso2, kind=kind, start_char=start, end_char=end)
            for article_id, iso2, kind, start, end in con.execute(_MENTIONS, [document_id]).fetchall()
        ),
        entities=tuple(
            PredictedEntity(article_id=article_id, entity_id=entity_id, label=label, surface=surface)
            for article_id, entity_id, label, surface in con.execute(_ENTITIES, [document_id]).fetchall()
        ),
    )


def prediction_of(text: str, split: "Split") -> Prediction:
    """What the splitter alone says about a document; its articles are known by their ordinals."""
    return Prediction(
        text=text,
        articles=tuple(
            PredictedArticle(
                article_id=str(article.ordinal),
                start_line=article.start_line,
                end_line=article.end_line,
                title=article.title,
                standfirst=article.standfirst,
                publisher=article.publisher,
                published_on=article.published_on,
                published_precision=article.published_precision,
                boundary_confidence=article.boundary_confidence,
            )
            for article in split.articles
        ),
        spans=tuple(PredictedSpan(start_char=s.start_char, end_char=s.end_char, kind=s.kind) for s in split.spans),
    )
