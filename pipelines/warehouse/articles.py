"""What the steps after splitting read: articles as text, and what was extracted from them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.text.article_text import ArticleText, article_text
from pipelines.text.extraction.mentions import EntitySpan, Extraction, Sentence
from pipelines.text.splitting.spans import ARTICLE_TEXT_KINDS, Span


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A loaded document, as splitting reads it."""

    document_id: str
    path: str
    language: str | None
    text: str


FIRST_PATHS = """
    select document_id, arg_min(path, (coalesce(modified_at, 'infinity'), path)) as path
    from raw.files group by document_id
"""
"""Of the files with the same bytes the one that is oldest, by what the files say and not by when a run saw them: what a
document is called does not depend on how the files came to be there."""


def load_documents(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> list[StoredDocument]:
    """The documents with these ids, with the path as first seen."""
    rows = con.execute(
        f"""
        select d.document_id, f.path, d.language, d.text
        from raw.documents as d inner join ({FIRST_PATHS}) as f using (document_id)
        where d.document_id in (select unnest(?::varchar[]))
        order by d.document_id
        """,  # noqa: S608
        [list(document_ids)],
    ).fetchall()
    return [StoredDocument(*row) for row in rows]


def load_article_texts(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[ArticleText]:
    """The articles with these ids, in the order asked for."""
    ids = list(article_ids)
    spans: dict[str, list[Span]] = defaultdict(list)
    home: dict[str, str] = {}
    rows = con.execute(
        """
        select article_id, document_id, start_char, end_char, start_line, end_line, kind, rule
        from raw.document_spans
        where article_id in (select unnest(?::varchar[])) and kind in (select unnest(?::varchar[]))
        order by document_id, start_char
        """,
        [ids, sorted(ARTICLE_TEXT_KINDS)],
    ).fetchall()
    for article_id, document_id, start, end, start_line, end_line, kind, rule in rows:
        home[article_id] = document_id
        spans[article_id].append(
            Span(
                start_char=start, end_char=end, start_line=start_line, end_line=end_line, kind=kind, rule=rule,
                article=None,
            )
        )  # fmt: skip
    texts = dict(
        con.execute(
            "select document_id, text from raw.documents where document_id in (select unnest(?::varchar[]))",
            [sorted(set(home.values()))],
        ).fetchall()
    )
    return [article_text(a, texts[home[a]], spans[a]) for a in ids if a in home]


def load_extractions(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> dict[str, Extraction]:
    """What was extracted from the articles with these ids; every id has an entry."""
    ids = list(article_ids)
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    entities: dict[str, list[EntitySpan]] = defaultdict(list)
    for row in con.execute(
        f"""
        select {", ".join(Sentence._fields)}, article_id from raw.sentences
        where article_id in (select unnest(?::varchar[])) order by article_id, sentence
        """,  # noqa: S608
        [ids],
    ).fetchall():
        sentences[row[-1]].append(Sentence._make(row[:-1]))
    for row in con.execute(
        f"""
        select {", ".join(EntitySpan._fields)}, article_id from raw.entity_spans
        where article_id in (select unnest(?::varchar[])) order by article_id, start_char, end_char, label
        """,  # noqa: S608
        [ids],
    ).fetchall():
        entities[row[-1]].append(EntitySpan._make(row[:-1]))
    return {a: Extraction(article_id=a, sentences=tuple(sentences[a]), entities=tuple(entities[a])) for a in ids}


def load_extracted(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[tuple[ArticleText, Extraction]]:
    """The articles with these ids, each with what was extracted from it."""
    extractions = load_extractions(con, article_ids)
    return [(text, extractions[text.article_id]) for text in load_article_texts(con, article_ids)]


@dataclass(frozen=True, slots=True)
class UnreadArticle:
    """An article for the model, with what the model read in the same text before, if it did."""

    text: ArticleText
    text_hash: str
    reading: str | None


def load_unread(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], fingerprint: str) -> list[UnreadArticle]:
    """The articles with these ids, in the order asked for; readings under another fingerprint do not count."""
    texts = [(text, text.text_hash()) for text in load_article_texts(con, article_ids)]
    readings = dict(
        con.execute(
            """
            select text_hash, reading from raw.readings
            where fingerprint = ? and text_hash in (select unnest(?::varchar[]))
            """,
            [fingerprint, sorted({text_hash for _, text_hash in texts})],
        ).fetchall()
    )
    return [UnreadArticle(text, text_hash, readings.get(text_hash)) for text, text_hash in texts]


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """An article's fields, for what needs no offsets."""

    article_id: str
    title: str | None
    standfirst: str | None
    body: str
    language: str | None


def load_article_words(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[ArticleWords]:
    """The fields of the articles with these ids."""
    rows = con.execute(
        """
        select article_id, title, standfirst, body, language from raw.articles
        where article_id in (select unnest(?::varchar[])) order by article_id
        """,
        [list(article_ids)],
    ).fetchall()
    return [ArticleWords(*row) for row in rows]
