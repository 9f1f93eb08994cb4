with recursive

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

climbed as (
    select
        areas.area_version_id,
        areas.area_id,
        areas.level,
        parents.area_id as ancestor_area_id,
        parents.level as ancestor_level,
        parents.parent_area_id as next_area_id
    from areas
    inner join areas as parents on areas.parent_area_id = parents.area_id

    union

    select
        climbed.area_version_id,
        climbed.area_id,
        climbed.level,
        parents.area_id as ancestor_area_id,
        parents.level as ancestor_level,
        parents.parent_area_id as next_area_id
    from climbed
    inner join areas as parents on climbed.next_area_id = parents.area_id
)

select
    area_version_id,
    area_id,
    level,
    ancestor_area_id,
    ancestor_level
from climbed
