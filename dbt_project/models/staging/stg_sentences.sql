select
    article_id,
    sentence,
    zone,
    paragraph,
    start_char,
    end_char
from {{ source('raw', 'sentences') }}
