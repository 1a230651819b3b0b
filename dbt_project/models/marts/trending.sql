with windows as (
    select
        windows.article_id,
        stories.story_id,
        windows.baseline_start,
        windows.period_start,
        windows.period_end,
        windows.in_period
    from {{ ref('int_trending_windows') }} as windows
    inner join {{ ref('stg_article_stories') }} as stories on windows.article_id = stories.article_id
),

totals as (
    select
        count(distinct story_id) filter (where in_period) as stories,
        count(distinct story_id) filter (where not in_period) as stories_before
    from windows
),

counts as (
    select
        presence.kind,
        presence.item,
        any_value(windows.baseline_start) as baseline_start,
        any_value(windows.period_start) as period_start,
        any_value(windows.period_end) as period_end,
        (sum(presence.mentions) filter (where windows.in_period))::bigint as mentions,
        count(*) filter (where windows.in_period) as articles,
        count(distinct windows.story_id) filter (where windows.in_period) as stories,
        count(distinct windows.story_id) filter (where not windows.in_period) as stories_before
    from {{ ref('int_presence') }} as presence
    inner join windows on presence.article_id = windows.article_id
    group by presence.kind, presence.item
    having
        count(distinct windows.story_id) filter (where windows.in_period)
        + count(distinct windows.story_id) filter (where not windows.in_period)
        >= {{ var('trending_min_stories') }}
),

measured as (
    select
        counts.kind,
        counts.item,
        counts.baseline_start,
        counts.period_start,
        counts.period_end,
        case when counts.kind <> 'topic' then coalesce(counts.mentions, 0) end as mentions,
        counts.articles,
        counts.stories,
        counts.stories_before,
        totals.stories as total_stories,
        totals.stories_before as total_stories_before,
        {{ share('counts.stories', 'totals.stories', 'story_share') }},
        counts.stories_before / nullif(totals.stories_before, 0) as story_share_before,
        {{ expected_count('counts.stories', 'counts.stories_before', 'totals.stories', 'totals.stories_before') }}
            as expected_stories,
        {{ pearson_residual('counts.stories', 'counts.stories_before', 'totals.stories', 'totals.stories_before') }}
            as pearson_residual
    from counts
    cross join totals
)

select
    measured.kind,
    row_number() over (
        partition by measured.kind
        order by round(measured.pearson_residual, 9) desc, measured.stories desc, measured.item
    ) as rank,
    measured.item,
    items.name,
    items.label,
    measured.baseline_start,
    measured.period_start,
    measured.period_end,
    measured.mentions,
    measured.articles,
    measured.stories,
    measured.stories_before,
    measured.total_stories,
    measured.total_stories_before,
    measured.story_share,
    measured.story_share_low,
    measured.story_share_high,
    measured.story_share_before,
    measured.expected_stories,
    measured.pearson_residual
from measured
left join {{ ref('int_items') }} as items on measured.kind = items.kind and measured.item = items.item
order by measured.kind, rank
