"""What the report reads: one query per table or picture, on the warehouse's public tables only."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
"""Column name → value, of types that JSON has; dates as ISO text."""

TOP_COUNTRIES = 8
TOP_TOPICS = 14
TOP_NAMES = 15
TOP_PAIRS = 15
LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """Everything on the page, each list in the order in which it is shown."""

    totals: Row
    countries: list[Row]
    """All countries, those without a mention too."""
    months: list[Row]
    """Months and, last, the undated: number of articles."""
    timeline: list[Row]
    """Countries with the most mentions, by month."""
    topics: list[Row]
    """The most frequent topics."""
    topic_pairs: list[Row]
    """Pairs of them, those that never meet too."""
    persons: list[Row]
    organisations: list[Row]
    country_pairs: list[Row]
    publishers: list[Row]
    documents: list[Row]
    quarantined: list[Row]
    unresolved: list[Row]
    accuracy: list[Row]
    """Empty where nothing was measured."""


_TOTALS = """
    select
        (select count(*) from documents where status = 'loaded') as documents,
        (select count(*) from documents where status = 'quarantined') as quarantined,
        (select coalesce(sum(copies), 0)::bigint from documents) as copies,
        (select max(ingested_at)::date from documents) as ingested_on,
        (select count(*) from articles) as articles,
        (select coalesce(sum(words), 0)::bigint from articles) as words,
        (select count(*) from articles where published_on is null) as undated,
        (select count(*) from articles where publisher is null) as without_publisher,
        (select min(published_on) from articles) as first_published_on,
        (select max(published_on) from articles) as last_published_on,
        (select count(*) from stories) as stories,
        (select count(*) from country_mentions) as mentions,
        (select count(distinct iso2) from country_mentions) as countries,
        (select count(*) from countries) as all_countries,
        (select count(*) from entities where label = 'PERSON') as persons,
        (select count(*) from entities where label = 'ORG') as organisations,
        (select coalesce(sum(mentions), 0)::bigint from unresolved_places) as unresolved,
        (select count(*) from unresolved_places) as unresolved_names
"""
_COUNTRIES = """
    select
        c.iso2, c.iso3, c.name,
        coalesce(m.mentions, 0) as mentions, coalesce(m.articles, 0) as articles, coalesce(m.stories, 0) as stories,
        coalesce(m.focus_articles, 0) as focus_articles,
        coalesce(m.name_mentions, 0) as name_mentions, coalesce(m.demonym_mentions, 0) as demonym_mentions,
        coalesce(m.metonym_mentions, 0) as metonym_mentions, coalesce(m.place_mentions, 0) as place_mentions,
        m.article_share, m.article_share_low, m.article_share_high
    from countries as c left join mentions_per_country as m using (iso2)
    order by mentions desc, c.name, c.iso2
"""
_MONTHS = """
    select month, max(total_articles) as total_articles
    from mentions_per_country_monthly group by month order by month nulls last
"""
_TIMELINE = """
    with top as (
        select iso2, row_number() over (order by mentions desc, name, iso2) as place
        from mentions_per_country where mentions > 0 qualify place <= $top
    )
    select m.month, m.iso2, m.name, m.mentions, m.articles, m.total_articles,
        m.article_share, m.article_share_low, m.article_share_high
    from mentions_per_country_monthly as m join top using (iso2)
    order by top.place, m.month nulls last
"""
_TOPICS = """
    with sides as (
        select topic_a as topic_id, name_a as name, n_a as stories from topic_cooccurrence
        union
        select topic_b, name_b, n_b from topic_cooccurrence
    )
    select topic_id, coalesce(name, topic_id) as name, stories
    from sides order by stories desc, name, topic_id limit $top
"""
# every pair of them, those that never share a story too; left out is only that a topic goes with the one above it
_TOPIC_PAIRS = """
    with recursive above as (
        select topic_id, parent_id as ancestor_id from topics where parent_id is not null
        union
        select above.topic_id, topics.parent_id
        from above join topics on topics.topic_id = above.ancestor_id where topics.parent_id is not null
    ),
    sides as (
        select topic_a as topic_id, n_a as n, n_total from topic_cooccurrence
        union
        select topic_b, n_b, n_total from topic_cooccurrence
    ),
    pairs as (
        select a.topic_id as topic_a, b.topic_id as topic_b, a.n as n_a, b.n as n_b, a.n_total
        from sides as a join sides as b on a.topic_id < b.topic_id
        where list_contains($topics::varchar[], a.topic_id) and list_contains($topics::varchar[], b.topic_id)
            and not exists (
                select 1 from above where (above.topic_id, above.ancestor_id) in
                ((a.topic_id, b.topic_id), (b.topic_id, a.topic_id))
            )
    ),
    -- Dunning's G² of two topics that never meet: the cell "both" is empty and adds nothing
    apart as (
        select topic_a, topic_b, n_a * n_b / n_total as expected_both,
            -2 * (
                n_a * ln(n_total / nullif(n_total - n_b, 0)) + n_b * ln(n_total / nullif(n_total - n_a, 0))
                + case
                    when n_total > n_a + n_b
                    then (n_total - n_a - n_b)
                        * ln((n_total - n_a - n_b) * n_total / ((n_total - n_a) * (n_total - n_b)))
                    else 0
                end
            ) as log_likelihood
        from pairs
    )
    select p.topic_a, p.topic_b, p.n_a, p.n_b, p.n_total, coalesce(c.n_both, 0) as n_both,
        coalesce(c.expected_both, apart.expected_both) as expected_both, coalesce(c.lift, 0) as lift,
        -- undefined where every story has both: nothing can be said, as at 0
        case when c.topic_a is null then -1 else coalesce(c.npmi, 0) end as npmi,
        coalesce(c.log_likelihood, apart.log_likelihood) as log_likelihood
    from pairs as p join apart using (topic_a, topic_b) left join topic_cooccurrence as c using (topic_a, topic_b)
    order by p.topic_a, p.topic_b
"""
_ENTITIES = """
    select entity_id, name, mentions, articles from entities
    where label = $label order by articles desc, mentions desc, name, entity_id limit $top
"""
_COUNTRY_PAIRS = """
    select a.name as name_a, b.name as name_b, p.n_both, p.n_a, p.n_b, p.n_total, p.expected_both, p.npmi,
        p.log_likelihood, p.sentences_both
    from country_cooccurrence as p
    join countries as a on a.iso2 = p.iso2_a
    join countries as b on b.iso2 = p.iso2_b
    where p.n_both > 0
    order by p.n_both desc, p.log_likelihood desc nulls last, name_a, name_b limit $top
"""
_PUBLISHERS = """
    select publisher as name, count(*) as articles from articles
    where publisher is not null group by publisher order by articles desc, name limit $top
"""
_DOCUMENTS = """
    select path, layout, language, bytes, articles from documents
    where status = 'loaded' order by articles desc nulls last, path limit $top
"""
_QUARANTINED = "select path, bytes, reason from documents where status = 'quarantined' order by path limit $top"
_UNRESOLVED = """
    select surface, mentions, articles, array_to_string(candidates, ', ') as candidates, reason
    from unresolved_places order by mentions desc, articles desc, surface limit $top
"""
_HAS_ACCURACY = """
    select count(*) as tables from duckdb_tables()
    where schema_name = current_schema() and database_name = current_database() and table_name = 'accuracy'
"""
_ACCURACY = "select quantity, value, floor, items, description from accuracy order by lower(quantity), quantity"


def read(con: "duckdb.DuckDBPyConnection", schema: str) -> ReportData:
    """Read all that the page shows from the tables of `schema`."""
    # a cursor of its own, so that the caller's connection keeps its schema
    with con.cursor() as cursor:
        cursor.execute("set schema = '{}'".format(schema.replace("'", "''")))

        def rows(query: str, **parameters: object) -> list[Row]:
            cursor.execute(query, parameters or None)
            columns = [name for name, *_ in cursor.description or ()]
            return [dict(zip(columns, map(_plain, row), strict=True)) for row in cursor.fetchall()]

        topics = rows(_TOPICS, top=TOP_TOPICS)
        return ReportData(
            totals=rows(_TOTALS)[0],
            countries=rows(_COUNTRIES),
            months=rows(_MONTHS),
            timeline=rows(_TIMELINE, top=TOP_COUNTRIES),
            topics=topics,
            topic_pairs=rows(_TOPIC_PAIRS, topics=[t["topic_id"] for t in topics]),
            persons=rows(_ENTITIES, label="PERSON", top=TOP_NAMES),
            organisations=rows(_ENTITIES, label="ORG", top=TOP_NAMES),
            country_pairs=rows(_COUNTRY_PAIRS, top=TOP_PAIRS),
            publishers=rows(_PUBLISHERS, top=TOP_NAMES),
            documents=rows(_DOCUMENTS, top=LISTED),
            quarantined=rows(_QUARANTINED, top=LISTED),
            unresolved=rows(_UNRESOLVED, top=LISTED),
            accuracy=rows(_ACCURACY) if rows(_HAS_ACCURACY)[0]["tables"] else [],
        )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
