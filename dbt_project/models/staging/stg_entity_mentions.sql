select
    article_id,
    entity_id,
    label,
    surface,
    start_char,
    end_char,
    sentence
from {{ source('raw', 'entity_mentions') }}
