select
    document_id,
    kind,
    rule,
    count(*) as spans,
    sum(end_char - start_char)::bigint as characters
from {{ ref('document_spans') }}
where kind not in ('title', 'standfirst', 'dateline', 'body', 'heading')
group by document_id, kind, rule
order by document_id, kind, rule
