with spellings as (
    select
        publisher,
        count(*) as articles
    from {{ ref('stg_articles') }}
    where publisher is not null
    group by publisher
),

publishers as (
    select
        lower(publisher) as folded,
        -- the commonest that is not all capitals, unless it may be an acronym
        first(
            publisher order by publisher = upper(publisher) and contains(publisher, ' '), articles desc, publisher
        ) as publisher
    from spellings
    group by lower(publisher)
)

select
    articles.article_id,
    articles.document_id,
    articles.ordinal,
    articles.title,
    articles.standfirst,
    articles.body,
    publishers.publisher,
    articles.published_on,
    articles.published_precision,
    articles.published_month,
    articles.published_evidence,
    articles.language,
    articles.words,
    articles.start_line,
    articles.end_line,
    articles.start_char,
    articles.end_char,
    articles.boundary_confidence,
    stories.story_id
from {{ ref('stg_articles') }} as articles
left join {{ ref('stg_article_stories') }} as stories on articles.article_id = stories.article_id
left join publishers on lower(articles.publisher) = publishers.folded
order by articles.document_id, articles.ordinal
