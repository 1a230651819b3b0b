{#-
    Pearson residual (observed - expected) / sqrt(expected) of `n` among `total`, where what is expected is the rate of
    `n` and `n_before` together among `total` and `total_before` together: the residual of the first cell of the
    contingency table of two periods. Null without anything to expect.
-#}
{% macro expected_count(n, n_before, total, total_before) -%}
    ({{ n }} + {{ n_before }}) * {{ total }} / nullif({{ total }} + {{ total_before }}, 0)
{%- endmacro %}

{% macro pearson_residual(n, n_before, total, total_before) -%}
    {%- set expected = "(" ~ expected_count(n, n_before, total, total_before) ~ ")" -%}
    ({{ n }} - {{ expected }}) / nullif(sqrt({{ expected }}), 0)
{%- endmacro %}
