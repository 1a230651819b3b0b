select
    story_id,
    into_story_id,
    merged_at
from {{ source('raw', 'story_merges') }}
