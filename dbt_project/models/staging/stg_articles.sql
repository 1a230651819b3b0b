select
    article_id,
    document_id,
    ordinal,
    title,
    standfirst,
    body,
    publisher,
    published_on,
    published_precision,
    case
        when published_precision in ('day', 'month') then date_trunc('month', published_on)::date
    end as published_month,
    published_evidence,
    language,
    words,
    start_line,
    end_line,
    start_char,
    end_char,
    boundary_confidence
from {{ source('raw', 'articles') }}
