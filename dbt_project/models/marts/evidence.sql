-- Cutting sentences out of a document one by one would read the document from its start each time. The text is cut
-- once into chunks of 400 code points instead. Most sentences lie in one of them; the others are put together.
{% set chunk = 400 %}

with mentions as (
    select
        article_id,
        iso2,
        surface,
        kind,
        confidence,
        zone,
        sentence,
        start_char,
        end_char
    from {{ ref('country_mentions') }}
),

articles as (
    select
        article_id,
        document_id,
        story_id,
        title,
        publisher,
        published_on,
        published_month
    from {{ ref('articles') }}
),

mentioning_sentences as (
    select
        article_id,
        sentence
    from mentions
    group by article_id, sentence
),

sentences as (
    select
        articles.document_id,
        sentences.article_id,
        sentences.sentence,
        sentences.start_char,
        sentences.end_char
    from {{ ref('stg_sentences') }} as sentences
    inner join mentioning_sentences
        on
            sentences.article_id = mentioning_sentences.article_id
            and sentences.sentence = mentioning_sentences.sentence
    inner join articles on sentences.article_id = articles.article_id
),

document_chunks as (
    select
        document_id,
        regexp_extract_all(text, '(?s).{1,{{ chunk }}}') as chunks
    from {{ ref('documents') }}
),

chunks as (
    select
        document_id,
        unnest(chunks) as chunk,
        generate_subscripts(chunks, 1) - 1 as position
    from document_chunks
),

sentences_in_one_chunk as (
    select
        sentences.article_id,
        sentences.sentence,
        substr(
            chunks.chunk, sentences.start_char % {{ chunk }} + 1, sentences.end_char - sentences.start_char
        ) as sentence_text
    from sentences
    inner join chunks
        on sentences.document_id = chunks.document_id and sentences.start_char // {{ chunk }} = chunks.position
    where sentences.start_char // {{ chunk }} = (sentences.end_char - 1) // {{ chunk }}
),

sentence_chunks as (
    select
        document_id,
        article_id,
        sentence,
        start_char,
        end_char,
        unnest(range(start_char // {{ chunk }}, (end_char - 1) // {{ chunk }} + 1)) as position
    from sentences
    where start_char // {{ chunk }} < (end_char - 1) // {{ chunk }}
),

sentences_in_several_chunks as (
    select
        sentence_chunks.article_id,
        sentence_chunks.sentence,
        substr(
            string_agg(chunks.chunk, '' order by chunks.position),
            any_value(sentence_chunks.start_char) % {{ chunk }} + 1,
            any_value(sentence_chunks.end_char - sentence_chunks.start_char)
        ) as sentence_text
    from sentence_chunks
    inner join chunks
        on
            sentence_chunks.document_id = chunks.document_id
            and sentence_chunks.position = chunks.position
    group by sentence_chunks.article_id, sentence_chunks.sentence
),

sentence_texts as (
    select
        article_id,
        sentence,
        sentence_text
    from sentences_in_one_chunk

    union all

    select
        article_id,
        sentence,
        sentence_text
    from sentences_in_several_chunks
)

select
    mentions.iso2,
    countries.name as country,
    mentions.surface,
    mentions.kind,
    mentions.confidence,
    sentence_texts.sentence_text,
    mentions.zone,
    mentions.article_id,
    articles.title,
    articles.publisher,
    articles.published_on,
    articles.published_month as month,
    articles.story_id,
    articles.document_id,
    mentions.sentence,
    mentions.start_char,
    mentions.end_char
from mentions
inner join articles on mentions.article_id = articles.article_id
left join sentence_texts
    on
        mentions.article_id = sentence_texts.article_id
        and mentions.sentence = sentence_texts.sentence
left join {{ ref('countries') }} as countries on mentions.iso2 = countries.iso2
order by mentions.article_id, mentions.start_char, mentions.end_char, mentions.iso2
