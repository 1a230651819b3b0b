with totals as (
    select
        count(*) as articles,
        count(distinct story_id) as stories
    from {{ ref('articles') }}
),

mentions as (
    select
        article_id,
        sum(mentions)::bigint as mentions
    from {{ ref('int_country_presence') }}
    group by article_id
),

counts as (
    select
        articles.publisher,
        count(*) as articles,
        count(distinct articles.story_id) as stories,
        sum(articles.words)::bigint as words,
        coalesce(sum(mentions.mentions), 0)::bigint as country_mentions,
        count(distinct articles.published_month) as months,
        count(*) filter (where articles.published_month is null) as undated_articles,
        min(articles.published_on) as first_published_on,
        max(articles.published_on) as last_published_on
    from {{ ref('articles') }} as articles
    left join mentions on articles.article_id = mentions.article_id
    group by articles.publisher
)

select
    counts.publisher,
    counts.articles,
    counts.stories,
    counts.words,
    counts.country_mentions,
    counts.months,
    counts.undated_articles,
    counts.first_published_on,
    counts.last_published_on,
    totals.articles as total_articles,
    totals.stories as total_stories,
    {{ share('counts.articles', 'totals.articles', 'article_share') }},
    {{ share('counts.stories', 'totals.stories', 'story_share') }}
from counts
cross join totals
order by counts.articles desc, counts.publisher nulls last
