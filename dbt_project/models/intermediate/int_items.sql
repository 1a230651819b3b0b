select
    'country' as kind,
    iso2 as item,
    name,
    null::varchar as label
from {{ ref('countries') }}

union all

select
    'entity' as kind,
    entity_id as item,
    name,
    label
from {{ ref('stg_entities') }}
where resolved

union all

select
    'topic' as kind,
    topic_id as item,
    name,
    null::varchar as label
from {{ ref('stg_topics') }}
