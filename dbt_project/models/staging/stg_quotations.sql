select
    article_id,
    quotation,
    utterance,
    kind,
    surface as text,
    start_char,
    end_char,
    zone,
    paragraph,
    verb,
    speaker,
    speaker_start_char,
    speaker_end_char,
    speaker_evidence,
    mention_start_char,
    mention_end_char
from {{ source('raw', 'quotations') }}
