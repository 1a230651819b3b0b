with presence as (
    select
        article_countries.article_id,
        articles.story_id,
        article_countries.iso2,
        article_countries.mentions,
        article_countries.is_focus
    from {{ ref('article_countries') }} as article_countries
    inner join {{ ref('articles') }} as articles on article_countries.article_id = articles.article_id
),

counts as (
    select
        focus.iso2 as iso2_focus,
        present.iso2 as iso2_present,
        sum(present.mentions)::bigint as mentions,
        count(*) as articles,
        count(distinct focus.story_id) as stories
    from presence as focus
    inner join presence as present
        on focus.article_id = present.article_id and focus.iso2 <> present.iso2
    where focus.is_focus
    group by focus.iso2, present.iso2
)

select
    counts.iso2_focus,
    counts.iso2_present,
    focus.name as name_focus,
    present.name as name_present,
    counts.mentions,
    counts.articles,
    counts.stories,
    focus.focus_articles,
    focus.focus_stories,
    {{ share('counts.articles', 'focus.focus_articles', 'article_share') }},
    {{ share('counts.stories', 'focus.focus_stories', 'story_share') }},
    present.story_share as overall_story_share,
    (counts.stories / focus.focus_stories) / present.story_share as lift
from counts
inner join {{ ref('mentions_per_country') }} as focus on counts.iso2_focus = focus.iso2
inner join {{ ref('mentions_per_country') }} as present on counts.iso2_present = present.iso2
order by counts.iso2_focus, counts.iso2_present
