select
    article_id,
    story_id
from {{ source('raw', 'article_stories') }}
