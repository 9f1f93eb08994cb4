with

current_cells as (
    select * from {{ ref('int_observations__current') }}
),

nested as (
    select * from {{ ref('int_variables__nested') }}
),

timed as (
    select * from {{ ref('int_variables__timed') }}
),

-- Only where the bands cover the range completely and once: bands that do not nest are never split.
added_up as (
    select
        nested.variable_id,
        nested.breakdown_id,
        current_cells.area_id,
        current_cells.level,
        current_cells.period_id,
        current_cells.year,
        max(current_cells.delivery_id) as delivery_id,
        {{ strongest_status('current_cells.value_status') }} as value_status,
        sum(current_cells.value) as value_sum,
        list_sort(list_distinct(flatten(list(current_cells.value_flags)))) as value_flags
    from current_cells
    inner join nested
        on
            current_cells.variable_id = nested.source_variable_id
            and current_cells.breakdown_id = nested.source_breakdown_id
    group by all
    having sum(nested.years_of_age) = max(nested.years_wanted)
),

from_bands as (
    select
        delivery_id,
        variable_id,
        area_id,
        level,
        period_id,
        breakdown_id,
        case when value_status = 'ok' then cast(value_sum as decimal(28, 6)) end as value,
        value_status,
        value_flags,
        year
    from added_up
),

-- Sources of sums over time: what is delivered, and sums of bands where nothing is.
yearly as (
    select * exclude (row_number, column_name)
    from current_cells
    where regexp_full_match(period_id, '\d{4}')
    union all by name
    select from_bands.*
    from from_bands
    anti join current_cells using (variable_id, area_id, period_id, breakdown_id)
    where regexp_full_match(from_bands.period_id, '\d{4}')
),

-- Every year of the span must be there: a mean of one year end alone, or a sum of two years, would be another figure.
over_time as (
    select
        timed.variable_id,
        yearly.area_id,
        yearly.level,
        yearly.breakdown_id,
        yearly.year + timed.years_back as year,
        timed.window_years,
        max(yearly.delivery_id) as delivery_id,
        {{ strongest_status('yearly.value_status') }} as value_status,
        sum(cast(yearly.value as decimal(28, 6)) * timed.half_weight) / 2 as value_sum,
        list_sort(list_distinct(flatten(list(yearly.value_flags)))) as value_flags
    from yearly
    inner join timed
        on
            yearly.variable_id = timed.source_variable_id
            and (
                yearly.breakdown_id = 'total'
                or (
                    yearly.breakdown_id not like '%|%'
                    and list_contains(timed.dimensions, regexp_extract(yearly.breakdown_id, '^\w+'))
                )
            )
    group by
        timed.variable_id,
        yearly.area_id,
        yearly.level,
        yearly.breakdown_id,
        yearly.year + timed.years_back,
        timed.window_years
    having count(*) = max(timed.n_years)
)

select * from from_bands
union all by name
select
    delivery_id,
    variable_id,
    area_id,
    level,
    {{ window_period('year', 'window_years') }} as period_id,
    breakdown_id,
    case when value_status = 'ok' then cast(value_sum as decimal(28, 6)) end as value,
    value_status,
    value_flags,
    year
from over_time
