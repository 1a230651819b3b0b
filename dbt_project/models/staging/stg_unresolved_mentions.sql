select
    article_id,
    surface,
    start_char,
    end_char,
    sentence,
    candidates,
    reason
from {{ source('raw', 'unresolved_mentions') }}
