with

observations as (
    select * from {{ ref('int_observations__gridded') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
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

-- The sum holds only where every part holds a value: a hidden or missing part is never skipped.
summed as (
    select
        children.variable_id,
        ancestors.ancestor_area_id as area_id,
        missing_levels.missing_level as level,
        children.period_id,
        children.year,
        children.breakdown_id,
        max(children.delivery_id) as delivery_id,
        {{ strongest_status('children.value_status') }} as value_status,
        list_sort(list_distinct(flatten(list(children.value_flags)))) as value_flags,
        sum(children.value) as value_sum
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
    group by all
),

summed_versions as (
    select
        summed.variable_id,
        areas.area_version_id,
        summed.area_id,
        summed.level,
        summed.period_id,
        summed.year,
        summed.breakdown_id,
        summed.delivery_id,
        summed.value_status,
        summed.value_flags,
        case when summed.value_status = 'ok' then cast(summed.value_sum as decimal(28, 6)) end as value
    from summed
    inner join areas
        on
            summed.area_id = areas.area_id
            and (areas.valid_from is null or areas.valid_from <= make_date(summed.year, 12, 31))
            and (areas.valid_to is null or areas.valid_to > make_date(summed.year, 12, 31))
)

select * from observations
union all by name
select * from summed_versions
