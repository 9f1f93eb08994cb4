with

observations as (
    select * from {{ ref('int_observations__gridded') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

ancestors as (
    select * from {{ ref('int_areas__ancestors') }}
),

compositions as (
    select * from {{ ref('int_areas__composed') }}
),

area_years as (
    select * from {{ ref('int_areas__yearly') }}
    where not is_recast
),

levels as (
    select
        *,
        level in (select shares.level from {{ ref('stg_workspace__shares') }} as shares) as is_social_space
    from {{ ref('stg_workspace__levels') }}
),

delivered_levels as (
    select distinct
        observations.variable_id,
        observations.breakdown_id,
        observations.period_id,
        observations.year,
        observations.level,
        levels.level_rank,
        levels.is_social_space
    from observations
    inner join levels on observations.level = levels.level
    inner join variables on observations.variable_id = variables.variable_id and variables.is_additive
),

-- For a level that is not delivered: the nearest finer level that is. Only what adds up may be added, and social
-- spaces, which cover a part of the city, never add up to it.
missing_levels as (
    select
        delivered.variable_id,
        delivered.breakdown_id,
        delivered.period_id,
        coarser.level as missing_level,
        arg_min(delivered.level, delivered.level_rank) as summed_level
    from delivered_levels as delivered
    inner join levels as coarser on delivered.level_rank > coarser.level_rank and not coarser.is_social_space
    anti join delivered_levels as already
        on
            delivered.variable_id = already.variable_id
            and delivered.breakdown_id = already.breakdown_id
            and delivered.period_id = already.period_id
            and coarser.level = already.level
    where not delivered.is_social_space
    group by delivered.variable_id, delivered.breakdown_id, delivered.period_id, coarser.level
),

tree_parts as (
    select
        children.variable_id,
        parents.area_version_id,
        ancestors.ancestor_area_id as area_id,
        missing_levels.missing_level as level,
        children.period_id,
        children.year,
        children.breakdown_id,
        children.area_version_id as part_area_version_id,
        children.area_id as part_area_id,
        children.delivery_id,
        children.value_status,
        children.value_flags,
        children.value,
        cast(1 as decimal(9, 6)) as share,
        false as is_estimated
    from observations as children
    inner join missing_levels
        on
            children.variable_id = missing_levels.variable_id
            and children.breakdown_id = missing_levels.breakdown_id
            and children.period_id = missing_levels.period_id
            and children.level = missing_levels.summed_level
    inner join ancestors
        on
            children.area_version_id = ancestors.area_version_id
            and missing_levels.missing_level = ancestors.ancestor_level
            and {{ is_valid_at_end_of('children.year', 'ancestors') }}
    inner join area_years as parents
        on ancestors.ancestor_area_id = parents.area_id and children.year = parents.year
),

space_levels as (
    select distinct
        year,
        area_version_id,
        level,
        part_level,
        part_rank,
        is_cut
    from compositions
),

-- A social space is added up from the nearest level whose areas belong to it as a whole, and only where there is none
-- is it estimated, from the finest level there is.
missing_spaces as (
    select
        delivered.variable_id,
        delivered.breakdown_id,
        delivered.period_id,
        delivered.year,
        spaces.area_version_id,
        arg_min(
            delivered.level, case when spaces.is_cut then 1000 - spaces.part_rank else spaces.part_rank end
        ) as summed_level
    from delivered_levels as delivered
    inner join space_levels as spaces on delivered.level = spaces.part_level and delivered.year = spaces.year
    anti join delivered_levels as already
        on
            delivered.variable_id = already.variable_id
            and delivered.breakdown_id = already.breakdown_id
            and delivered.period_id = already.period_id
            and spaces.level = already.level
    group by
        delivered.variable_id,
        delivered.breakdown_id,
        delivered.period_id,
        delivered.year,
        spaces.area_version_id
),

space_parts as (
    select
        members.variable_id,
        compositions.area_version_id,
        compositions.area_id,
        compositions.level,
        members.period_id,
        members.year,
        members.breakdown_id,
        compositions.part_area_version_id,
        compositions.part_area_id,
        members.delivery_id,
        members.value_status,
        members.value_flags,
        members.value,
        compositions.share,
        compositions.is_cut as is_estimated
    from missing_spaces
    inner join compositions
        on
            missing_spaces.area_version_id = compositions.area_version_id
            and missing_spaces.year = compositions.year
            and missing_spaces.summed_level = compositions.part_level
    inner join observations as members
        on
            missing_spaces.variable_id = members.variable_id
            and missing_spaces.breakdown_id = members.breakdown_id
            and missing_spaces.period_id = members.period_id
            and compositions.part_area_version_id = members.area_version_id
)

select * from tree_parts
union all
select * from space_parts
