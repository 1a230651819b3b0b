select
    aliases.entity_id,
    aliases.alias,
    aliases.source,
    aliases.mentions,
    aliases.articles
from {{ ref('stg_entity_aliases') }} as aliases
inner join {{ ref('entities') }} as entities on aliases.entity_id = entities.entity_id
order by aliases.entity_id, aliases.mentions desc, aliases.alias
