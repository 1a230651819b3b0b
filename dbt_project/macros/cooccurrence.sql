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
    Common table expressions that end in `measured_pairs`: the pairs of items that share at least `min_stories` stories,
    with their counts, measures of association and the articles that have both. The unit is the story: a text counts
    once, however often it is reprinted. `presence` has one row per article and item, with `story_id` and `article_id`;
    `stories` has one row per story, those without any item too.

    Pairs are counted on numbers, which is several times as quick as on names; the numbers have the names' order, so
    `item_a < item_b` holds for both. An item with too few stories has no pair with enough, and is left out before.
-#}
{% macro cooccurrence(presence, stories, item, min_stories=1) -%}
items as (
    select
        {{ item }} as item,
        row_number() over (order by {{ item }}) as number,
        count(distinct story_id) as n
    from {{ presence }}
    group by {{ item }}
    having count(distinct story_id) >= {{ min_stories }}
),

article_items as (
    select
        presence.story_id,
        presence.article_id,
        items.number
    from {{ presence }} as presence
    inner join items on presence.{{ item }} = items.item
),

story_items as (
    select
        story_id,
        number
    from article_items
    group by story_id, number
),

story_pairs as (
    {{ pairs_within("story_items", "number", ["story_id"]) }}
    having count(*) >= {{ min_stories }}
),

article_pairs as (
    {{ pairs_within("article_items", "number", ["article_id"]) }}
),

story_total as (
    select count(*) as n from {{ stories }}
),

counted_pairs as (
    select
        items_a.item as item_a,
        items_b.item as item_b,
        items_a.n as n_a,
        items_b.n as n_b,
        story_pairs.n as n_both,
        story_total.n as n_total,
        coalesce(article_pairs.n, 0) as articles_both
    from story_pairs
    inner join items as items_a on story_pairs.item_a = items_a.number
    inner join items as items_b on story_pairs.item_b = items_b.number
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
