"""Figures of the last published run, to tell when one falls although the texts did not."""

import duckdb

from pipelines.warehouse.ledger import now

FIGURES = """
    select 'documents' as figure, count(*)::double as value from raw.documents where status = 'loaded'
    union all select 'characters', coalesce(sum(length(text)), 0) from raw.documents where status = 'loaded'
    union all select 'articles', count(*) from raw.articles
    union all select 'words', coalesce(sum(words), 0) from raw.articles
    union all select 'dated articles', count(*) from raw.articles where published_on is not null
    union all select 'articles with a title', count(*) from raw.articles where title is not null
    union all select 'sentences', count(*) from raw.sentences
    union all select 'named things', count(*) from raw.entity_spans
    union all select 'country mentions', count(*) from raw.country_mentions
    union all select 'entity mentions', count(*) from raw.entity_mentions
    union all select 'topics of articles', count(*) from raw.article_topics
"""

FALLS = f"""
    with today as ({FIGURES}),
    compared as (
        select
            t.figure, f.value as last_time, t.value as today,
            t.value / max(t.value) filter (where t.figure = 'characters') over () as rate,
            f.value / max(f.value) filter (where f.figure = 'characters') over () as last_rate
        from today as t inner join raw.figures as f using (figure)
    )
    select figure, last_time, today, round(100 * (rate / last_rate - 1), 1) as percent_for_the_same_text
    from compared where figure <> 'characters' and last_time >= 50 and rate < 0.9 * last_rate
    order by percent_for_the_same_text, figure
"""  # noqa: S608
"""Figures that have fallen by more than a tenth for the same amount of text: less text explains less of everything."""


def note_figures(con: duckdb.DuckDBPyConnection) -> None:
    """Keep today's figures to compare the next run with; belongs after publishing."""
    con.execute("delete from raw.figures")
    con.execute(f"insert into raw.figures select figure, value, ? from ({FIGURES})", [now()])  # noqa: S608
