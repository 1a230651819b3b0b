{#-
    Three columns: the share `part / whole` as `name`, and Wilson's 95 % bounds of it as `<name>_low` and `<name>_high`.
    All are null where the whole is 0.
-#}
{% macro share(part, whole, name) -%}
    {{ part }} / nullif({{ whole }}, 0) as {{ name }},
    {{ wilson_bound(part, whole, 'low') }} as {{ name }}_low,
    {{ wilson_bound(part, whole, 'high') }} as {{ name }}_high
{%- endmacro %}
