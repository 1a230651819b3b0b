select
    path,
    document_id,
    bytes,
    modified_at,
    first_seen_at
from {{ source('raw', 'files') }}
