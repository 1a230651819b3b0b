{#-
    How much more a group names an item than all others do, by Monroe, Colaresi and Quinn (2008), Political Analysis 16:
    372-403, equations 15, 18 and 19: two columns, the difference of the log odds under a Dirichlet prior (`log_odds`)
    and its z-score (`z_score`).

    n           counts of the item in the group, of `total` counts of any item in it
    n_others    counts of the item in all other groups, of `total_others`
    prior       size of the prior: so many counts, shared out as the items are over all groups, are added to each side
-#}
{% macro log_odds(n, total, n_others, total_others, prior) -%}
    {%- set alpha = "(" ~ prior ~ "::double * (" ~ n ~ " + " ~ n_others ~ ") / (" ~ total ~ " + " ~ total_others ~ "))" -%}
    {%- set in_group = "(" ~ n ~ " + " ~ alpha ~ ")" -%}
    {%- set in_others = "(" ~ n_others ~ " + " ~ alpha ~ ")" -%}
    {%- set rest_of_group = "(" ~ total ~ " - " ~ n ~ " + " ~ prior ~ "::double - " ~ alpha ~ ")" -%}
    {%- set rest_of_others = "(" ~ total_others ~ " - " ~ n_others ~ " + " ~ prior ~ "::double - " ~ alpha ~ ")" -%}
    {%- set difference = "ln(" ~ in_group ~ " / " ~ rest_of_group ~ ") - ln(" ~ in_others ~ " / " ~ rest_of_others ~ ")" -%}
    {#- an item that is the only one of its kind has no odds -#}
    case when {{ total }} + {{ total_others }} > {{ n }} + {{ n_others }} then {{ difference }} end as log_odds,
    case
        when {{ total }} + {{ total_others }} > {{ n }} + {{ n_others }}
            then ({{ difference }}) / sqrt(1 / {{ in_group }} + 1 / {{ in_others }})
    end as z_score
{%- endmacro %}
