"""Articles with the things they name, as resolution within each article left them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import duckdb

from pipelines.text.article_text import ArticleText
from pipelines.warehouse.articles import load_article_texts
from pipelines.warehouse.tables import Query


def load_named(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> list[tuple[ArticleText, list[tuple[str, str, int, int]]]]:
    """The articles with these ids, each with its mentions of named things.

    These are plain tuples with the fields of `NamedMention`, which go to another process at a fraction of the cost.
    """
    mentions: dict[str, list[tuple[str, str, int, int]]] = defaultdict(list)
    for row in con.execute(
        """
        select label || ' ' || key, label, start_char, end_char, article_id from raw.article_mentions
        where article_id in (select unnest(?::varchar[])) order by article_id, start_char
        """,
        [list(article_ids)],
    ).fetchall():
        mentions[row[-1]].append(row[:-1])
    return [(text, mentions[text.article_id]) for text in load_article_texts(con, article_ids)]


class StoredMention(NamedTuple):
    """A mention of a named thing of one article, as `raw.article_mentions` has it."""

    article_id: str
    entity: int
    label: str
    key: str
    surface: str
    start_char: int
    end_char: int
    sentence: int


LINKED_MENTIONS = Query(
    """
    select m.article_id, e.entity_id, e.label, m.surface, m.start_char, m.end_char, m.sentence
    from raw.article_mentions as m
    inner join raw.entity_links as l using (article_id)
    inner join raw.entities as e on e.entity_id = l.entity_ids[m.entity]
    order by m.article_id, m.start_char
    """
)
"""The rows of `raw.entity_mentions`: each article's mentions with the entity of the corpus that they are of."""


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
