select
    document_id,
    article_id,
    start_char,
    end_char,
    start_line,
    end_line,
    kind,
    rule
from {{ source('raw', 'document_spans') }}
