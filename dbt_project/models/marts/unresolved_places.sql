with mentions as (
    select
        article_id,
        surface,
        candidates,
        reason
    from {{ ref('stg_unresolved_mentions') }}
),

surfaces as (
    select
        surface,
        count(*) as mentions,
        count(distinct article_id) as articles,
        list_sort(list_distinct(flatten(list(candidates)))) as candidates
    from mentions
    group by surface
),

reasons as (
    select
        surface,
        reason
    from mentions
    group by surface, reason
    qualify row_number() over (partition by surface order by count(*) desc, reason asc) = 1
)

select
    surfaces.surface,
    surfaces.mentions,
    surfaces.articles,
    surfaces.candidates,
    reasons.reason
from surfaces
inner join reasons on surfaces.surface = reasons.surface
order by surfaces.mentions desc, surfaces.surface
