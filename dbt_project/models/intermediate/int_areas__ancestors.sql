with recursive

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

-- A pair holds while both versions are valid: an open end is NULL, and NULL is ignored by greatest and least.
climbed as (
    select
        areas.area_version_id,
        areas.area_id,
        areas.level,
        parents.area_id as ancestor_area_id,
        parents.level as ancestor_level,
        parents.parent_area_id as next_area_id,
        greatest(areas.valid_from, parents.valid_from) as valid_from,
        least(areas.valid_to, parents.valid_to) as valid_to
    from areas
    inner join areas as parents
        on
            areas.parent_area_id = parents.area_id
            and (areas.valid_to is null or parents.valid_from is null or areas.valid_to > parents.valid_from)
            and (parents.valid_to is null or areas.valid_from is null or areas.valid_from < parents.valid_to)

    union

    select
        climbed.area_version_id,
        climbed.area_id,
        climbed.level,
        parents.area_id as ancestor_area_id,
        parents.level as ancestor_level,
        parents.parent_area_id as next_area_id,
        greatest(climbed.valid_from, parents.valid_from) as valid_from,
        least(climbed.valid_to, parents.valid_to) as valid_to
    from climbed
    inner join areas as parents
        on
            climbed.next_area_id = parents.area_id
            and (climbed.valid_to is null or parents.valid_from is null or climbed.valid_to > parents.valid_from)
            and (parents.valid_to is null or climbed.valid_from is null or climbed.valid_from < parents.valid_to)
)

select
    area_version_id,
    area_id,
    level,
    ancestor_area_id,
    ancestor_level,
    valid_from,
    valid_to
from climbed
