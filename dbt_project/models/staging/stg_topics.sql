select
    topic_id,
    name,
    parent_id
from {{ source('raw', 'topics') }}
