{# value = numerator / denominator x multiplier, at every level: a ratio of sums, never a mean of shares. #}
{% test value_is_ratio_of_counts(model) %}
select indicator_values.*
from {{ model }} as indicator_values
inner join {{ ref('dim_indicator') }} as indicators on indicator_values.indicator_id = indicators.indicator_id
where
    indicators.denominator_variable_id is not null
    and indicator_values.value_status = 'ok'
    and abs(
        indicator_values.value
        - indicator_values.numerator / indicator_values.denominator * indicators.multiplier
    ) > 1e-9 * greatest(abs(indicator_values.value), 1)
{% endtest %}
