select
    amounts.article_id,
    amounts.kind,
    amounts.value,
    amounts.high,
    amounts.unit,
    amounts.object,
    amounts.qualifier,
    amounts.surface,
    amounts.start_char,
    amounts.end_char,
    sentences.sentence
from {{ ref('stg_amounts') }} as amounts
asof left join {{ ref('stg_sentences') }} as sentences
    on
        amounts.article_id = sentences.article_id
        and amounts.start_char >= sentences.start_char
order by amounts.article_id, amounts.start_char
