{#-
    An aggregate: the blocks of a group in the order of `keys`, separated as GDELT does; null without any. Sorting a
    list per group costs half of what `string_agg(… order by …)` does.
-#}
{% macro gkg_field(block, keys, condition="true") -%}
    array_to_string(
        list_transform(
            list_sort(
                list(
                    struct_pack(
                        {%- for key in keys %}{{ key }} := {{ key }}, {% endfor %}block := {{ block }}
                    )
                ) filter (where {{ condition }})
            ),
            lambda block: struct_extract(block, 'block')
        ),
        ';'
    )
{%- endmacro %}
