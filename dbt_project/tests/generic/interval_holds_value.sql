{# The 95 % interval holds the value and lies within the 99.8 % interval. Tolerance 1e-9 of the unit: the limits are
   rounded to 12 significant digits; a larger gap would mean a wrong formula. #}
{% test interval_holds_value(model) %}
select *
from {{ model }}
where
    ci_lower > value + 1e-9
    or ci_upper < value - 1e-9
    or ci_lower_998 > ci_lower + 1e-9
    or ci_upper_998 < ci_upper - 1e-9
{% endtest %}
