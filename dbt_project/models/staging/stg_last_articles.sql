select
    article_id,
    document_id
from {{ source('raw', 'last_articles') }}
