with

offers as (
    select * from {{ ref('int_inventory__dated') }}
),

service_types as (
    select * from {{ ref('service_types') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

observations as (
    select * from {{ ref('int_observations__protected') }}
),

inventories as (
    select distinct
        service_type,
        inventory_period_id,
        inventory_year,
        counted_on
    from offers
),

grid as (
    select
        inventories.service_type,
        inventories.inventory_period_id,
        inventories.inventory_year,
        service_types.target_group,
        service_types.population_variable_id,
        areas.area_version_id,
        areas.area_id,
        areas.level
    from inventories
    inner join service_types on inventories.service_type = service_types.service_type
    inner join areas
        on
            (areas.valid_from is null or inventories.counted_on >= areas.valid_from)
            and (areas.valid_to is null or inventories.counted_on < areas.valid_to)
),

population_cells as (
    select
        inventories.service_type,
        observations.area_version_id,
        observations.area_id,
        observations.level,
        observations.period_id,
        observations.year,
        observations.value_status,
        observations.value
    from observations
    inner join service_types on observations.variable_id = service_types.population_variable_id
    inner join inventories
        on service_types.service_type = inventories.service_type and observations.year <= inventories.inventory_year
    where
        observations.breakdown_id = 'total'
        and observations.period_id = cast(observations.year as varchar)
        and not observations.is_remainder
),

-- A year in which nothing was counted at that level is no year of the population.
latest_year as (
    select
        service_type,
        level,
        max(year) as year
    from population_cells
    where value_status = 'ok' or value_status like 'suppressed%'
    group by service_type, level
)

select
    grid.service_type,
    grid.target_group,
    grid.area_version_id,
    grid.area_id,
    grid.level,
    grid.inventory_period_id,
    grid.inventory_year,
    grid.population_variable_id,
    cast(latest_year.year as varchar) as period_id,
    latest_year.year,
    case
        when population_cells.area_id is null then 'not_available'
        when population_cells.area_version_id != grid.area_version_id then 'not_comparable'
        else population_cells.value_status
    end as value_status,
    case when population_cells.area_version_id = grid.area_version_id then population_cells.value end as population
from grid
left join latest_year on grid.service_type = latest_year.service_type and grid.level = latest_year.level
left join population_cells
    on
        grid.service_type = population_cells.service_type
        and grid.area_id = population_cells.area_id
        and latest_year.year = population_cells.year
