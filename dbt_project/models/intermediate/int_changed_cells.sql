-- without a warehouse published before there is nothing that could have changed
with compared as (
    select count(*) > 0 as has_last from {{ ref('stg_last_articles') }}
),

presence_now as (
    select
        presence.kind,
        presence.item,
        presence.article_id,
        articles.document_id,
        presence.mentions
    from {{ ref('int_presence') }} as presence
    inner join {{ ref('stg_articles') }} as articles on presence.article_id = articles.article_id
    inner join compared on compared.has_last
),

presence_before as (
    select
        presence.kind,
        presence.item,
        presence.article_id,
        articles.document_id,
        presence.mentions
    from {{ ref('stg_last_presence') }} as presence
    inner join {{ ref('stg_last_articles') }} as articles on presence.article_id = articles.article_id
),

changed as (
    select
        coalesce(presence_now.kind, presence_before.kind) as kind,
        coalesce(presence_now.item, presence_before.item) as item,
        coalesce(presence_now.article_id, presence_before.article_id) as article_id,
        coalesce(presence_now.document_id, presence_before.document_id) as document_id,
        (presence_now.article_id is not null)::bigint - (presence_before.article_id is not null)::bigint
            as articles_change,
        coalesce(presence_now.mentions, 0) - coalesce(presence_before.mentions, 0) as mentions_change
    from presence_now
    full join presence_before
        on
            presence_now.kind = presence_before.kind
            and presence_now.item = presence_before.item
            and presence_now.article_id = presence_before.article_id
    where articles_change <> 0 or mentions_change <> 0
),

documents_now as (
    select document_id
    from {{ ref('stg_articles') }}
    group by document_id
),

documents_before as (
    select document_id
    from {{ ref('stg_last_articles') }}
    group by document_id
)

select
    changed.kind,
    changed.item,
    changed.article_id,
    changed.articles_change,
    changed.mentions_change,
    case
        when articles_now.article_id is not null and articles_before.article_id is not null
            then
                case
                    when not coalesce(parts.is_known, false) then 'unknown'
                    else coalesce(parts.changed_parts, 'linking')
                end
        when documents_now.document_id is not null and documents_before.document_id is not null then 'splitting'
        else 'input'
    end as cause
from changed
left join {{ ref('stg_articles') }} as articles_now on changed.article_id = articles_now.article_id
left join {{ ref('stg_last_articles') }} as articles_before on changed.article_id = articles_before.article_id
left join documents_now on changed.document_id = documents_now.document_id
left join documents_before on changed.document_id = documents_before.document_id
left join {{ ref('int_changed_parts') }} as parts on changed.kind = parts.kind
