with counts as (
    select
        articles.published_month as month,
        presence.topic_id,
        count(*) as articles,
        count(distinct presence.story_id) as stories
    from {{ ref('int_topic_presence') }} as presence
    inner join {{ ref('stg_articles') }} as articles on presence.article_id = articles.article_id
    group by articles.published_month, presence.topic_id
),

given as (
    select
        topics.topic_id,
        topics.name
    from {{ ref('topics') }} as topics
    semi join counts on topics.topic_id = counts.topic_id
),

filled as (
    select
        months.month,
        given.topic_id,
        given.name,
        coalesce(counts.articles, 0) as articles,
        coalesce(counts.stories, 0) as stories,
        months.articles as total_articles,
        months.stories as total_stories
    from {{ ref('int_months') }} as months
    cross join given
    left join counts on months.month is not distinct from counts.month and given.topic_id = counts.topic_id
)

select
    month,
    topic_id,
    name,
    articles,
    stories,
    total_articles,
    total_stories,
    {{ share('articles', 'total_articles', 'article_share') }},
    {{ share('stories', 'total_stories', 'story_share') }},
    stories - lag(stories) over (partition by topic_id, month is null order by month) as change_on_previous_month
from filled
order by topic_id, month nulls last
