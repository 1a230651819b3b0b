select
    article_id,
    topic_id,
    score,
    evidence
from {{ ref('stg_article_topics') }}
order by article_id, score desc, topic_id
