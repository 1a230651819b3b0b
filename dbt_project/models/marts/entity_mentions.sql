select
    article_id,
    entity_id,
    label,
    surface,
    start_char,
    end_char,
    sentence
from {{ ref('stg_entity_mentions') }}
order by article_id, start_char, end_char, entity_id
