select
    articles.story_id,
    count(*) as articles,
    first(
        articles.article_id
        order by articles.published_on nulls last, documents.path, articles.ordinal
    ) as first_article_id
from {{ ref('articles') }} as articles
inner join {{ ref('documents') }} as documents on articles.document_id = documents.document_id
group by articles.story_id
order by articles.story_id
