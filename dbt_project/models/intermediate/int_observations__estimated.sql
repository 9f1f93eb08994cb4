with

parts as (
    select * from {{ ref('int_observations__parts') }}
    where is_estimated
),

carried_parts as (
    select * from {{ ref('int_observations__carried') }}
),

observations as (
    select * from {{ ref('int_observations__rolled_up') }}
),

successions as (
    select * from {{ ref('int_areas__succeeded') }}
    where is_direct
),

-- All parts of a new area that did not receive one of them as a whole: half of a count tells the count.
split_areas as (
    select distinct
        variable_id,
        area_version_id,
        period_id,
        breakdown_id
    from carried_parts
    where weight < 1
)

select
    variable_id,
    area_version_id,
    period_id,
    breakdown_id,
    part_area_version_id,
    value as part_value
from parts
union all
select
    carried_parts.variable_id,
    carried_parts.area_version_id,
    carried_parts.period_id,
    carried_parts.breakdown_id,
    cast(null as varchar) as part_area_version_id,
    carried_parts.value as part_value
from carried_parts
semi join split_areas
    on
        carried_parts.variable_id = split_areas.variable_id
        and carried_parts.area_version_id = split_areas.area_version_id
        and carried_parts.period_id = split_areas.period_id
        and carried_parts.breakdown_id = split_areas.breakdown_id
union all
select
    observations.variable_id,
    observations.area_version_id,
    observations.period_id,
    observations.breakdown_id,
    successions.from_area_version_id as part_area_version_id,
    cast(null as decimal(28, 6)) as part_value
from observations
inner join successions on observations.area_version_id = successions.area_version_id
where observations.is_recast
