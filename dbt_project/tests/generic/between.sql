{#- No value of the column is below `low` or above `high`; a null is no violation. -#}
{% test between(model, column_name, low, high) %}

select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ low }} or {{ column_name }} > {{ high }}

{% endtest %}
