{#- A query of `id` and `node`, the name of each row of `relation`, with the code behind it where two share the name. -#}
{% macro node_names(relation, id, name="name") -%}
    select
        {{ id }} as id,
        case
            when count(*) over (partition by {{ name }}) > 1 then {{ name }} || ' (' || {{ id }} || ')'
            else {{ name }}
        end as node
    from {{ relation }}
{%- endmacro %}
