with

reached as (
    select * from {{ ref('int_inventory__reached') }}
),

distances as (
    select * from {{ ref('int_inventory__distances') }}
),

offers as (
    select * from {{ ref('int_inventory__dated') }}
    where is_counted
),

counted as (
    select * from {{ ref('int_inventory__counted') }}
),

service_types as (
    select * from {{ ref('service_types') }}
),

border as (
    select * from {{ ref('int_areas__bordered') }}
),

-- Without a single known capacity the offers themselves are the supply, here as in the supply of an area.
measures as (
    select distinct
        service_type,
        supply_measure,
        supply_unit
    from counted
),

supplies as (
    select
        offers.service_type,
        offers.offer_id,
        measures.supply_unit,
        service_types.catchment_m,
        case when measures.supply_measure = 'offers' then 1.0 else cast(offers.capacity as double) end as supply,
        offers.x_m,
        offers.y_m
    from offers
    inner join service_types
        on offers.service_type = service_types.service_type and offers.target_group = service_types.target_group
    inner join measures on offers.service_type = measures.service_type
    where offers.service_type in (select reached.service_type from reached)
),

within as (
    select
        supplies.offer_id,
        distances.area_version_id,
        reached.population,
        {{ catchment_weight('distances.distance_m', 'supplies.catchment_m') }} as weight_2sfca,
        {{ zoned_catchment_weight('distances.distance_m', 'supplies.catchment_m') }} as weight_e2sfca
    from supplies
    inner join distances
        on supplies.offer_id = distances.offer_id and supplies.service_type = distances.service_type
    inner join reached
        on
            distances.service_type = reached.service_type
            and distances.area_version_id = reached.area_version_id
    where distances.distance_m <= supplies.catchment_m
),

demands as (
    select
        offer_id,
        count(*) as n_areas,
        count(*) - count(population) as n_areas_unknown,
        {{ ordered_sum('weight_2sfca * population', 'area_version_id') }} as demand_2sfca,
        {{ ordered_sum('weight_e2sfca * population', 'area_version_id') }} as demand_e2sfca
    from within
    group by offer_id
),

edges as (
    select
        supplies.offer_id,
        min({{ distance_from_piece('supplies.x_m', 'supplies.y_m', 'border.from_x_m', 'border.from_y_m',
            'border.to_x_m', 'border.to_y_m') }}) as border_distance_m
    from supplies
    cross join border
    group by supplies.offer_id
),

-- One area in reach whose population is not shown makes the demand unknown, as if nobody lived there would be wrong.
judged as (
    select
        supplies.*,
        coalesce(demands.n_areas, 0) as n_areas,
        coalesce(demands.n_areas_unknown, 0) as n_areas_unknown,
        demands.demand_2sfca,
        demands.demand_e2sfca,
        edges.border_distance_m < supplies.catchment_m as is_at_edge,
        case
            when coalesce(demands.n_areas_unknown, 0) > 0 then 'population_unknown'
            when coalesce(demands.demand_2sfca, 0) = 0 then 'no_demand_in_reach'
            when supplies.supply is null then 'capacity_unknown'
            else 'ok'
        end as ratio_status
    from supplies
    left join demands on supplies.offer_id = demands.offer_id
    left join edges on supplies.offer_id = edges.offer_id
)

select
    service_type,
    offer_id,
    supply_unit,
    ratio_status,
    cast(n_areas as bigint) as n_areas,
    cast(n_areas_unknown as bigint) as n_areas_unknown,
    supply,
    case when n_areas_unknown = 0 then coalesce(demand_2sfca, 0) end as demand_2sfca,
    case when n_areas_unknown = 0 then coalesce(demand_e2sfca, 0) end as demand_e2sfca,
    case when ratio_status = 'ok' then supply / demand_2sfca end as ratio_2sfca,
    case when ratio_status = 'ok' then supply / demand_e2sfca end as ratio_e2sfca,
    is_at_edge
from judged
