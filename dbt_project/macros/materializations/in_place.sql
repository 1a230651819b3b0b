{#-
    Tables and views, each made in one transaction under its own name. dbt's own way (make it under another name, rename
    twice, drop) serves readers of the same file while it is built; of this file there are none, and each of those
    statements costs dbt more time than the query itself takes on a small warehouse.
-#}
{% materialization table, adapter="duckdb" %}

    {%- set target = this.incorporate(type="table") -%}
    {%- set query -%}
        drop table if exists {{ target }};
        {{ create_table_as(False, target, compiled_code) }}
    {%- endset -%}
    {{ return(make_in_place(target, query)) }}

{% endmaterialization %}

{% materialization view, adapter="duckdb" %}

    {%- set target = this.incorporate(type="view") -%}
    {%- set query -%}
        create or replace view {{ target }} as (
        {{ compiled_code }}
        )
    {%- endset -%}
    {{ return(make_in_place(target, query)) }}

{% endmaterialization %}

{#- Makes the relation `target` by `query`, between the model's hooks: what both materialisations return. -#}
{% macro make_in_place(target, query) %}

    {{ run_hooks(pre_hooks) }}
    {%- do drop_unless(target) -%}
    {% call statement("main") %}{{ query }}{% endcall %}
    {{ run_hooks(post_hooks) }}
    {%- do persist_docs(target, model) -%}
    {{ adapter.commit() }}
    {{ return({"relations": [target]}) }}

{% endmacro %}

{#- Drops what stands under the name of `target` if it is something else than that. -#}
{% macro drop_unless(target) %}

    {%- set existing = load_cached_relation(target) -%}
    {%- if existing is not none and existing.type != target.type -%} {%- do adapter.drop_relation(existing) -%} {%- endif -%}

{% endmacro %}

{#- All columns that are described, without asking which there are: one that there is not is an error. -#}
{% macro duckdb__alter_column_comment(relation, column_dict) %}

    {%- for name, column in column_dict.items() %}
    comment on column {{ relation }}.{{ adapter.quote(name) }} is {{ duckdb_escape_comment(column["description"]) }};
    {%- endfor %}

{% endmacro %}
