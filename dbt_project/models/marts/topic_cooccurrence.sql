with presence as (
    select
        story_id,
        article_id,
        topic_id
    from {{ ref('int_topic_presence') }}
),

{{ cooccurrence('presence', ref('stories'), 'topic_id') }},

-- that a topic goes with the one above it is how the taxonomy is made, not a finding
unrelated_pairs as (
    select measured_pairs.*
    from measured_pairs
    anti join {{ ref('int_topic_ancestors') }} as above
        on measured_pairs.item_a = above.topic_id and measured_pairs.item_b = above.ancestor_id
    anti join {{ ref('int_topic_ancestors') }} as below
        on measured_pairs.item_a = below.ancestor_id and measured_pairs.item_b = below.topic_id
)

select
    pairs.item_a as topic_a,
    pairs.item_b as topic_b,
    topics_a.name as name_a,
    topics_b.name as name_b,
    pairs.n_a,
    pairs.n_b,
    pairs.n_both,
    pairs.n_total,
    pairs.expected_both,
    pairs.lift,
    pairs.pmi,
    pairs.npmi,
    pairs.log_likelihood,
    pairs.jaccard,
    pairs.articles_both
from unrelated_pairs as pairs
left join {{ ref('topics') }} as topics_a on pairs.item_a = topics_a.topic_id
left join {{ ref('topics') }} as topics_b on pairs.item_b = topics_b.topic_id
order by topic_a, topic_b
