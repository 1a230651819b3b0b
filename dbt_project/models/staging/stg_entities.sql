select
    entity_id,
    name,
    label,
    aliases,
    resolved
from {{ source('raw', 'entities') }}
