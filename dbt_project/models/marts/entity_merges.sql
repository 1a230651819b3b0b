select
    merges.merged_id,
    merges.entity_id,
    merges.rule,
    merges.articles
from {{ ref('stg_entity_merges') }} as merges
inner join {{ ref('entities') }} as entities on merges.entity_id = entities.entity_id
order by merges.entity_id, merges.merged_id
