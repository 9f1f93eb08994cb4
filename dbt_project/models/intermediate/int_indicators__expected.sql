with

expected as (
    select * from {{ ref('int_indicators__applied') }}
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
        indicators.breakdown_dimensions
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
),

-- Names are long and compared often: a cell, its series and the group it is ranked in go by numbers inside this chain.
numbered as (
    select
        *,
        row_number() over (order by indicator_id, level, period_id, breakdown_id) as group_number,
        dense_rank() over (order by indicator_id, level, breakdown_id) as series_group
    from broken_down
),

numbered_areas as (
    select
        *,
        dense_rank() over (order by area_id) as area_number
    from areas
)

select
    numbered.indicator_id,
    numbered_areas.area_version_id,
    numbered_areas.area_id,
    numbered_areas.level,
    numbered.period_id,
    numbered.year,
    numbered.breakdown_id,
    numbered.group_number,
    numbered.group_number * 1000000 + numbered_areas.area_number as cell_number,
    numbered.series_group * 1000000 + numbered_areas.area_number as series_number,
    numbered_areas.is_recast
from numbered
inner join numbered_areas on numbered.level = numbered_areas.level and numbered.year = numbered_areas.year
