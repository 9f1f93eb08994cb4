with

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

ancestors as (
    select * from {{ ref('int_areas__ancestors') }}
)

select
    area_version_id,
    area_id,
    level,
    area_id as container_area_id,
    level as container_level,
    valid_from,
    valid_to
from areas
union all
select
    area_version_id,
    area_id,
    level,
    ancestor_area_id as container_area_id,
    ancestor_level as container_level,
    valid_from,
    valid_to
from ancestors
