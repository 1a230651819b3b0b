select
    article_id,
    topic_id,
    score,
    evidence
from {{ source('raw', 'article_topics') }}
