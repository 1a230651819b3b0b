select
    provenance.kind,
    string_agg(provenance.part, ' + ' order by provenance.part) filter (
        where provenance.fingerprint is distinct from last_published.fingerprint
    ) as changed_parts,
    count(last_published.fingerprint) > 0 as is_known
from {{ ref('stg_provenance') }} as provenance
left join {{ ref('stg_last_provenance') }} as last_published
    on provenance.kind = last_published.kind and provenance.part = last_published.part
group by provenance.kind
