with

shares as (
    select * from {{ ref('stg_workspace__shares') }}
),

area_years as (
    select * from {{ ref('int_areas__yearly') }}
    where not is_recast
),

contained as (
    select * from {{ ref('int_areas__contained') }}
),

levels as (
    select * from {{ ref('stg_workspace__levels') }}
),

-- The members of a space on the last day of a year. A space may be described twice, by members of two levels.
members as (
    select
        spaces.year,
        spaces.area_version_id,
        spaces.area_id,
        spaces.level,
        shares.member_area_id,
        shares.member_level,
        shares.share,
        bool_or(shares.share < 1) over (
            partition by spaces.area_version_id, spaces.year, shares.member_level
        ) as is_cut
    from shares
    inner join area_years as spaces
        on
            shares.area_id = spaces.area_id
            and {{ is_valid_at_end_of('spaces.year', 'shares') }}
),

-- A member and every area of the tree below it: half a neighbourhood is half of each of its quarters.
reached as (
    select
        members.*,
        contained.area_version_id as part_area_version_id,
        contained.area_id as part_area_id,
        contained.level as part_level,
        part_levels.level_rank as part_rank,
        member_levels.level_rank as member_rank
    from members
    inner join contained
        on
            members.member_area_id = contained.container_area_id
            and {{ is_valid_at_end_of('members.year', 'contained') }}
    inner join levels as part_levels on contained.level = part_levels.level
    inner join levels as member_levels on members.member_level = member_levels.level
    where contained.level not in (select shares.level from shares)
)

-- Of two descriptions that reach a level: the one of whole members, else the finer one.
select
    year,
    area_version_id,
    area_id,
    level,
    part_area_version_id,
    part_area_id,
    part_level,
    part_rank,
    share,
    is_cut
from reached
qualify rank() over (partition by area_version_id, year, part_level order by is_cut asc, member_rank desc) = 1
