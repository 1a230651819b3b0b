"""What the other articles of an article's source are about, which tells which Paris a paper of Paris, Texas, means.

The source is the publisher, where enough articles name it, else the document that the article stands in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.text.article_text import ArticleText
from pipelines.text.extraction.mentions import Extraction
from pipelines.warehouse.articles import load_extracted

FEWEST_OTHERS = 4
"""So many other articles have to name countries."""
LEAST_SHARE = 0.35
"""Countries with a smaller share among them say nothing; a larger share is rounded to a tenth."""

PRIORS = f"""
    with publishers as (
        select publisher from raw.articles where publisher is not null
        group by publisher having count(*) > {FEWEST_OTHERS}
    ),
    sources as (
        select a.article_id, a.document_id, coalesce('p' || p.publisher, 'd' || a.document_id) as source
        from raw.articles as a left join publishers as p using (publisher)
    ),
    sizes as (
        select s.source, count(distinct s.article_id) as articles
        from sources as s inner join raw.article_country_shares as c using (article_id) group by s.source
    ),
    sums as (
        select s.source, c.iso2, sum(c.share) as share
        from sources as s inner join raw.article_country_shares as c using (article_id) group by s.source, c.iso2
        -- without its own share an article's others cannot come to more than this
        having sum(c.share) >= {LEAST_SHARE} * {FEWEST_OTHERS}
    ),
    own as (select article_id, count(*) > 0 as named from raw.article_country_shares group by article_id),
    others as (
        select
            s.article_id, t.iso2, n.articles - coalesce(o.named, false)::integer as articles,
            t.share - coalesce(c.share, 0) as share
        from sources as s
        inner join sums as t using (source)
        inner join sizes as n using (source)
        left join own as o using (article_id)
        left join raw.article_country_shares as c on c.article_id = s.article_id and c.iso2 = t.iso2
    )
    select article_id, iso2, round(share / articles, 1)::double as share
    from others where articles >= {FEWEST_OTHERS} and share >= {LEAST_SHARE} * articles
"""  # noqa: S608
"""Query for `article_id`, `iso2` and `share` of that country in what else the article's source publishes."""


@dataclass(frozen=True, slots=True)
class SourcedArticle:
    """An article, what its source is about, and what was extracted from it."""

    article_id: str
    prior: Mapping[str, float]
    """Country code → its share in the source's other articles."""
    extracted: tuple[ArticleText, Extraction] | None
    """None where it need not be resolved again."""


def load_sourced(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], *, again: Callable[[str, Mapping[str, float]], bool]
) -> list[SourcedArticle]:
    """The articles with these ids; `again` says of an id and a prior whether its text is wanted."""
    priors: dict[str, dict[str, float]] = {}
    for article_id, iso2, share in con.execute(
        f"select article_id, iso2, share from ({PRIORS}) where article_id in (select unnest(?::varchar[]))",  # noqa: S608
        [list(article_ids)],
    ).fetchall():
        priors.setdefault(article_id, {})[iso2] = share
    wanted = [a for a in article_ids if again(a, priors.get(a, {}))]
    extracted = {text.article_id: (text, extraction) for text, extraction in load_extracted(con, wanted)}
    return [SourcedArticle(a, priors.get(a, {}), extracted.get(a)) for a in article_ids]
