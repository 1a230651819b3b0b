{{ config(meta={'dagster': {'ref': {'name': 'mentions_per_country'}}}) }}
-- Nothing is lost or doubled on the way from the mentions to the tables that count them.
with counts as (
    select
        iso2,
        count(*) as mentions
    from {{ ref('country_mentions') }}
    group by iso2
),

per_article as (
    select
        iso2,
        sum(mentions) as mentions
    from {{ ref('article_countries') }}
    group by iso2
),

per_month as (
    select
        iso2,
        sum(mentions) as mentions
    from {{ ref('mentions_per_country_monthly') }}
    group by iso2
)

select
    iso2,
    counts.mentions as counted,
    per_article.mentions as per_article,
    per_country.mentions as per_country,
    per_month.mentions as per_month
from counts
full join per_article using (iso2)
full join {{ ref('mentions_per_country') }} as per_country using (iso2)
full join per_month using (iso2)
where
    counts.mentions is distinct from per_article.mentions
    or counts.mentions is distinct from per_country.mentions
    or counts.mentions is distinct from per_month.mentions
