with

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

remainder as (
    select * from {{ ref('int_observations__remainder') }}
),

-- "Nicht zuordenbar": what a parent counts and none of its children does needs a place to stand.
remainder_areas as (
    select distinct
        remainder.area_version_id,
        remainder.area_id,
        remainder.level,
        remainder.parent_area_id,
        parents.code || '-nz' as code,
        'nicht zuordenbar (' || parents.name || ')' as name
    from remainder
    inner join areas as parents on remainder.parent_area_id = parents.area_id
)

select
    area_version_id,
    area_id,
    level,
    code,
    name,
    parent_area_id,
    valid_from,
    valid_to,
    geometry_geojson,
    false as is_remainder
from areas
union all
select
    area_version_id,
    area_id,
    level,
    code,
    name,
    parent_area_id,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    cast(null as varchar) as geometry_geojson,
    true as is_remainder
from remainder_areas
