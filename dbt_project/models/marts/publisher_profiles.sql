-- The unit is a publisher's story: a text counts once for every publisher that carries it. Articles whose publisher is
-- unknown are one group among the others, without a profile of its own.
with presence as (
    select
        presence.kind,
        presence.item,
        articles.publisher,
        presence.mentions,
        presence.story_id
    from {{ ref('int_presence') }} as presence
    inner join {{ ref('articles') }} as articles on presence.article_id = articles.article_id
    where presence.kind in ('country', 'topic')
),

counts as (
    select
        kind,
        item,
        publisher,
        sum(mentions)::bigint as mentions,
        count(*) as articles,
        count(distinct story_id) as stories
    from presence
    group by kind, item, publisher
),

item_totals as (
    select
        kind,
        item,
        sum(stories)::bigint as stories
    from counts
    group by kind, item
),

publisher_totals as (
    select
        kind,
        publisher,
        sum(stories)::bigint as presences
    from counts
    group by kind, publisher
),

kind_totals as (
    select
        kind,
        sum(presences)::bigint as presences
    from publisher_totals
    group by kind
),

all_publishers as (
    select
        sum(articles)::bigint as articles,
        sum(stories)::bigint as stories
    from {{ ref('publishers') }}
),

compared as (
    select
        counts.publisher,
        counts.kind,
        counts.item,
        counts.mentions,
        counts.articles,
        counts.stories,
        publishers.articles as publisher_articles,
        publishers.stories as publisher_stories,
        item_totals.stories - counts.stories as other_stories,
        all_publishers.stories - publishers.stories as other_publisher_stories,
        publisher_totals.presences,
        kind_totals.presences - publisher_totals.presences as other_presences
    from counts
    inner join {{ ref('publishers') }} as publishers on counts.publisher = publishers.publisher
    inner join item_totals on counts.kind = item_totals.kind and counts.item = item_totals.item
    inner join publisher_totals
        on counts.kind = publisher_totals.kind and counts.publisher = publisher_totals.publisher
    inner join kind_totals on counts.kind = kind_totals.kind
    cross join all_publishers
)

select
    compared.publisher,
    compared.kind,
    compared.item,
    items.name,
    compared.mentions,
    compared.articles,
    compared.stories,
    compared.publisher_articles,
    compared.publisher_stories,
    {{ share('compared.articles', 'compared.publisher_articles', 'article_share') }},
    {{ share('compared.stories', 'compared.publisher_stories', 'story_share') }},
    compared.other_stories,
    compared.other_publisher_stories,
    compared.other_stories / nullif(compared.other_publisher_stories, 0) as other_story_share,
    compared.presences,
    compared.other_presences,
    {{ log_odds(
        'compared.stories', 'compared.presences', 'compared.other_stories', 'compared.other_presences',
        var('profile_prior')
    ) }}
from compared
left join {{ ref('int_items') }} as items on compared.kind = items.kind and compared.item = items.item
order by compared.publisher, compared.kind, z_score desc, compared.item
