select
    article_id,
    iso2,
    surface,
    kind,
    method,
    confidence,
    start_char,
    end_char,
    sentence,
    zone,
    paragraph
from {{ source('raw', 'country_mentions') }}
