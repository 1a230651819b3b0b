{{ config(meta={'dagster': {'ref': {'name': 'country_mentions'}}}) }}
-- Every mention that is counted lies in a span whose text is an article's own, never in a caption, a "Read more" block
-- or other furniture.
with mentions as (
    select
        article_id,
        start_char,
        end_char
    from {{ ref('country_mentions') }}

    union all

    select
        article_id,
        start_char,
        end_char
    from {{ ref('entity_mentions') }}
)

select
    mentions.article_id,
    mentions.start_char,
    mentions.end_char,
    spans.kind
from mentions
asof left join {{ ref('document_spans') }} as spans
    on
        mentions.article_id = spans.article_id
        and mentions.start_char >= spans.start_char
where
    spans.kind is null
    or spans.kind not in ('title', 'standfirst', 'dateline', 'body', 'heading')
    or mentions.end_char > spans.end_char
