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

locations as (
    select
        articles.article_id,
        string_agg(
            case when mentions.kind = 'place' then 4 else 1 end || '#'
            || case when mentions.kind = 'place' then {{ gkg_name('mentions.surface') }} || ', ' else '' end
            || {{ gkg_name('countries.name') }} || '#' || coalesce(countries.fips, '') || '#####'
            || (mentions.start_char - articles.start_char),
            ';' order by mentions.start_char, mentions.iso2
        ) as locations,
        list_sort(list_distinct(list(mentions.iso2))) as iso2,
        list_sort(list_distinct(list(countries.fips) filter (where countries.fips is not null))) as fips
    from {{ ref('country_mentions') }} as mentions
    inner join articles on mentions.article_id = articles.article_id
    inner join {{ ref('countries') }} as countries on mentions.iso2 = countries.iso2
    group by articles.article_id
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

names as (
    select
        articles.article_id,
        string_agg(
            {{ gkg_name('entities.name') }} || ',' || (mentions.start_char - articles.start_char),
            ';' order by mentions.start_char, mentions.entity_id
        ) filter (where entities.label = 'PERSON') as persons,
        string_agg(
            {{ gkg_name('entities.name') }} || ',' || (mentions.start_char - articles.start_char),
            ';' order by mentions.start_char, mentions.entity_id
        ) filter (where entities.label = 'ORG') as organizations
    from {{ ref('entity_mentions') }} as mentions
    inner join articles on mentions.article_id = articles.article_id
    inner join {{ ref('entities') }} as entities on mentions.entity_id = entities.entity_id
    where entities.label in ('PERSON', 'ORG')
    group by articles.article_id
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
    locations.locations as v2locations,
    names.persons as v2persons,
    names.organizations as v2organizations,
    coalesce(themes.topic_ids, []) as topic_ids,
    coalesce(locations.iso2, []) as countries_iso2,
    coalesce(locations.fips, []) as countries_fips
from articles
inner join {{ ref('documents') }} as documents on articles.document_id = documents.document_id
left join locations on articles.article_id = locations.article_id
left join themes on articles.article_id = themes.article_id
left join names on articles.article_id = names.article_id
order by articles.article_id
