select
    abstentions.article_id,
    abstentions.reason,
    abstentions.topic_id,
    topics.name,
    abstentions.score,
    abstentions.evidence
from {{ ref('stg_topic_abstentions') }} as abstentions
left join {{ ref('stg_topics') }} as topics on abstentions.topic_id = topics.topic_id
order by abstentions.article_id
