with

crosswalks as (
    select * from {{ ref('stg_workspace__crosswalks') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
)

select
    crosswalks.from_area_version_id,
    crosswalks.from_area_id,
    crosswalks.to_area_version_id as area_version_id,
    crosswalks.to_area_id as area_id,
    later.level,
    crosswalks.weight,
    earlier.valid_from as from_valid_from,
    earlier.valid_to as from_valid_to,
    later.valid_from,
    coalesce(earlier.valid_to = later.valid_from, false) as is_direct
from crosswalks
inner join areas as earlier on crosswalks.from_area_version_id = earlier.area_version_id
inner join areas as later on crosswalks.to_area_version_id = later.area_version_id
