select
    article_id,
    kind,
    value,
    high,
    unit,
    object,
    qualifier,
    surface,
    start_char,
    end_char
from {{ source('raw', 'amounts') }}
