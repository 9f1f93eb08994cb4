with

rules as (
    select * from {{ ref('int_inventory__ruled') }}
    where is_allowed
),

populations as (
    select * from {{ ref('int_inventory__peopled') }}
),

distances as (
    select * from {{ ref('int_inventory__distances') }}
),

nearest as (
    select *
    from distances
    qualify row_number() over (partition by service_type, area_version_id order by distance_m, offer_id) = 1
)

select
    populations.service_type,
    populations.area_version_id,
    populations.area_id,
    populations.level,
    populations.inventory_period_id,
    populations.period_id,
    populations.value_status,
    nearest.offer_id as nearest_offer_id,
    nearest.distance_method,
    cast(populations.year as integer) as year,
    cast(populations.population as double) as population,
    {{ round_significant('nearest.distance_m') }} as distance_m
from populations
inner join rules on populations.service_type = rules.service_type and populations.level = rules.level
left join nearest
    on populations.service_type = nearest.service_type and populations.area_version_id = nearest.area_version_id
