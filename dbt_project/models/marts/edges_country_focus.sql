with nodes as (
    {{ node_names(ref('countries'), 'iso2') }}
)

select
    sources.node as "Source",
    targets.node as "Target",
    'Directed' as "Type",
    pairs.stories as "Weight",
    pairs.iso2_focus as source_id,
    pairs.iso2_present as target_id,
    pairs.story_share
from {{ ref('country_focus') }} as pairs
inner join nodes as sources on pairs.iso2_focus = sources.id
inner join nodes as targets on pairs.iso2_present = targets.id
order by pairs.iso2_focus, pairs.iso2_present
