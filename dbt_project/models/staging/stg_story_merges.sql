select
    story_id,
    into_story_id
from {{ source('raw', 'story_merges') }}
