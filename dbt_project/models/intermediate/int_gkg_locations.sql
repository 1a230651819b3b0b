with country_names as (
    select
        iso2,
        fips,
        {{ gkg_name('name') }} as name
    from {{ ref('countries') }}
),

blocks as (
    select
        articles.article_id,
        mentions.iso2,
        country_names.fips,
        mentions.start_char - articles.start_char as offset_in_article,
        case mentions.kind
            when 'place' then '4#' || {{ gkg_name('mentions.surface') }} || ', ' || country_names.name
            else '1#' || country_names.name
        end || '#' || coalesce(country_names.fips, '') || '#####' || offset_in_article as block
    from {{ ref('stg_country_mentions') }} as mentions
    inner join {{ ref('stg_articles') }} as articles on mentions.article_id = articles.article_id
    inner join country_names on mentions.iso2 = country_names.iso2
)

select
    article_id,
    {{ gkg_field('block', ['offset_in_article', 'iso2']) }} as v2locations,
    list_sort(list_distinct(list(iso2))) as countries_iso2,
    list_sort(list_distinct(list(fips) filter (where fips is not null))) as countries_fips
from blocks
group by article_id
