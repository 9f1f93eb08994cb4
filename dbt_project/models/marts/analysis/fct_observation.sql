with

protected as (
    select * from {{ ref('int_observations__protected') }}
)

select
    variable_id,
    area_version_id,
    area_id,
    level,
    period_id,
    breakdown_id,
    delivery_id,
    value_status,
    value_flags,
    cast(year as integer) as year,
    cast(value as double) as value,
    -- A cell that holds no value makes every sum it enters NaN, and the reader of a metric turns NaN into NULL:
    -- SUM would silently skip a NULL. That is what is wanted of a recast area: in those years others are the whole.
    case when not is_recast then coalesce(cast(value as double), cast('nan' as double)) end as metric_value,
    is_remainder,
    is_recast,
    make_date(year, 1, 1) as year_start
from protected
