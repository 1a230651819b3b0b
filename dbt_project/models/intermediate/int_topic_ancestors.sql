-- `union` drops what was already found, so even a circle of parents comes to an end
with recursive ancestors as (
    select
        topic_id,
        parent_id as ancestor_id
    from {{ ref('stg_topics') }}
    where parent_id is not null

    union

    select
        ancestors.topic_id,
        parents.parent_id as ancestor_id
    from ancestors
    inner join {{ ref('stg_topics') }} as parents on ancestors.ancestor_id = parents.topic_id
    where parents.parent_id is not null
)

select
    topic_id,
    ancestor_id
from ancestors
