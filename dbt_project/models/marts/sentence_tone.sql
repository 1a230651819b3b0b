with countries as (
    select
        article_id,
        sentence,
        list(distinct iso2 order by iso2) as countries
    from {{ ref('stg_country_mentions') }}
    group by article_id, sentence
),

persons as (
    select
        article_id,
        sentence,
        list(distinct entity_id order by entity_id) as persons
    from {{ ref('stg_entity_mentions') }}
    where label = 'PERSON'
    group by article_id, sentence
)

select
    tones.article_id,
    tones.sentence,
    coalesce(countries.countries, []) as countries,
    coalesce(persons.persons, []) as persons,
    tones.words,
    tones.positive_words,
    tones.negative_words,
    tones.positive,
    tones.negative,
    tones.tone,
    tones.polarity,
    tones.compound,
    tones.matched_words,
    tones.lexicon,
    tones.lexicon_version
from {{ ref('stg_sentence_tone') }} as tones
left join countries on tones.article_id = countries.article_id and tones.sentence = countries.sentence
left join persons on tones.article_id = persons.article_id and tones.sentence = persons.sentence
where countries.countries is not null or persons.persons is not null
order by tones.article_id, tones.sentence
