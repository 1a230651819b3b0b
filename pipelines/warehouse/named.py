"""Articles with the things they name, as resolution within each article left them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class StoredForEvents:
    """An article as grouping by event reads it."""

    article_id: str
    story_id: str
    published_on: date | None
    """The day of publication; None where no day is known."""
    opening: str
    """The title twice, the standfirst and the first 600 characters of the body."""
    entity_ids: list[str]


def load_for_events(con: duckdb.DuckDBPyConnection) -> list[StoredForEvents]:
    """All articles, with the persons, bodies, places and events that they name."""
    rows = con.execute(
        """
        select
            a.article_id, s.story_id, case when a.published_precision = 'day' then a.published_on end,
            concat_ws(' ', a.title, a.title, a.standfirst, left(a.body, 600)),
            coalesce(list(distinct m.entity_id order by m.entity_id) filter (where m.entity_id is not null), [])
        from raw.articles as a
        inner join raw.article_stories as s using (article_id)
        left join raw.entity_mentions as m
            on a.article_id = m.article_id and m.label in ('PERSON', 'ORG', 'GPE', 'NORP', 'LOC', 'FAC', 'EVENT')
        group by all order by a.article_id
        """
    ).fetchall()
    return [StoredForEvents(*row) for row in rows]
