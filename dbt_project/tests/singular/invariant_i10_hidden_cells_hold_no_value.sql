-- Invariant I10: no published fact that is suppressed carries a value, a count or an interval.
select
    indicator_id as id,
    area_version_id,
    period_id,
    breakdown_id
from {{ ref('fct_indicator_value') }}
where
    value_status in ('suppressed_source', 'suppressed_primary', 'suppressed_secondary')
    and coalesce(value, numerator, ci_lower, ci_upper, ci_lower_998, ci_upper_998) is not null
union all
select
    variable_id as id,
    area_version_id,
    period_id,
    breakdown_id
from {{ ref('fct_observation') }}
where value_status in ('suppressed_source', 'suppressed_primary', 'suppressed_secondary') and value is not null
