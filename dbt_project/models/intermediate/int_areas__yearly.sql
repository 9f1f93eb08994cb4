with

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

successions as (
    select * from {{ ref('int_areas__succeeded') }}
    where is_direct
),

expected as (
    select * from {{ ref('stg_workspace__expected_indicators') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

-- From the first to the last year that anything is delivered for or expected in.
named_years as (
    select year from expected
    union all
    select cast(unnest(regexp_extract_all(reference_period, '\d{4}')) as integer) as year
    from deliveries
),

years as (
    select cast(unnest(range(min(year), max(year) + 1)) as integer) as year
    from named_years
),

valid_years as (
    select
        areas.area_version_id,
        areas.area_id,
        areas.level,
        years.year,
        false as is_recast
    from areas
    inner join years
        on
            {{ is_valid_at_end_of('years.year', 'areas') }}
),

predecessors_counted as (
    select
        area_version_id,
        count(*) as n_predecessors
    from successions
    group by area_version_id
),

-- A new area is estimated for the years in which all that it was made of exists: never from a part of it.
recast_years as (
    select
        successions.area_version_id,
        successions.area_id,
        successions.level,
        valid_years.year,
        true as is_recast
    from successions
    inner join valid_years on successions.from_area_version_id = valid_years.area_version_id
    inner join predecessors_counted on successions.area_version_id = predecessors_counted.area_version_id
    group by
        successions.area_version_id,
        successions.area_id,
        successions.level,
        valid_years.year,
        predecessors_counted.n_predecessors
    having count(*) = predecessors_counted.n_predecessors
)

select * from valid_years
union all
-- An area that kept its id has a value of its own in those years.
select recast_years.*
from recast_years
anti join valid_years on recast_years.area_id = valid_years.area_id and recast_years.year = valid_years.year
