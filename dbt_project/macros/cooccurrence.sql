{#-
    Pairs of items that share a unit: `item_a < item_b` and `n`, the number of units that have both.
    `relation` has one row per unit and item; `unit` is the column, or the columns, that make a unit.
-#}
{% macro pairs_within(relation, item, unit) -%}
    select
        a.{{ item }} as item_a,
        b.{{ item }} as item_b,
        count(*) as n
    from {{ relation }} as a
    inner join {{ relation }} as b
        on
            {% for column in unit -%}
            a.{{ column }} = b.{{ column }} and {% endfor -%}
            a.{{ item }} < b.{{ item }}
    group by a.{{ item }}, b.{{ item }}
{%- endmacro %}

{#-
    Common table expressions that end in `measured_pairs`: the pairs of items that share a story, with their counts,
    measures of association and the articles that have both. The unit is the story: a text counts once, however often
    it is reprinted. `presence` has one row per article and item, with `story_id` and `article_id`; `stories` has one
    row per story, those without any item too.
-#}
{% macro cooccurrence(presence, stories, item, min_stories=1) -%}
story_items as (
    select
        story_id,
        {{ item }}
    from {{ presence }}
    group by story_id, {{ item }}
),

item_totals as (
    select
        {{ item }} as item,
        count(*) as n
    from story_items
    group by {{ item }}
),

story_total as (
    select count(*) as n from {{ stories }}
),

story_pairs as (
    {{ pairs_within("story_items", item, ["story_id"]) }}
    having count(*) >= {{ min_stories }}
),

article_pairs as (
    {{ pairs_within(presence, item, ["article_id"]) }}
),

counted_pairs as (
    select
        story_pairs.item_a,
        story_pairs.item_b,
        totals_a.n as n_a,
        totals_b.n as n_b,
        story_pairs.n as n_both,
        story_total.n as n_total,
        coalesce(article_pairs.n, 0) as articles_both
    from story_pairs
    inner join item_totals as totals_a on story_pairs.item_a = totals_a.item
    inner join item_totals as totals_b on story_pairs.item_b = totals_b.item
    left join article_pairs
        on story_pairs.item_a = article_pairs.item_a and story_pairs.item_b = article_pairs.item_b
    cross join story_total
),

measured_pairs as (
    select
        item_a,
        item_b,
        n_a,
        n_b,
        n_both,
        n_total,
        articles_both,
        {{ association_measures() }}
    from counted_pairs
)
{%- endmacro %}
