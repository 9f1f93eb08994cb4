-- Every indicator, area and year that the workspace expects is one row with a value or a reason: "missing" is never an
-- absent row.
with

expected as (
    select * from {{ ref('int_indicators__expected') }}
),

indicator_values as (
    select * from {{ ref('fct_indicator_value') }}
)

select
    coalesce(expected.indicator_id, indicator_values.indicator_id) as indicator_id,
    coalesce(expected.area_version_id, indicator_values.area_version_id) as area_version_id,
    coalesce(expected.period_id, indicator_values.period_id) as period_id
from expected
full outer join indicator_values
    on
        expected.indicator_id = indicator_values.indicator_id
        and expected.area_version_id = indicator_values.area_version_id
        and expected.period_id = indicator_values.period_id
        and expected.breakdown_id = indicator_values.breakdown_id
where expected.indicator_id is null or indicator_values.indicator_id is null
