select
    kind,
    part,
    fingerprint
from {{ ref('stg_provenance') }}
order by kind, part
