{# A value is there exactly when its status is ok: zero, missing, hidden and not applicable are four things. #}
{% test value_status_explains_value(model) %}
select *
from {{ model }}
where (value is null) = (value_status = 'ok')
{% endtest %}
