with counts as (
    select
        articles.published_month as month,
        article_countries.iso2,
        sum(article_countries.mentions)::bigint as mentions,
        count(*) as articles,
        count(distinct articles.story_id) as stories,
        count(*) filter (where article_countries.is_focus) as focus_articles,
        count(distinct articles.story_id) filter (where article_countries.is_focus) as focus_stories
    from {{ ref('article_countries') }} as article_countries
    inner join {{ ref('articles') }} as articles on article_countries.article_id = articles.article_id
    group by articles.published_month, article_countries.iso2
),

-- every month with every country that is mentioned at all, so that a month without a mention is a row too
months_and_countries as (
    select
        months.month,
        months.articles as total_articles,
        months.stories as total_stories,
        months.words as total_words,
        mentioned.iso2,
        mentioned.name
    from {{ ref('int_months') }} as months
    cross join {{ ref('mentions_per_country') }} as mentioned
),

filled as (
    select
        months_and_countries.month,
        months_and_countries.iso2,
        months_and_countries.name,
        coalesce(counts.mentions, 0) as mentions,
        coalesce(counts.articles, 0) as articles,
        coalesce(counts.stories, 0) as stories,
        coalesce(counts.focus_articles, 0) as focus_articles,
        coalesce(counts.focus_stories, 0) as focus_stories,
        months_and_countries.total_articles,
        months_and_countries.total_stories,
        months_and_countries.total_words
    from months_and_countries
    left join counts
        on
            months_and_countries.month is not distinct from counts.month
            and months_and_countries.iso2 = counts.iso2
)

select
    month,
    iso2,
    name,
    mentions,
    articles,
    stories,
    focus_articles,
    focus_stories,
    total_articles,
    total_stories,
    total_words,
    {{ share('articles', 'total_articles', 'article_share') }},
    {{ share('stories', 'total_stories', 'story_share') }},
    1000 * mentions / nullif(total_words, 0) as mentions_per_1000_words,
    -- the undated articles stand outside the sequence of months
    mentions - lag(mentions) over (partition by iso2, month is null order by month) as change_on_previous_month
from filled
order by iso2, month nulls last
