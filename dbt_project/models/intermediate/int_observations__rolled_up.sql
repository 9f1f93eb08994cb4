with

observations as (
    select * from {{ ref('int_observations__gridded') }}
),

parts as (
    select * from {{ ref('int_observations__parts') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

-- The sum holds only where every part holds a value: a hidden or missing part is never skipped.
summed as (
    select
        variable_id,
        area_id,
        level,
        period_id,
        year,
        breakdown_id,
        max(delivery_id) as delivery_id,
        {{ strongest_status('value_status') }} as value_status,
        list_sort(list_distinct(flatten(list(value_flags)))) as value_flags,
        sum(value) as value_sum
    from parts
    group by variable_id, area_id, level, period_id, year, breakdown_id
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
