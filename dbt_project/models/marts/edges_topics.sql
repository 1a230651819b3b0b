with nodes as (
    {{ node_names(ref('topics'), 'topic_id') }}
)

select
    sources.node as "Source",
    targets.node as "Target",
    'Undirected' as "Type",
    pairs.n_both as "Weight",
    pairs.topic_a as source_id,
    pairs.topic_b as target_id,
    pairs.npmi
from {{ ref('topic_cooccurrence') }} as pairs
inner join nodes as sources on pairs.topic_a = sources.id
inner join nodes as targets on pairs.topic_b = targets.id
order by pairs.topic_a, pairs.topic_b
