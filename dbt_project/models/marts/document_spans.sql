select
    document_id,
    article_id,
    start_char,
    end_char,
    start_line,
    end_line,
    kind,
    rule
from {{ ref('stg_document_spans') }}
order by document_id, start_char
