with recursive

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

shares as (
    select * from {{ ref('stg_workspace__shares') }}
),

-- A social space of whole members lies above them. One that cuts through an area of a level is no sum of areas of that
-- level, and left out; where it is also described by whole areas of another level, it lies above those.
cut_spaces as (
    select
        area_id,
        member_level
    from shares
    where share <> 1
),

whole_members as (
    select shares.*
    from shares
    anti join cut_spaces on shares.area_id = cut_spaces.area_id and shares.member_level = cut_spaces.member_level
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
),

-- Every area below a member lies in the space, too: a quarter of a neighbourhood that belongs to it.
below_members as (
    select
        areas.area_version_id,
        areas.area_id,
        areas.level,
        areas.area_id as member_area_id,
        areas.valid_from,
        areas.valid_to
    from areas

    union all

    select
        area_version_id,
        area_id,
        level,
        ancestor_area_id as member_area_id,
        valid_from,
        valid_to
    from climbed
),

in_social_spaces as (
    select
        below_members.area_version_id,
        below_members.area_id,
        below_members.level,
        spaces.area_id as ancestor_area_id,
        spaces.level as ancestor_level,
        greatest(below_members.valid_from, whole_members.valid_from, spaces.valid_from) as valid_from,
        least(below_members.valid_to, whole_members.valid_to, spaces.valid_to) as valid_to
    from below_members
    inner join whole_members on below_members.member_area_id = whole_members.member_area_id
    inner join areas as spaces on whole_members.area_id = spaces.area_id
),

all_pairs as (
    select * exclude (next_area_id) from climbed
    union all by name
    select * from in_social_spaces
    where valid_from is null or valid_to is null or valid_from < valid_to
)

select
    area_version_id,
    area_id,
    level,
    ancestor_area_id,
    ancestor_level,
    valid_from,
    valid_to
from all_pairs
