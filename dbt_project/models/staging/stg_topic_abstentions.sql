select
    article_id,
    reason,
    topic_id,
    score,
    evidence
from {{ source('raw', 'topic_abstentions') }}
