select
    quantity,
    value,
    floor,
    items,
    description
from {{ source('raw', 'accuracy') }}
