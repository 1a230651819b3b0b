{#- A name without the characters by which GDELT separates blocks and fields. -#}
{% macro gkg_name(text) -%}
    translate({{ text }}, ';#,', '   ')
{%- endmacro %}
