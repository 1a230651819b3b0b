with rules as (
    select
        document_id,
        kind,
        rule,
        count(*) as spans,
        sum(end_char - start_char)::bigint as characters,
        min(start_char) as first_start_char,
        arg_min(end_char, start_char) as first_end_char
    from {{ ref('document_spans') }}
    where kind not in ('title', 'standfirst', 'dateline', 'body', 'heading')
    group by document_id, kind, rule
)

select
    rules.document_id,
    rules.kind,
    rules.rule,
    rules.spans,
    rules.characters,
    substr(
        documents.text,
        rules.first_start_char + 1,
        least(rules.first_end_char - rules.first_start_char, 120)
    ) as example
from rules
inner join {{ ref('documents') }} as documents on rules.document_id = documents.document_id
order by rules.document_id, rules.kind, rules.rule
