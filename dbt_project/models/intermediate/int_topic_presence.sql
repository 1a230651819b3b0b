select
    stories.story_id,
    topics.article_id,
    topics.topic_id
from {{ ref('stg_article_topics') }} as topics
inner join {{ ref('stg_article_stories') }} as stories on topics.article_id = stories.article_id
