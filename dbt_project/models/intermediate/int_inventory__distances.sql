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

ways as (
    select * from {{ ref('int_barriers__bridged') }}
),

grid as (
    select
        populations.service_type,
        populations.area_version_id,
        areas.x_m,
        areas.y_m
    from populations
    inner join rules on populations.service_type = rules.service_type and populations.level = rules.level
    inner join areas on populations.area_version_id = areas.area_version_id
    where areas.x_m is not null
),

separated as (
    select
        here.area_version_id,
        there.area_version_id as other_area_version_id,
        list_sort(list(distinct here.barrier_id)) as barrier_ids
    from sides as here
    inner join sides as there on here.barrier_id = there.barrier_id and here.side != there.side
    where
        here.area_version_id in (select grid.area_version_id from grid)
        and there.area_version_id in (select offers.area_version_id from offers)
    group by here.area_version_id, there.area_version_id
),

pairs as (
    select
        grid.service_type,
        grid.area_version_id,
        offers.offer_id,
        grid.x_m,
        grid.y_m,
        offers.x_m as offer_x_m,
        offers.y_m as offer_y_m,
        separated.barrier_ids
    from grid
    inner join service_types on grid.service_type = service_types.service_type
    inner join offers
        on service_types.service_type = offers.service_type and service_types.target_group = offers.target_group
    left join separated
        on
            grid.area_version_id = separated.area_version_id
            and offers.area_version_id = separated.other_area_version_id
),

-- Over a barrier the way leads over a bridge; without one there is no way.
crossing as (
    select
        pairs.service_type,
        pairs.area_version_id,
        pairs.offer_id,
        min(
            {{ straight_distance('pairs.x_m', 'pairs.y_m', 'ways.from_x_m', 'ways.from_y_m') }}
            + ways.length_m
            + {{ straight_distance('ways.to_x_m', 'ways.to_y_m', 'pairs.offer_x_m', 'pairs.offer_y_m') }}
        ) as distance_m
    from pairs
    inner join ways on pairs.barrier_ids = ways.barrier_ids
    group by pairs.service_type, pairs.area_version_id, pairs.offer_id
)

select
    service_type,
    area_version_id,
    offer_id,
    'straight' as distance_method,
    {{ straight_distance('x_m', 'y_m', 'offer_x_m', 'offer_y_m') }} as distance_m
from pairs
where barrier_ids is null
union all
select
    service_type,
    area_version_id,
    offer_id,
    'bridge' as distance_method,
    distance_m
from crossing
