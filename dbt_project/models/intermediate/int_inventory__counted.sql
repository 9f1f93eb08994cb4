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

contained as (
    select * from {{ ref('int_areas__contained') }}
),

-- Without a single known capacity the offers themselves are the supply.
inventories as (
    select
        offers.service_type,
        offers.inventory_period_id,
        offers.inventory_year,
        offers.counted_on,
        case
            when count(offers.capacity) filter (where offers.is_counted) > 0 then 'capacity' else 'offers'
        end as supply_measure,
        case
            when count(offers.capacity) filter (where offers.is_counted) > 0 then service_types.supply_unit else
                'offers'
        end as supply_unit
    from offers
    inner join service_types on offers.service_type = service_types.service_type
    group by
        offers.service_type, offers.inventory_period_id, offers.inventory_year, offers.counted_on,
        service_types.supply_unit
),

target_groups as (
    select
        service_type,
        target_group
    from offers
    union
    select
        service_types.service_type,
        service_types.target_group
    from service_types
    inner join inventories on service_types.service_type = inventories.service_type
),

placed as (
    select
        offers.service_type,
        offers.target_group,
        offers.level,
        offers.capacity,
        offers.is_counted,
        offers.is_shared,
        contained.container_area_id,
        contained.container_level,
        count(distinct offers.level) over (partition by offers.service_type) as n_levels
    from offers
    inner join contained
        on
            offers.area_version_id = contained.area_version_id
            and (contained.valid_from is null or offers.counted_on >= contained.valid_from)
            and (contained.valid_to is null or offers.counted_on < contained.valid_to)
),

-- Into a level below its own a register does not place its offers: their number there is unknown, not zero.
levels_reached as (
    select
        service_type,
        container_level as level
    from placed
    group by service_type, container_level
    having count(distinct level) = max(n_levels)
),

grid as (
    select
        inventories.*,
        target_groups.target_group,
        areas.area_version_id,
        areas.area_id,
        areas.level
    from inventories
    inner join target_groups on inventories.service_type = target_groups.service_type
    inner join levels_reached on inventories.service_type = levels_reached.service_type
    inner join areas
        on
            levels_reached.level = areas.level
            and (areas.valid_from is null or inventories.counted_on >= areas.valid_from)
            and (areas.valid_to is null or inventories.counted_on < areas.valid_to)
)

select
    grid.service_type,
    grid.target_group,
    grid.area_version_id,
    grid.area_id,
    grid.level,
    grid.inventory_period_id,
    grid.inventory_year,
    grid.supply_measure,
    grid.supply_unit,
    count(placed.service_type) as n_offers,
    count(placed.service_type) - count(placed.capacity) as n_capacity_unknown,
    count(placed.service_type) filter (where placed.is_shared) as n_shared,
    sum(placed.capacity) as known_capacity
from grid
left join placed
    on
        grid.service_type = placed.service_type
        and grid.target_group = placed.target_group
        and grid.area_id = placed.container_area_id
        and placed.is_counted
group by all
