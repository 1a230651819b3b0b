select
    entity_id,
    alias,
    source,
    mentions,
    articles
from {{ source('raw', 'entity_aliases') }}
