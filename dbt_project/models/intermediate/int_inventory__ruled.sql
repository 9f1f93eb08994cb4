with

offers as (
    select * from {{ ref('int_inventory__current') }}
),

dated as (
    select * from {{ ref('int_inventory__dated') }}
),

populations as (
    select * from {{ ref('int_inventory__peopled') }}
),

service_types as (
    select * from {{ ref('service_types') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

levels as (
    select * from {{ ref('stg_workspace__levels') }}
),

-- Complete lists without any point cannot say where something is; incomplete ones must not.
point_inventories as (
    select
        service_type,
        max(incomplete_reason_de) as incomplete_reason_de,
        max(incomplete_reason_en) as incomplete_reason_en,
        coalesce(bool_or(is_register_complete), false) as has_complete_register
    from offers
    where x_m is not null
    group by service_type
),

points_missing as (
    select
        dated.service_type,
        count(*) as n_counted,
        count(*) - count(dated.x_m) as n_without_point
    from dated
    inner join service_types
        on dated.service_type = service_types.service_type and dated.target_group = service_types.target_group
    where dated.is_counted
    group by dated.service_type
),

widths as (
    select
        populations.service_type,
        levels.level,
        levels.level_rank,
        max(populations.year) as year,
        median(areas.diameter_m) as median_diameter_m,
        max(areas.diameter_m) as largest_diameter_m
    from populations
    inner join areas on populations.area_version_id = areas.area_version_id
    inner join levels on populations.level = levels.level
    group by populations.service_type, levels.level, levels.level_rank
),

finest_population as (
    select *
    from widths
    where year is not null
    qualify row_number() over (partition by service_type order by level_rank desc) = 1
)

select
    point_inventories.service_type,
    service_types.name_de,
    service_types.name_en,
    service_types.catchment_m,
    {{ widest_cell('service_types.catchment_m') }} as allowed_diameter_m,
    point_inventories.has_complete_register,
    point_inventories.incomplete_reason_de,
    point_inventories.incomplete_reason_en,
    coalesce(points_missing.n_counted, 0) as n_counted,
    coalesce(points_missing.n_without_point, 0) as n_without_point,
    finest_population.level,
    finest_population.level_rank,
    finest_population.median_diameter_m,
    finest_population.largest_diameter_m,
    coalesce(
        point_inventories.has_complete_register
        and points_missing.n_without_point = 0
        and finest_population.median_diameter_m <= {{ widest_cell('service_types.catchment_m') }},
        false
    ) as is_allowed
from point_inventories
inner join service_types on point_inventories.service_type = service_types.service_type
left join points_missing on point_inventories.service_type = points_missing.service_type
left join finest_population on point_inventories.service_type = finest_population.service_type
