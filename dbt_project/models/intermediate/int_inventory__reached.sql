with

rules as (
    select * from {{ ref('int_inventory__ruled') }}
    where is_allowed
),

service_types as (
    select * from {{ ref('service_types') }}
),

populations as (
    select * from {{ ref('int_inventory__peopled') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

offers as (
    select * from {{ ref('int_inventory__dated') }}
    where is_counted
),

sides as (
    select * from {{ ref('int_areas__sided') }}
),

grid as (
    select
        populations.*,
        areas.x_m,
        areas.y_m
    from populations
    inner join rules on populations.service_type = rules.service_type and populations.level = rules.level
    inner join areas on populations.area_version_id = areas.area_version_id
),

separated as (
    select distinct
        here.area_version_id,
        there.area_version_id as other_area_version_id
    from sides as here
    inner join sides as there on here.barrier_id = there.barrier_id and here.side != there.side
),

distances as (
    select
        grid.service_type,
        grid.area_version_id,
        offers.offer_id,
        {{ straight_distance('grid.x_m', 'grid.y_m', 'offers.x_m', 'offers.y_m') }} as distance_m
    from grid
    inner join service_types on grid.service_type = service_types.service_type
    inner join offers
        on service_types.service_type = offers.service_type and service_types.target_group = offers.target_group
    anti join separated
        on
            grid.area_version_id = separated.area_version_id
            and offers.area_version_id = separated.other_area_version_id
    where grid.x_m is not null
),

nearest as (
    select *
    from distances
    qualify row_number() over (partition by service_type, area_version_id order by distance_m, offer_id) = 1
)

select
    grid.service_type,
    grid.area_version_id,
    grid.area_id,
    grid.level,
    grid.inventory_period_id,
    grid.period_id,
    grid.value_status,
    nearest.offer_id as nearest_offer_id,
    cast(grid.year as integer) as year,
    cast(grid.population as double) as population,
    {{ round_significant('nearest.distance_m') }} as distance_m
from grid
left join nearest
    on grid.service_type = nearest.service_type and grid.area_version_id = nearest.area_version_id
