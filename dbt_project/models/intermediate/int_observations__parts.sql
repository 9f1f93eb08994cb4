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

levels as (
    select * from {{ ref('stg_workspace__levels') }}
),

delivered_levels as (
    select distinct
        observations.variable_id,
        observations.breakdown_id,
        observations.period_id,
        observations.level,
        levels.level_rank
    from observations
    inner join levels on observations.level = levels.level
),

-- For a level that is not delivered: the nearest finer level that is. Only what adds up may be added.
missing_levels as (
    select
        delivered.variable_id,
        delivered.breakdown_id,
        delivered.period_id,
        coarser.level as missing_level,
        arg_min(delivered.level, delivered.level_rank) as summed_level
    from delivered_levels as delivered
    inner join variables on delivered.variable_id = variables.variable_id and variables.is_additive
    inner join levels as coarser on delivered.level_rank > coarser.level_rank
    anti join delivered_levels as already
        on
            delivered.variable_id = already.variable_id
            and delivered.breakdown_id = already.breakdown_id
            and delivered.period_id = already.period_id
            and coarser.level = already.level
    group by delivered.variable_id, delivered.breakdown_id, delivered.period_id, coarser.level
),

parts as (
    select
        children.variable_id,
        ancestors.ancestor_area_id as area_id,
        missing_levels.missing_level as level,
        children.period_id,
        children.year,
        children.breakdown_id,
        children.area_id as part_area_id,
        children.delivery_id,
        children.value_status,
        children.value_flags,
        children.value
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
            and (ancestors.valid_from is null or ancestors.valid_from <= make_date(children.year, 12, 31))
            and (ancestors.valid_to is null or ancestors.valid_to > make_date(children.year, 12, 31))
)

select * from parts
