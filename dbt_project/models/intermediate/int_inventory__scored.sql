with

reached as (
    select * from {{ ref('int_inventory__reached') }}
),

distances as (
    select * from {{ ref('int_inventory__distances') }}
),

rated as (
    select * from {{ ref('int_inventory__rated') }}
),

service_types as (
    select * from {{ ref('service_types') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

border as (
    select * from {{ ref('int_areas__bordered') }}
),

within as (
    select
        distances.service_type,
        distances.area_version_id,
        rated.offer_id,
        rated.ratio_status,
        rated.supply_unit,
        {{ catchment_weight('distances.distance_m', 'service_types.catchment_m') }} * rated.ratio_2sfca as part_2sfca,
        {{ zoned_catchment_weight('distances.distance_m', 'service_types.catchment_m') }} * rated.ratio_e2sfca
            as part_e2sfca
    from distances
    inner join service_types on distances.service_type = service_types.service_type
    inner join rated on distances.offer_id = rated.offer_id and distances.service_type = rated.service_type
    where distances.distance_m <= service_types.catchment_m
),

added as (
    select
        service_type,
        area_version_id,
        count(*) as n_offers_in_reach,
        count(*) filter (where ratio_status = 'capacity_unknown') as n_capacity_unknown,
        count(*) filter (where ratio_status = 'population_unknown') as n_population_unknown,
        {{ ordered_sum('part_2sfca', 'offer_id') }} as score_2sfca,
        {{ ordered_sum('part_e2sfca', 'offer_id') }} as score_e2sfca
    from within
    group by service_type, area_version_id
),

edges as (
    select
        areas.area_version_id,
        min({{ distance_from_piece('areas.x_m', 'areas.y_m', 'border.from_x_m', 'border.from_y_m',
            'border.to_x_m', 'border.to_y_m') }}) as border_distance_m
    from areas
    cross join border
    where areas.area_version_id in (select reached.area_version_id from reached)
    group by areas.area_version_id
),

units as (
    select distinct
        service_type,
        supply_unit
    from rated
),

judged as (
    select
        reached.*,
        units.supply_unit,
        coalesce(added.n_offers_in_reach, 0) as n_offers_in_reach,
        coalesce(added.n_capacity_unknown, 0) as n_capacity_unknown,
        edges.border_distance_m < service_types.catchment_m as is_at_edge,
        case
            when areas.x_m is null then 'no_place'
            when added.area_version_id is null then 'no_offer_in_reach'
            when added.n_population_unknown > 0 then 'population_unknown'
            when added.score_2sfca is null and added.n_capacity_unknown > 0 then 'capacity_unknown'
            when added.score_2sfca is null then 'no_demand_in_reach'
            else 'ok'
        end as accessibility_status,
        added.score_2sfca,
        added.score_e2sfca
    from reached
    inner join service_types on reached.service_type = service_types.service_type
    inner join areas on reached.area_version_id = areas.area_version_id
    left join added
        on reached.service_type = added.service_type and reached.area_version_id = added.area_version_id
    left join edges on reached.area_version_id = edges.area_version_id
    left join units on reached.service_type = units.service_type
)

select
    service_type,
    area_version_id,
    area_id,
    level,
    inventory_period_id,
    period_id,
    value_status,
    nearest_offer_id,
    distance_method,
    supply_unit,
    accessibility_status,
    year,
    cast(n_offers_in_reach as bigint) as n_offers_in_reach,
    cast(n_capacity_unknown as bigint) as n_capacity_unknown,
    population,
    distance_m,
    case
        when accessibility_status = 'no_offer_in_reach' then 0.0
        when accessibility_status = 'ok' then score_2sfca
    end as score_2sfca,
    case
        when accessibility_status = 'no_offer_in_reach' then 0.0
        when accessibility_status = 'ok' then score_e2sfca
    end as score_e2sfca,
    is_at_edge
from judged
