select
    articles.article_id as gkgrecordid,
    case
        when articles.published_precision = 'day' then strftime(articles.published_on, '%Y%m%d000000')::bigint
    end as date,
    1::bigint as sourcecollectionidentifier,
    articles.publisher as sourcecommonname,
    documents.path || '#L' || articles.start_line as documentidentifier,
    themes.v2themes,
    locations.v2locations,
    named.v2persons,
    named.v2organizations,
    coalesce(themes.topic_ids, []) as topic_ids,
    coalesce(locations.countries_iso2, []) as countries_iso2,
    coalesce(locations.countries_fips, []) as countries_fips
from {{ ref('articles') }} as articles
inner join {{ ref('documents') }} as documents on articles.document_id = documents.document_id
left join {{ ref('int_gkg_locations') }} as locations on articles.article_id = locations.article_id
left join {{ ref('int_gkg_themes') }} as themes on articles.article_id = themes.article_id
left join {{ ref('int_gkg_names') }} as named on articles.article_id = named.article_id
order by articles.article_id
