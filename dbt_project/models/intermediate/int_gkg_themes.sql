select
    article_topics.article_id,
    string_agg(
        upper(regexp_replace(topics.name, '[^A-Za-z0-9]+', '_', 'g')) || ',0',
        ';' order by article_topics.score desc, article_topics.topic_id
    ) as v2themes,
    list(article_topics.topic_id order by article_topics.score desc, article_topics.topic_id) as topic_ids
from {{ ref('stg_article_topics') }} as article_topics
inner join {{ ref('stg_topics') }} as topics on article_topics.topic_id = topics.topic_id
group by article_topics.article_id
