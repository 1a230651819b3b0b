with known as (
    select
        dates.*,
        case when articles.published_precision = 'day' then articles.published_on end as written_on,
        articles.published_on is not null as dated,
        case
            when articles.published_precision in ('day', 'month') then articles.published_on
        end as written_about
    from {{ ref('stg_dates_mentioned') }} as dates
    inner join {{ ref('stg_articles') }} as articles on dates.article_id = articles.article_id
),

-- what the words alone say, and where they need it the day of publication
resolved as (
    select
        *,
        case
            when precision = 'day' and year is not null then make_date(year, month, day)
            when precision = 'month' and year is not null then make_date(year, month, 1)
            when precision in ('year', 'decade', 'century') and year is not null then make_date(greatest(year, 1), 1, 1)
            when weekday is not null and relative = 'next'
                then (written_on + (((weekday - isodow(written_on) + 6) % 7) + 1)::integer)
            when weekday is not null and relative = 'last'
                then (written_on - (((isodow(written_on) - weekday + 6) % 7) + 1)::integer)
            when weekday is not null then (written_on - ((isodow(written_on) - weekday + 7) % 7)::integer)
            when relative = 'today' then written_on
            when relative = 'yesterday' then written_on - 1
            when relative = 'tomorrow' then written_on + 1
            when relative = 'this month' then date_trunc('month', written_about)::date
            when relative = 'last month' then (date_trunc('month', written_about) - interval 1 month)::date
            when relative = 'next month' then (date_trunc('month', written_about) + interval 1 month)::date
            when relative = 'last year' then make_date(year(written_about) - 1, 1, 1)
            when relative = 'this year' then make_date(year(written_about), 1, 1)
            when relative = 'next year' then make_date(year(written_about) + 1, 1, 1)
            when month is not null and relative = 'last'
                then make_date(year(written_about) - (month >= month(written_about))::integer, month, 1)
            when month is not null and relative = 'next'
                then make_date(year(written_about) + (month <= month(written_about))::integer, month, 1)
            -- a day or month without a year is the one nearest to the day of publication
            when month is not null
                then make_date(
                    year(written_about)
                    + case
                        when month - month(written_about) > 6 then -1
                        when month - month(written_about) < -6 then 1
                        else 0
                    end,
                    month,
                    case when month = 2 then least(coalesce(day, 1), 28) else coalesce(day, 1) end
                )
        end as resolved_on
    from known
)

select
    article_id,
    surface,
    start_char,
    end_char,
    precision,
    year,
    month,
    day,
    weekday,
    relative,
    resolved_on,
    case
        when resolved_on is null then null
        when year is not null then 'text'
        else 'publication'
    end as resolved_by
from resolved
order by article_id, start_char
