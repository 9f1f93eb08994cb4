-- A proportion counts a part of its denominator, at every level; a denominator that is a proxy may be too small.
select indicator_values.*
from {{ ref('fct_indicator_value') }} as indicator_values
inner join {{ ref('dim_indicator') }} as indicators on indicator_values.indicator_id = indicators.indicator_id
where
    indicators.statistic = 'proportion'
    and indicators.no_interval_reason is distinct from 'proxy_denominator'
    and indicator_values.numerator > indicator_values.denominator
