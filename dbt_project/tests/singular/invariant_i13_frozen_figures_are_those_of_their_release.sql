-- Invariant I13: a report on a frozen release shows the figures of that release, bit by bit.
with

points as (
    select * from {{ ref('fct_evaluation_point') }}
),

releases as (
    select * from {{ ref('stg_workspace__frozen_values') }}
    where breakdown_id = 'total'
),

frozen as (
    select
        release_number,
        indicator_id,
        area_id,
        period_id,
        list(value) as release_values,
        count(*) filter (where value is null) as n_without
    from releases
    group by release_number, indicator_id, area_id, period_id
)

select
    points.outcome_id,
    points.area_id,
    points.period_id
from points
inner join frozen
    on
        points.frozen_release = frozen.release_number
        and points.indicator_id = frozen.indicator_id
        and points.area_id = frozen.area_id
        and points.period_id = frozen.period_id
where
    case
        when points.value is null then frozen.n_without = 0
        else not list_contains(frozen.release_values, points.value)
    end
