with counts as (
    select
        articles.published_month as month,
        presence.entity_id,
        sum(presence.mentions)::bigint as mentions,
        count(*) as articles,
        count(distinct presence.story_id) as stories
    from {{ ref('int_entity_presence') }} as presence
    inner join {{ ref('stg_articles') }} as articles on presence.article_id = articles.article_id
    group by articles.published_month, presence.entity_id
),

-- most names are met once: a calendar of their own would be as many times longer than the table as there are months
recurring as (
    select entity_id
    from {{ ref('int_entity_presence') }}
    group by entity_id
    having count(distinct story_id) >= 2
),

calendar as (
    select
        months.month,
        recurring.entity_id
    from {{ ref('int_months') }} as months
    cross join recurring
),

filled as (
    select
        calendar.month,
        calendar.entity_id,
        coalesce(counts.mentions, 0) as mentions,
        coalesce(counts.articles, 0) as articles,
        coalesce(counts.stories, 0) as stories
    from calendar
    left join counts
        on calendar.month is not distinct from counts.month and calendar.entity_id = counts.entity_id

    union all

    select
        counts.month,
        counts.entity_id,
        counts.mentions,
        counts.articles,
        counts.stories
    from counts
    anti join recurring on counts.entity_id = recurring.entity_id
)

select
    filled.month,
    filled.entity_id,
    filled.mentions,
    filled.articles,
    filled.stories,
    months.articles as total_articles,
    months.stories as total_stories,
    {{ share('filled.articles', 'months.articles', 'article_share') }},
    {{ share('filled.stories', 'months.stories', 'story_share') }}
from filled
inner join {{ ref('int_months') }} as months on filled.month is not distinct from months.month
order by filled.entity_id, filled.month nulls last
