select
    article_id,
    words,
    positive_words,
    negative_words,
    positive,
    negative,
    tone,
    polarity,
    compound,
    matched_words,
    lexicon,
    lexicon_version
from {{ ref('stg_article_tone') }}
order by article_id
