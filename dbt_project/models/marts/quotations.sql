select
    quotations.article_id,
    quotations.quotation,
    quotations.utterance,
    quotations.kind,
    quotations.text,
    quotations.start_char,
    quotations.end_char,
    quotations.zone,
    quotations.paragraph,
    quotations.verb,
    quotations.speaker,
    quotations.speaker_start_char,
    quotations.speaker_end_char,
    quotations.speaker_evidence,
    mentions.entity_id,
    entities.name as speaker_name,
    entities.label as speaker_label
from {{ ref('stg_quotations') }} as quotations
left join {{ ref('stg_entity_mentions') }} as mentions
    on
        quotations.article_id = mentions.article_id
        and quotations.mention_start_char = mentions.start_char
        and quotations.mention_end_char = mentions.end_char
left join {{ ref('stg_entities') }} as entities on mentions.entity_id = entities.entity_id
order by quotations.article_id, quotations.quotation
