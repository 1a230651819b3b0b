with nodes as (
    {{ node_names(ref('entities'), 'entity_id') }}
)

select
    sources.node as "Source",
    targets.node as "Target",
    'Undirected' as "Type",
    pairs.n_both as "Weight",
    pairs.entity_a as source_id,
    pairs.entity_b as target_id,
    pairs.npmi
from {{ ref('entity_cooccurrence') }} as pairs
inner join nodes as sources on pairs.entity_a = sources.id
inner join nodes as targets on pairs.entity_b = targets.id
order by pairs.entity_a, pairs.entity_b
