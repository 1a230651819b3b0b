with entity_names as (
    select
        entity_id,
        label,
        {{ gkg_name('name') }} as name
    from {{ ref('stg_entities') }}
    where label in ('PERSON', 'ORG')
),

blocks as (
    select
        articles.article_id,
        mentions.entity_id,
        entity_names.label,
        mentions.start_char - articles.start_char as offset_in_article,
        entity_names.name || ',' || offset_in_article as block
    from {{ ref('stg_entity_mentions') }} as mentions
    inner join {{ ref('stg_articles') }} as articles on mentions.article_id = articles.article_id
    inner join entity_names on mentions.entity_id = entity_names.entity_id
)

select
    article_id,
    {{ gkg_field('block', ['offset_in_article', 'entity_id'], "label = 'PERSON'") }} as v2persons,
    {{ gkg_field('block', ['offset_in_article', 'entity_id'], "label = 'ORG'") }} as v2organizations
from blocks
group by article_id
