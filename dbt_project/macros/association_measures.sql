{#-
    The columns that say how strongly two things go together, from four counts of units (here: stories):
    `n_a` and `n_b` with the one and the other, `n_both` with both, `n_total` all of them.

    expected_both   n_a * n_b / n_total: what chance alone would give
    lift            n_both / expected_both
    pmi             log2(lift); null where the two never meet
    npmi            log2(lift) / -log2(n_both / n_total), the same with any base of the logarithms; from -1 (never
                    together) through 0 (independent) to 1 (only together); Bouma (2009)
    log_likelihood  G2 = 2 * sum of observed * ln(observed / expected) over the four cells, an empty cell adding
                    nothing; negative where n_both is below expected_both; Dunning (1993)
    jaccard         n_both / (n_a + n_b - n_both)
-#}
{% macro association_measures(n_a="n_a", n_b="n_b", n_both="n_both", n_total="n_total") -%}
    {%- set a = n_a ~ "::double" -%}
    {%- set b = n_b ~ "::double" -%}
    {%- set both = n_both ~ "::double" -%}
    {%- set total = n_total ~ "::double" -%}
    {%- set not_a = "(" ~ total ~ " - " ~ a ~ ")" -%}
    {%- set not_b = "(" ~ total ~ " - " ~ b ~ ")" -%}
    {%- set cells = [
        (both, a, b),
        ("(" ~ a ~ " - " ~ both ~ ")", a, not_b),
        ("(" ~ b ~ " - " ~ both ~ ")", not_a, b),
        ("(" ~ total ~ " - " ~ a ~ " - " ~ b ~ " + " ~ both ~ ")", not_a, not_b),
    ] -%}
    {{ a }} * {{ b }} / nullif({{ total }}, 0) as expected_both,
    {{ both }} * {{ total }} / nullif({{ a }} * {{ b }}, 0) as lift,
    case when {{ n_both }} > 0 then log2({{ both }} * {{ total }} / ({{ a }} * {{ b }})) end as pmi,
    case
        when {{ n_both }} = 0 then -1::double
        when {{ n_both }} = {{ n_a }} and {{ n_both }} = {{ n_b }} then 1::double
        else log2({{ both }} * {{ total }} / ({{ a }} * {{ b }})) / -log2({{ both }} / {{ total }})
    end as npmi,
    case when {{ both }} * {{ total }} < {{ a }} * {{ b }} then -2 else 2 end * greatest(
        0::double,
        {%- for observed, row, column in cells %}
        case
            when {{ observed }} > 0
                then {{ observed }} * ln({{ observed }} * {{ total }} / ({{ row }} * {{ column }}))
            else 0
        end{{ " +" if not loop.last }}
        {%- endfor %}
    ) as log_likelihood,
    {{ both }} / nullif({{ a }} + {{ b }} - {{ both }}, 0) as jaccard
{%- endmacro %}
