with articles as (
    select
        article_id,
        document_id,
        publisher,
        published_on,
        published_precision,
        start_char,
        start_line
    from {{ ref('articles') }}
),

country_names as (
    select
        iso2,
        fips,
        {{ gkg_name('name') }} as name
    from {{ ref('countries') }}
),

location_blocks as (
    select
        articles.article_id,
        mentions.iso2,
        country_names.fips,
        mentions.start_char - articles.start_char as offset_in_article,
        case mentions.kind
            when 'place' then '4#' || {{ gkg_name('mentions.surface') }} || ', ' || country_names.name
            else '1#' || country_names.name
        end || '#' || coalesce(country_names.fips, '') || '#####' || offset_in_article as block
    from {{ ref('country_mentions') }} as mentions
    inner join articles on mentions.article_id = articles.article_id
    inner join country_names on mentions.iso2 = country_names.iso2
),

locations as (
    select
        article_id,
        {{ gkg_field('block', ['offset_in_article', 'iso2']) }} as v2locations,
        list_sort(list_distinct(list(iso2))) as iso2,
        list_sort(list_distinct(list(fips) filter (where fips is not null))) as fips
    from location_blocks
    group by article_id
),

themes as (
    select
        article_topics.article_id,
        string_agg(
            upper(regexp_replace(topics.name, '[^A-Za-z0-9]+', '_', 'g')) || ',0',
            ';' order by article_topics.score desc, article_topics.topic_id
        ) as themes,
        list(article_topics.topic_id order by article_topics.score desc, article_topics.topic_id) as topic_ids
    from {{ ref('article_topics') }} as article_topics
    inner join {{ ref('topics') }} as topics on article_topics.topic_id = topics.topic_id
    group by article_topics.article_id
),

entity_names as (
    select
        entity_id,
        label,
        {{ gkg_name('name') }} as name
    from {{ ref('entities') }}
    where label in ('PERSON', 'ORG')
),

name_blocks as (
    select
        articles.article_id,
        mentions.entity_id,
        entity_names.label,
        mentions.start_char - articles.start_char as offset_in_article,
        entity_names.name || ',' || offset_in_article as block
    from {{ ref('entity_mentions') }} as mentions
    inner join articles on mentions.article_id = articles.article_id
    inner join entity_names on mentions.entity_id = entity_names.entity_id
),

names as (
    select
        article_id,
        {{ gkg_field('block', ['offset_in_article', 'entity_id'], "label = 'PERSON'") }} as v2persons,
        {{ gkg_field('block', ['offset_in_article', 'entity_id'], "label = 'ORG'") }} as v2organizations
    from name_blocks
    group by article_id
)

select
    articles.article_id as gkgrecordid,
    case
        when articles.published_precision = 'day' then strftime(articles.published_on, '%Y%m%d000000')::bigint
    end as date,
    1::bigint as sourcecollectionidentifier,
    articles.publisher as sourcecommonname,
    documents.path || '#L' || articles.start_line as documentidentifier,
    themes.themes as v2themes,
    locations.v2locations,
    names.v2persons,
    names.v2organizations,
    coalesce(themes.topic_ids, []) as topic_ids,
    coalesce(locations.iso2, []) as countries_iso2,
    coalesce(locations.fips, []) as countries_fips
from articles
inner join {{ ref('documents') }} as documents on articles.document_id = documents.document_id
left join locations on articles.article_id = locations.article_id
left join themes on articles.article_id = themes.article_id
left join names on articles.article_id = names.article_id
order by articles.article_id
