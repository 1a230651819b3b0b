select
    failures.step,
    documents.document_id,
    articles.article_id,
    documents.path,
    coalesce(articles.start_char, 0) as start_char,
    coalesce(articles.end_char, length(documents.text)) as end_char,
    failures.error
from {{ ref('stg_failures') }} as failures
left join {{ ref('stg_articles') }} as articles on failures.input_id = articles.article_id
inner join {{ ref('documents') }} as documents
    on coalesce(articles.document_id, failures.input_id) = documents.document_id
order by documents.path, start_char, failures.step
