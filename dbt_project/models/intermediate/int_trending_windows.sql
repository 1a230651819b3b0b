{%- set period = var('trending_period') %}
-- an article whose day is unknown has no week, one whose month is unknown no month
{% set precisions = "('day')" if period in ('day', 'week') else "('day', 'month')" -%}

with articles as (
    select
        article_id,
        published_on
    from {{ ref('stg_articles') }}
    where
        published_precision in {{ precisions }}
        and published_on <= '{{ var('trending_until') or '9999-12-31' }}'::date
),

last_period as (
    select max(date_trunc('{{ period }}', published_on)::date) as period_start from articles
),

windows as (
    select
        period_start,
        (period_start + interval '1 {{ period }}')::date as period_end,
        (period_start - interval '{{ var('trending_baseline_periods') }} {{ period }}')::date as baseline_start
    from last_period
)

select
    articles.article_id,
    windows.baseline_start,
    windows.period_start,
    windows.period_end,
    articles.published_on >= windows.period_start as in_period
from articles
inner join windows
    on articles.published_on >= windows.baseline_start and articles.published_on < windows.period_end
