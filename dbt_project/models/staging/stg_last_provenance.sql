select
    kind,
    part,
    fingerprint
from {{ source('raw', 'last_provenance') }}
