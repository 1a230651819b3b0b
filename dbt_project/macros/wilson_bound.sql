{#-
    One bound of Wilson's 95 % score interval of the proportion `successes / trials`; null without trials.
    `side` is 'low' or 'high'. Wilson (1927), JASA 22: 209-212.
-#}
{% macro wilson_bound(successes, trials, side) -%}
    {%- set z = "1.959963984540054::double" -%}
    {%- set k = "(" ~ successes ~ ")::double" -%}
    {%- set n = "(" ~ trials ~ ")::double" -%}
    {%- set sign, extreme, limit = {"low": ("-", "0", 0), "high": ("+", n, 1)}[side] -%}
    case
        when {{ n }} = 0 then null
        when {{ k }} = {{ extreme }} then {{ limit }}::double
        else
            ({{ k }} + {{ z }} * {{ z }} / 2 {{ sign }} {{ z }} * sqrt(
                {{ k }} * ({{ n }} - {{ k }}) / {{ n }} + {{ z }} * {{ z }} / 4
            )) / ({{ n }} + {{ z }} * {{ z }})
    end
{%- endmacro %}
