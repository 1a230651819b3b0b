select
    events.article_id,
    events.event_id,
    events.score,
    articles.story_id
from {{ ref('stg_event_articles') }} as events
inner join {{ ref('stg_article_stories') }} as articles on events.article_id = articles.article_id
order by events.event_id, events.article_id
