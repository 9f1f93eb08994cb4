-- A proportion counts a part of its denominator, at every level.
select indicator_values.*
from {{ ref('fct_indicator_value') }} as indicator_values
inner join {{ ref('dim_indicator') }} as indicators on indicator_values.indicator_id = indicators.indicator_id
where indicators.statistic = 'proportion' and indicator_values.numerator > indicator_values.denominator
