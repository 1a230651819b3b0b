select
    article_id,
    sentence,
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
from {{ source('raw', 'sentence_tone') }}
