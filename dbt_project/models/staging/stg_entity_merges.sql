select
    merged_id,
    entity_id,
    rule,
    articles
from {{ source('raw', 'entity_merges') }}
