with presence as (
    select
        presence.story_id,
        presence.article_id,
        presence.entity_id
    from {{ ref('int_entity_presence') }} as presence
    inner join {{ ref('entities') }} as entities on presence.entity_id = entities.entity_id
    where
        entities.resolved
        and entities.label in ('PERSON', 'ORG')
),

{{ cooccurrence('presence', ref('stories'), 'entity_id', min_stories=2) }}

select
    pairs.item_a as entity_a,
    pairs.item_b as entity_b,
    entities_a.name as name_a,
    entities_b.name as name_b,
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
from measured_pairs as pairs
left join {{ ref('entities') }} as entities_a on pairs.item_a = entities_a.entity_id
left join {{ ref('entities') }} as entities_b on pairs.item_b = entities_b.entity_id
order by entity_a, entity_b
