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
from {{ ref('stg_country_mentions') }}
order by article_id, start_char, end_char, iso2
