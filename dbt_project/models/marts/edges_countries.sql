with nodes as (
    {{ node_names(ref('countries'), 'iso2') }}
)

select
    sources.node as "Source",
    targets.node as "Target",
    'Undirected' as "Type",
    pairs.n_both as "Weight",
    pairs.iso2_a as source_id,
    pairs.iso2_b as target_id,
    pairs.npmi
from {{ ref('country_cooccurrence') }} as pairs
inner join nodes as sources on pairs.iso2_a = sources.id
inner join nodes as targets on pairs.iso2_b = targets.id
order by pairs.iso2_a, pairs.iso2_b
