select
    kind,
    part,
    fingerprint
from {{ source('raw', 'provenance') }}
