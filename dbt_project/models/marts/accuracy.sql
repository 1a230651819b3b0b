select
    quantity,
    value,
    floor,
    items,
    description
from {{ ref('stg_accuracy') }}
order by quantity
