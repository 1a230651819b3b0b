with articles as (
    select
        articles.published_month,
        articles.words,
        stories.story_id
    from {{ ref('stg_articles') }} as articles
    left join {{ ref('stg_article_stories') }} as stories on articles.article_id = stories.article_id
),

bounds as (
    select
        min(published_month) as first_month,
        max(published_month) as last_month
    from articles
),

spine as (
    select unnest(generate_series(first_month, last_month, interval 1 month))::date as month
    from bounds
),

dated as (
    select
        spine.month,
        count(articles.published_month) as articles,
        count(distinct articles.story_id) as stories,
        coalesce(sum(articles.words), 0)::bigint as words
    from spine
    left join articles on spine.month = articles.published_month
    group by spine.month
),

undated as (
    select
        null::date as month,
        count(*) as articles,
        count(distinct story_id) as stories,
        sum(words)::bigint as words
    from articles
    where published_month is null
    having count(*) > 0
)

select
    month,
    articles,
    stories,
    words
from dated

union all

select
    month,
    articles,
    stories,
    words
from undated
