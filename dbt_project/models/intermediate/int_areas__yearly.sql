with

areas as (
    select * from {{ ref('int_areas__versioned') }}
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
)

select
    areas.area_version_id,
    areas.area_id,
    areas.level,
    years.year,
    false as is_recast
from areas
inner join years
    on
        (areas.valid_from is null or areas.valid_from <= make_date(years.year, 12, 31))
        and (areas.valid_to is null or areas.valid_to > make_date(years.year, 12, 31))
