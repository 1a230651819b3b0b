select
    topic_id,
    name,
    parent_id
from {{ ref('stg_topics') }}
order by topic_id
