select
    article_id,
    event_id,
    score
from {{ source('raw', 'event_articles') }}
