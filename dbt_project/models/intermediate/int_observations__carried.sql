with

known_cells as (
    select * from {{ ref('int_observations__known') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
    where area_state is not null
),

successions as (
    select * from {{ ref('int_areas__succeeded') }}
),

area_years as (
    select * from {{ ref('int_areas__yearly') }}
    where not is_recast
),

-- Areas of the day that a contract names, and those that have their place in a later year.
carried_areas as (
    select
        extracts.extract_id,
        extracts.precedence,
        successions.from_area_id,
        successions.area_version_id,
        successions.area_id,
        successions.level,
        successions.weight,
        area_years.year
    from extracts
    inner join successions
        on
            extracts.area_state >= coalesce(successions.from_valid_from, extracts.area_state)
            and extracts.area_state < successions.from_valid_to
    inner join area_years on successions.area_version_id = area_years.area_version_id
),

cells as (
    select
        known_cells.*,
        deliveries.extract_id
    from known_cells
    inner join deliveries on known_cells.delivery_id = deliveries.delivery_id
    inner join extracts on deliveries.extract_id = extracts.extract_id
),

series as (
    select distinct
        extract_id,
        variable_id,
        breakdown_id,
        period_id,
        year,
        level
    from cells
)

-- Every old area is a part of the new one, also where the file does not hold it.
select
    series.variable_id,
    carried_areas.area_version_id,
    carried_areas.area_id,
    series.level,
    series.period_id,
    series.year,
    series.breakdown_id,
    series.extract_id,
    carried_areas.precedence,
    carried_areas.from_area_id as part_area_id,
    carried_areas.weight,
    cells.delivery_id,
    coalesce(cells.value_status, 'not_available') as value_status,
    coalesce(cells.value_flags, cast([] as varchar[])) as value_flags,
    cells.value
from series
inner join carried_areas
    on
        series.extract_id = carried_areas.extract_id
        and series.level = carried_areas.level
        and series.year = carried_areas.year
left join cells
    on
        series.extract_id = cells.extract_id
        and series.variable_id = cells.variable_id
        and series.breakdown_id = cells.breakdown_id
        and series.period_id = cells.period_id
        and carried_areas.from_area_id = cells.area_id
