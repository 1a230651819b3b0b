with causes as (
    select
        kind,
        item,
        cause,
        count(*) as articles_affected,
        sum(articles_change)::bigint as articles_change,
        sum(mentions_change)::bigint as mentions_change
    from {{ ref('int_changed_cells') }}
    group by kind, item, cause
),

totals_now as (
    select
        kind,
        item,
        count(*) as articles,
        sum(mentions)::bigint as mentions
    from {{ ref('int_presence') }}
    group by kind, item
),

totals_before as (
    select
        kind,
        item,
        any_value(name) as name,
        count(*) as articles,
        sum(mentions)::bigint as mentions
    from {{ ref('stg_last_presence') }}
    group by kind, item
)

select
    causes.kind,
    causes.item,
    coalesce(items.name, totals_before.name) as name,
    causes.cause,
    causes.articles_affected,
    causes.articles_change,
    case when causes.kind <> 'topic' then causes.mentions_change end as mentions_change,
    coalesce(totals_before.articles, 0) as articles_before,
    coalesce(totals_now.articles, 0) as articles,
    case when causes.kind <> 'topic' then coalesce(totals_before.mentions, 0) end as mentions_before,
    case when causes.kind <> 'topic' then coalesce(totals_now.mentions, 0) end as mentions
from causes
left join {{ ref('int_items') }} as items on causes.kind = items.kind and causes.item = items.item
left join totals_now on causes.kind = totals_now.kind and causes.item = totals_now.item
left join totals_before on causes.kind = totals_before.kind and causes.item = totals_before.item
order by causes.kind, causes.item, causes.cause
