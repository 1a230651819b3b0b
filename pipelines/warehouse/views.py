"""Short looks at the raw tables, for Dagster's metadata: each gives column names and rows."""

from collections.abc import Iterable

import duckdb

Look = tuple[list[str], list[tuple]]
"""Names of columns, and rows."""


def look(con: duckdb.DuckDBPyConnection, query: str) -> Look:
    """The answer to a query of this project."""
    answer = con.execute(query)
    return [c[0] for c in answer.description or []], answer.fetchall()


def row_counts(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, int]:
    """Rows per table."""
    return {t: con.execute(f"select count(*) from {t}").fetchall()[0][0] for t in tables}  # noqa: S608


def stored_tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Tables of the working file, as `schema.table`; no views."""
    found = con.execute("select schema_name || '.' || table_name from duckdb_tables() where not temporary").fetchall()
    return {name for (name,) in found}


def span_kinds(con: duckdb.DuckDBPyConnection) -> Look:
    """What the characters of all documents are."""
    return look(
        con,
        """
        select kind, count(*) as spans, sum(end_char - start_char)::bigint as characters,
            round(100 * sum(end_char - start_char) / sum(sum(end_char - start_char)) over (), 1) as percent
        from raw.document_spans group by kind order by characters desc
        """,
    )


def layouts(con: duckdb.DuckDBPyConnection) -> Look:
    """Layout, confidence and number of articles of the documents that are understood least."""
    return look(
        con,
        """
        select min(f.path) as path, l.layout, round(l.layout_confidence, 2) as confidence,
            (select count(*) from raw.articles as a where a.document_id = l.document_id) as articles
        from raw.document_layouts as l inner join raw.files as f using (document_id)
        group by all order by confidence, path limit 30
        """,
    )


def entity_labels(con: duckdb.DuckDBPyConnection) -> Look:
    """Mentions per label of the model."""
    return look(
        con,
        """
        select label, count(*) as mentions, count(distinct surface) as surfaces, mode(surface) as commonest
        from raw.entity_spans group by label order by mentions desc, label
        """,
    )


def top_countries(con: duckdb.DuckDBPyConnection) -> Look:
    """The countries with most mentions, by kind."""
    return look(
        con,
        """
        select iso2, count(*) as mentions, count(distinct article_id) as articles,
            count(*) filter (where kind = 'name') as names, count(*) filter (where kind = 'demonym') as demonyms,
            count(*) filter (where kind = 'metonym') as metonyms, count(*) filter (where kind = 'place') as places
        from raw.country_mentions group by iso2 order by mentions desc, iso2 limit 20
        """,
    )


def unresolved(con: duckdb.DuckDBPyConnection) -> Look:
    """The names of places that were left open most often."""
    return look(
        con,
        """
        select surface, count(*) as mentions, mode(reason) as reason, any_value(candidates) as candidates
        from raw.unresolved_mentions group by surface order by mentions desc, surface limit 20
        """,
    )


def top_entities(con: duckdb.DuckDBPyConnection) -> Look:
    """The persons and organisations with most mentions."""
    return look(
        con,
        """
        select e.label, e.name, count(*) as mentions, count(distinct m.article_id) as articles,
            array_to_string(e.aliases, ', ') as aliases
        from raw.entities as e inner join raw.entity_mentions as m using (entity_id)
        where e.label in ('PERSON', 'ORG') and e.resolved
        group by all order by mentions desc, e.name limit 30
        """,
    )


def top_topics(con: duckdb.DuckDBPyConnection) -> Look:
    """Articles per topic."""
    return look(
        con,
        """
        select t.topic_id, t.name, count(*) as articles, round(avg(a.score), 2) as mean_score
        from raw.article_topics as a inner join raw.topics as t using (topic_id)
        group by all order by articles desc, t.name limit 30
        """,
    )


def without_topic(con: duckdb.DuckDBPyConnection) -> Look:
    """Articles without a topic, per reason."""
    return look(
        con,
        """
        select reason, count(*) as articles, round(avg(score), 2) as mean_score_of_the_likeliest
        from raw.topic_abstentions group by reason order by articles desc, reason
        """,
    )


def largest_stories(con: duckdb.DuckDBPyConnection) -> Look:
    """The texts that stand in more than one place."""
    return look(
        con,
        """
        select s.story_id, count(*) as articles, min(coalesce(a.title, a.standfirst, left(a.body, 80))) as text
        from raw.article_stories as s inner join raw.articles as a using (article_id)
        group by s.story_id having count(*) > 1 order by articles desc, s.story_id limit 20
        """,
    )
