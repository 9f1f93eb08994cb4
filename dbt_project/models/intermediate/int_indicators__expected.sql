with

expected as (
    select * from {{ ref('stg_workspace__expected_indicators') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

areas as (
    select * from {{ ref('int_areas__yearly') }}
),

expected_series as (
    select
        expected.*,
        indicators.numerator_variable_id,
        indicators.breakdown_dimensions,
        {{ window_period('expected.year', 'indicators.window_years') }} as period_id
    from expected
    inner join indicators on expected.indicator_id = indicators.indicator_id
),

delivered_breakdowns as (
    select distinct
        variable_id,
        level,
        period_id,
        breakdown_id
    from observations
    where breakdown_id <> 'total' and breakdown_id not like '%|%'
),

-- By the breakdowns the metric entry names, where its numerator comes by them.
broken_down as (
    select
        expected_series.*,
        'total' as breakdown_id
    from expected_series
    union all
    select
        expected_series.*,
        delivered_breakdowns.breakdown_id
    from expected_series
    inner join delivered_breakdowns
        on
            expected_series.numerator_variable_id = delivered_breakdowns.variable_id
            and expected_series.level = delivered_breakdowns.level
            and expected_series.period_id = delivered_breakdowns.period_id
            and list_contains(
                expected_series.breakdown_dimensions, regexp_extract(delivered_breakdowns.breakdown_id, '^\w+')
            )
)

select
    broken_down.indicator_id,
    areas.area_version_id,
    areas.area_id,
    areas.level,
    broken_down.period_id,
    broken_down.year,
    broken_down.breakdown_id,
    areas.is_recast
from broken_down
inner join areas on broken_down.level = areas.level and broken_down.year = areas.year
