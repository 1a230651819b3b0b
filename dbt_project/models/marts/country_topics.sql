with story_countries as (
    select
        story_id,
        iso2
    from {{ ref('int_country_presence') }}
    group by story_id, iso2
),

story_topics as (
    select
        story_id,
        topic_id
    from {{ ref('int_topic_presence') }}
    group by story_id, topic_id
),

country_totals as (
    select
        iso2,
        count(*) as n
    from story_countries
    group by iso2
),

topic_totals as (
    select
        topic_id,
        count(*) as n
    from story_topics
    group by topic_id
),

article_pairs as (
    select
        countries.iso2,
        topics.topic_id,
        count(*) as n,
        count(distinct countries.story_id) filter (where article_countries.is_focus) as n_focus
    from {{ ref('int_country_presence') }} as countries
    inner join {{ ref('int_topic_presence') }} as topics on countries.article_id = topics.article_id
    inner join {{ ref('article_countries') }} as article_countries
        on countries.article_id = article_countries.article_id and countries.iso2 = article_countries.iso2
    group by countries.iso2, topics.topic_id
),

story_total as (
    select count(*) as n from {{ ref('stories') }}
),

pairs as (
    select
        story_countries.iso2,
        story_topics.topic_id,
        count(*) as n_both
    from story_countries
    inner join story_topics on story_countries.story_id = story_topics.story_id
    group by story_countries.iso2, story_topics.topic_id
),

counted_pairs as (
    select
        pairs.iso2,
        pairs.topic_id,
        country_totals.n as n_a,
        topic_totals.n as n_b,
        pairs.n_both,
        story_total.n as n_total
    from pairs
    inner join country_totals on pairs.iso2 = country_totals.iso2
    inner join topic_totals on pairs.topic_id = topic_totals.topic_id
    cross join story_total
),

measured_pairs as (
    select
        iso2,
        topic_id,
        n_a,
        n_b,
        n_both,
        n_total,
        {{ association_measures() }}
    from counted_pairs
)

select
    pairs.iso2,
    countries.name as country,
    pairs.topic_id,
    topics.name,
    pairs.n_a as n_country,
    pairs.n_b as n_topic,
    pairs.n_both,
    pairs.n_total,
    pairs.expected_both,
    pairs.lift,
    pairs.pmi,
    pairs.npmi,
    pairs.log_likelihood,
    pairs.jaccard,
    coalesce(article_pairs.n, 0) as articles_both,
    coalesce(article_pairs.n_focus, 0) as n_both_focus
from measured_pairs as pairs
left join article_pairs on pairs.iso2 = article_pairs.iso2 and pairs.topic_id = article_pairs.topic_id
left join {{ ref('countries') }} as countries on pairs.iso2 = countries.iso2
left join {{ ref('topics') }} as topics on pairs.topic_id = topics.topic_id
order by pairs.iso2, pairs.topic_id
