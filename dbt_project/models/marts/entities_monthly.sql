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
)

select
    counts.month,
    counts.entity_id,
    counts.mentions,
    counts.articles,
    counts.stories,
    months.articles as total_articles,
    counts.articles / months.articles as article_share
from counts
inner join {{ ref('int_months') }} as months on counts.month is not distinct from months.month
order by counts.entity_id, counts.month nulls last
