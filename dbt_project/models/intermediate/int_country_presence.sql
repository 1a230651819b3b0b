select
    stories.story_id,
    mentions.article_id,
    mentions.iso2,
    count(*) as mentions
from {{ ref('stg_country_mentions') }} as mentions
inner join {{ ref('stg_article_stories') }} as stories on mentions.article_id = stories.article_id
group by stories.story_id, mentions.article_id, mentions.iso2
