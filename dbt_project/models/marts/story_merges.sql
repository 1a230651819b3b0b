select
    story_id,
    into_story_id
from {{ ref('stg_story_merges') }}
order by story_id
