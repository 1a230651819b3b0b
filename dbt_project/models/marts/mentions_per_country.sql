with totals as (
    select
        count(*) as articles,
        count(distinct story_id) as stories,
        sum(words)::bigint as words
    from {{ ref('articles') }}
),

counts as (
    select
        article_countries.iso2,
        sum(article_countries.mentions)::bigint as mentions,
        count(*) as articles,
        count(distinct articles.story_id) as stories,
        count(*) filter (where article_countries.is_focus) as focus_articles,
        count(distinct articles.story_id) filter (where article_countries.is_focus) as focus_stories,
        count(*) filter (where article_countries.in_title) as title_articles,
        sum(article_countries.name_mentions)::bigint as name_mentions,
        sum(article_countries.demonym_mentions)::bigint as demonym_mentions,
        sum(article_countries.metonym_mentions)::bigint as metonym_mentions,
        sum(article_countries.place_mentions)::bigint as place_mentions,
        min(articles.published_on) as first_published_on,
        max(articles.published_on) as last_published_on
    from {{ ref('article_countries') }} as article_countries
    inner join {{ ref('articles') }} as articles on article_countries.article_id = articles.article_id
    group by article_countries.iso2
)

select
    counts.iso2,
    countries.iso3,
    countries.name,
    counts.mentions,
    counts.articles,
    counts.stories,
    counts.focus_articles,
    counts.focus_stories,
    counts.title_articles,
    counts.name_mentions,
    counts.demonym_mentions,
    counts.metonym_mentions,
    counts.place_mentions,
    totals.articles as total_articles,
    totals.stories as total_stories,
    totals.words as total_words,
    {{ share('counts.articles', 'totals.articles', 'article_share') }},
    {{ share('counts.stories', 'totals.stories', 'story_share') }},
    {{ share('counts.focus_stories', 'totals.stories', 'focus_share') }},
    1000 * counts.mentions / nullif(totals.words, 0) as mentions_per_1000_words,
    counts.first_published_on,
    counts.last_published_on
from counts
cross join totals
left join {{ ref('countries') }} as countries on counts.iso2 = countries.iso2
order by counts.mentions desc, counts.iso2
