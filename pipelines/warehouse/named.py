"""Articles with the things they name, as resolution within each article left them."""

from collections.abc import Sequence

import duckdb

from pipelines.text.article_text import ArticleText
from pipelines.text.resolution.entities import ArticleEntities
from pipelines.text.resolution.quotations import NamedMention
from pipelines.warehouse.articles import load_article_texts


def load_named(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> list[tuple[ArticleText, list[NamedMention]]]:
    """The articles with these ids, each with its mentions of named things."""
    stored = dict(
        con.execute(
            "select article_id, entities from raw.article_entities where article_id in (select unnest(?::varchar[]))",
            [list(article_ids)],
        ).fetchall()
    )
    return [
        (text, _mentions(stored[text.article_id]) if text.article_id in stored else [])
        for text in load_article_texts(con, article_ids)
    ]


def _mentions(entities: str) -> list[NamedMention]:
    return [
        NamedMention(
            key=f"{entity.label} {entity.key}", label=entity.label, start_char=m.start_char, end_char=m.end_char
        )
        for entity in ArticleEntities.from_json(entities).entities
        for m in entity.mentions
    ]
