with

observations as (
    select * from {{ ref('int_observations__gridded') }}
),

parts as (
    select * from {{ ref('int_observations__parts') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

recast_years as (
    select * from {{ ref('int_areas__yearly') }}
    where is_recast
),

successions as (
    select * from {{ ref('int_areas__succeeded') }}
    where is_direct
),

-- The sum holds only where every part holds a value: a hidden or missing part is never skipped.
summed as (
    select
        variable_id,
        area_version_id,
        area_id,
        level,
        period_id,
        year,
        breakdown_id,
        max(delivery_id) as delivery_id,
        {{ strongest_status('value_status') }} as value_status,
        list_sort(list_distinct(list_concat(
            {{ merged_flags('value_flags') }},
            case when bool_or(is_estimated) then ['estimated'] else cast([] as varchar[]) end
        ))) as value_flags,
        sum(value * share) as value_sum
    from parts
    group by variable_id, area_version_id, area_id, level, period_id, year, breakdown_id
),

counted as (
    select * from observations
    union all by name
    select
        * exclude (value_sum),
        case when value_status = 'ok' then cast(value_sum as decimal(28, 6)) end as value
    from summed
),

-- A new area in the years before it existed, from those it was made of: so that its series can go on.
recast as (
    select
        earlier.variable_id,
        successions.area_version_id,
        successions.area_id,
        successions.level,
        earlier.period_id,
        earlier.year,
        earlier.breakdown_id,
        max(earlier.delivery_id) as delivery_id,
        {{ carried_status('earlier.value_status', 'successions.weight', 'variables.is_additive') }} as value_status,
        {{ carried_flags('earlier.value_flags', 'successions.weight') }} as value_flags,
        sum(earlier.value * successions.weight) as value_sum
    from recast_years
    inner join successions on recast_years.area_version_id = successions.area_version_id
    inner join counted as earlier
        on
            successions.from_area_version_id = earlier.area_version_id
            and recast_years.year = earlier.year
    inner join variables on earlier.variable_id = variables.variable_id
    group by
        earlier.variable_id,
        successions.area_version_id,
        successions.area_id,
        successions.level,
        earlier.period_id,
        earlier.year,
        earlier.breakdown_id
)

select
    *,
    false as is_recast
from counted
union all by name
select
    * exclude (value_sum),
    case when value_status = 'ok' then cast(value_sum as decimal(28, 6)) end as value,
    true as is_recast
from recast
