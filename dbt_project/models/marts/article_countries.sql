with weighed_mentions as (
    select
        article_id,
        iso2,
        kind,
        zone = 'title' as in_title,
        zone = 'standfirst' or (zone = 'body' and paragraph = 1) as in_lead,
        case
            when zone in ('title', 'standfirst') then 3
            when paragraph = 1 then 2
            else 1
        end as weight
    from {{ ref('country_mentions') }}
),

counts as (
    select
        article_id,
        iso2,
        count(*) as mentions,
        count(*) filter (where kind = 'name') as name_mentions,
        count(*) filter (where kind = 'demonym') as demonym_mentions,
        count(*) filter (where kind = 'metonym') as metonym_mentions,
        count(*) filter (where kind = 'place') as place_mentions,
        sum(weight)::bigint as weight,
        bool_or(in_title) as in_title,
        bool_or(in_lead) as in_lead
    from weighed_mentions
    group by article_id, iso2
),

shares as (
    select
        article_id,
        iso2,
        mentions,
        name_mentions,
        demonym_mentions,
        metonym_mentions,
        place_mentions,
        mentions / sum(mentions) over (partition by article_id) as share,
        weight / sum(weight) over (partition by article_id) as weighted_share,
        in_title,
        in_lead
    from counts
)

select
    article_id,
    iso2,
    mentions,
    name_mentions,
    demonym_mentions,
    metonym_mentions,
    place_mentions,
    share,
    weighted_share,
    in_title,
    in_lead,
    weighted_share >= {{ var('focus_share') }}::double as is_focus
from shares
order by article_id, weighted_share desc, iso2
