select
    document_id,
    sha256,
    bytes,
    encoding,
    language,
    text,
    status,
    reason,
    ingested_at
from {{ source('raw', 'documents') }}
