with recursive steps as (
    select
        story_id,
        into_story_id,
        merged_at,
        1 as steps
    from {{ ref('stg_story_merges') }}

    union

    select
        steps.story_id,
        later.into_story_id,
        steps.merged_at,
        steps.steps + 1 as steps
    from steps
    inner join {{ ref('stg_story_merges') }} as later on steps.into_story_id = later.story_id
    where steps.steps < 100
)

select
    story_id,
    arg_max(into_story_id, steps) as into_story_id,
    max(merged_at) as merged_at
from steps
group by story_id
order by story_id
