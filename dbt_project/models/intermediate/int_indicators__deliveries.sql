with recursive

expected as (
    select * from {{ ref('int_indicators__expected') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

timed as (
    select * from {{ ref('int_variables__timed') }}
),

observations as (
    select * from {{ ref('int_observations__current') }}
),

steps as (
    select
        variables.variable_id,
        variables.derived_from,
        coalesce(max(timed.years_back), 0) as years_back
    from variables
    left join timed on variables.variable_id = timed.variable_id
    group by variables.variable_id, variables.derived_from
),

-- A derived variable rests on the one it was added up from, and that on its own bands; a sum over years on earlier
-- years.
rested_on as (
    select
        indicators.indicator_id,
        steps.variable_id,
        steps.derived_from,
        steps.years_back
    from indicators
    inner join steps on steps.variable_id in (indicators.numerator_variable_id, indicators.denominator_variable_id)
    union
    select
        rested_on.indicator_id,
        steps.variable_id,
        steps.derived_from,
        rested_on.years_back + steps.years_back as years_back
    from rested_on
    inner join steps on rested_on.derived_from = steps.variable_id
),

expected_periods as (
    select distinct
        indicator_id,
        period_id,
        year
    from expected
),

delivered_periods as (
    select distinct
        variable_id,
        period_id,
        year,
        delivery_id
    from observations
)

select distinct
    expected_periods.indicator_id,
    expected_periods.period_id,
    delivered_periods.delivery_id
from expected_periods
inner join rested_on on expected_periods.indicator_id = rested_on.indicator_id
inner join delivered_periods
    on
        rested_on.variable_id = delivered_periods.variable_id
        and (
            expected_periods.period_id = delivered_periods.period_id
            or (
                rested_on.years_back > 0
                and expected_periods.year - rested_on.years_back <= delivered_periods.year
                and expected_periods.year >= delivered_periods.year
            )
        )
