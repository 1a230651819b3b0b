with sentences as (
    select
        articles.published_month as month,
        articles.article_id,
        tones.sentence,
        unnest(tones.countries) as iso2,
        tones.words,
        tones.positive_words,
        tones.negative_words,
        tones.tone
    from {{ ref('sentence_tone') }} as tones
    inner join {{ ref('stg_articles') }} as articles on tones.article_id = articles.article_id
)

select
    sentences.month,
    sentences.iso2,
    countries.name,
    count(*) as sentences,
    count(distinct sentences.article_id) as articles,
    sum(sentences.words)::bigint as words,
    100 * sum(sentences.positive_words) / sum(sentences.words) as positive,
    100 * sum(sentences.negative_words) / sum(sentences.words) as negative,
    100 * (sum(sentences.positive_words) - sum(sentences.negative_words)) / sum(sentences.words) as tone,
    100 * (sum(sentences.positive_words) + sum(sentences.negative_words)) / sum(sentences.words) as polarity,
    round(avg(sentences.tone), 10) as mean_tone,
    round(1.96 * stddev_samp(sentences.tone) / sqrt(count(*)), 10) as mean_tone_margin
from sentences
inner join {{ ref('countries') }} as countries on sentences.iso2 = countries.iso2
where sentences.words > 0
group by sentences.month, sentences.iso2, countries.name
order by sentences.iso2, sentences.month nulls last
