with files as (
    select
        document_id,
        list(path order by modified_at nulls last, path) as paths
    from {{ ref('stg_files') }}
    group by document_id
),

article_counts as (
    select
        document_id,
        count(*) as articles
    from {{ ref('stg_articles') }}
    group by document_id
)

select
    documents.document_id,
    list_extract(files.paths, 1) as path,
    len(files.paths) - 1 as copies,
    list_sort(list_slice(files.paths, 2, len(files.paths))) as copy_paths,
    documents.sha256,
    documents.bytes,
    documents.encoding,
    documents.language,
    layouts.layout,
    layouts.layout_confidence,
    documents.text,
    documents.status,
    documents.reason,
    coalesce(article_counts.articles, 0) as articles,
    documents.ingested_at
from {{ ref('stg_documents') }} as documents
left join files on documents.document_id = files.document_id
left join {{ ref('stg_document_layouts') }} as layouts on documents.document_id = layouts.document_id
left join article_counts on documents.document_id = article_counts.document_id
order by path, documents.document_id
