select
    kind,
    item,
    name,
    article_id,
    mentions
from {{ source('raw', 'last_presence') }}
