select
    article_id,
    precision,
    year,
    month,
    day,
    weekday,
    relative,
    surface,
    start_char,
    end_char
from {{ source('raw', 'dates_mentioned') }}
