select
    document_id,
    layout,
    layout_confidence
from {{ source('raw', 'document_layouts') }}
