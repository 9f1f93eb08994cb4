with

current_cells as (
    select * from {{ ref('int_observations__current') }}
),

derived_cells as (
    select * from {{ ref('int_observations__derived') }}
),

area_years as (
    select * from {{ ref('int_areas__yearly') }}
    where not is_recast
),

-- What is delivered counts before what is derived from bands.
known_cells as (
    select * from current_cells
    union all by name
    select derived_cells.*
    from derived_cells
    anti join current_cells using (variable_id, area_id, period_id, breakdown_id)
),

series as (
    select distinct
        variable_id,
        breakdown_id,
        period_id,
        year,
        level
    from known_cells
),

-- Where a level is delivered at all, each of its areas is expected: an absent row is a row with a reason.
expected_cells as (
    select
        series.*,
        area_years.area_id,
        area_years.area_version_id
    from series
    inner join area_years on series.level = area_years.level and series.year = area_years.year
)

select
    expected_cells.variable_id,
    expected_cells.area_version_id,
    expected_cells.area_id,
    expected_cells.level,
    expected_cells.period_id,
    expected_cells.year,
    expected_cells.breakdown_id,
    known_cells.delivery_id,
    coalesce(known_cells.value_status, 'not_available') as value_status,
    coalesce(known_cells.value_flags, cast([] as varchar[])) as value_flags,
    known_cells.value
from expected_cells
left join known_cells
    on
        expected_cells.variable_id = known_cells.variable_id
        and expected_cells.area_id = known_cells.area_id
        and expected_cells.period_id = known_cells.period_id
        and expected_cells.breakdown_id = known_cells.breakdown_id
