select
    'country' as kind,
    iso2 as item,
    story_id,
    article_id,
    mentions
from {{ ref('int_country_presence') }}

union all

select
    'entity' as kind,
    presence.entity_id as item,
    presence.story_id,
    presence.article_id,
    presence.mentions
from {{ ref('int_entity_presence') }} as presence
inner join {{ ref('stg_entities') }} as entities on presence.entity_id = entities.entity_id
where entities.resolved

union all

select
    'topic' as kind,
    topic_id as item,
    story_id,
    article_id,
    null::bigint as mentions
from {{ ref('int_topic_presence') }}
