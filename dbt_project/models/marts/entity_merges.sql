select
    merged_names.merged_id,
    merged_names.entity_id,
    merged_names.rule,
    merged_names.articles
from {{ ref('stg_entity_merges') }} as merged_names
inner join {{ ref('entities') }} as entities on merged_names.entity_id = entities.entity_id
order by merged_names.entity_id, merged_names.merged_id
