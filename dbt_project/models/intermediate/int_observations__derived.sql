with

nested as (
    select * from {{ ref('int_observations__nested_bands') }}
),

-- Only where the bands cover the range completely and once: bands that do not nest are never split.
added_up as (
    select
        max(delivery_id) as delivery_id,
        variable_id,
        area_id,
        level,
        period_id,
        year,
        {{ strongest_status('value_status') }} as value_status,
        sum(value) as value_sum,
        list_sort(list_distinct(flatten(list(value_flags)))) as value_flags
    from nested
    group by variable_id, area_id, level, period_id, year
    having sum(years_of_age) = max(years_wanted)
)

select
    delivery_id,
    variable_id,
    area_id,
    level,
    period_id,
    'total' as breakdown_id,
    case when value_status = 'ok' then cast(value_sum as decimal(28, 6)) end as value,
    value_status,
    value_flags,
    year
from added_up
