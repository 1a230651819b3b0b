with presence as (
    select
        story_id,
        article_id,
        iso2
    from {{ ref('int_country_presence') }}
),

{{ cooccurrence('presence', ref('stories'), 'iso2') }},

sentence_countries as (
    select
        article_id,
        sentence,
        iso2
    from {{ ref('country_mentions') }}
    group by article_id, sentence, iso2
),

sentence_pairs as (
    {{ pairs_within('sentence_countries', 'iso2', ['article_id', 'sentence']) }}
)

select
    pairs.item_a as iso2_a,
    pairs.item_b as iso2_b,
    countries_a.name as name_a,
    countries_b.name as name_b,
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
    pairs.articles_both,
    coalesce(sentence_pairs.n, 0) as sentences_both
from measured_pairs as pairs
left join sentence_pairs on pairs.item_a = sentence_pairs.item_a and pairs.item_b = sentence_pairs.item_b
left join {{ ref('countries') }} as countries_a on pairs.item_a = countries_a.iso2
left join {{ ref('countries') }} as countries_b on pairs.item_b = countries_b.iso2
order by iso2_a, iso2_b
