select
    step,
    input_id,
    error
from {{ source('raw', 'failures') }}
