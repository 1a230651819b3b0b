with counts as (
    select
        entity_id,
        sum(mentions)::bigint as mentions,
        count(*) as articles
    from {{ ref('int_entity_presence') }}
    group by entity_id
)

select
    entities.entity_id,
    entities.name,
    entities.label,
    entities.aliases,
    entities.resolved,
    counts.mentions,
    counts.articles
from {{ ref('stg_entities') }} as entities
inner join counts on entities.entity_id = counts.entity_id
order by counts.mentions desc, entities.entity_id
