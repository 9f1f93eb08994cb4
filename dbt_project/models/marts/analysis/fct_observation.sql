with

protected as (
    select * from {{ ref('int_observations__protected') }}
),

-- A stock that is delivered by month stands for its year at the last month: added up it would count everybody twelve
-- times.
last_months as (
    select
        variable_id,
        year,
        max(period_id) as last_period_id
    from protected
    where period_id like '____-__'
    group by variable_id, year
),

with_reference as (
    select
        protected.*,
        protected.period_id like '____-__' and protected.period_id < last_months.last_period_id as is_within_year
    from protected
    left join last_months on protected.variable_id = last_months.variable_id and protected.year = last_months.year
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
    -- SUM would silently skip a NULL. That is what is wanted of a recast area, for in those years others are the whole,
    -- and of a month that a later one of its year follows.
    case
        when not is_recast and not is_within_year then coalesce(cast(value as double), cast('nan' as double))
    end as metric_value,
    is_remainder,
    is_recast,
    make_date(year, 1, 1) as year_start
from with_reference
