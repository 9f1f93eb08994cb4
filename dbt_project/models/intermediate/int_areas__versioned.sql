with

areas as (
    select * from {{ ref('stg_workspace__areas') }}
),

geometries as (
    select * from {{ ref('stg_landing__areas') }}
),

shares as (
    select * from {{ ref('stg_workspace__shares') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

latest_geometry as (
    select
        geometries.area_id,
        geometries.geometry_geojson,
        geometries.neighbour_ids,
        geometries.x_m,
        geometries.y_m,
        geometries.diameter_m
    from geometries
    inner join deliveries on geometries.delivery_id = deliveries.delivery_id
    qualify row_number() over (partition by geometries.area_id order by deliveries.delivery_sequence desc) = 1
)

select
    areas.area_version_id,
    areas.area_id,
    areas.level,
    areas.code,
    areas.name,
    areas.parent_area_id,
    areas.valid_from,
    areas.valid_to,
    latest_geometry.geometry_geojson,
    latest_geometry.neighbour_ids,
    latest_geometry.x_m,
    latest_geometry.y_m,
    latest_geometry.diameter_m,
    areas.level in (select shares.level from shares) as is_social_space
from areas
left join latest_geometry on areas.area_id = latest_geometry.area_id
