with

-- In the years before a new area existed others made up the level: its estimates are of no area that counts here.
indicator_values as (
    select * from {{ ref('fct_indicator_value') }}
    where not is_recast
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

city as (
    select indicator_values.*
    from indicator_values
    inner join workspace on indicator_values.area_id = workspace.city_area_id
),

counted as (
    select
        indicator_id,
        level,
        period_id,
        year,
        breakdown_id,
        cast(count(*) as integer) as n_areas,
        cast(count(*) filter (where value_status = 'ok') as integer) as n_ok,
        cast(count(*) filter (where value_status like 'suppressed%') as integer) as n_suppressed,
        cast(count(*) filter (
            where value_status <> 'ok' and value_status not like 'suppressed%'
        ) as integer) as n_missing,
        {% for word in ['better', 'similar', 'worse', 'higher', 'lower'] -%}
        cast(count(*) filter (where comparison = '{{ word }}') as integer) as n_{{ word }},
        {% endfor -%}
        round(count(*) filter (where comparison <> 'not_compared') * {{ var('chance_of_a_false_flag') }}, 1)
            as n_flagged_by_chance,
        round(count(*) filter (where comparison <> 'not_compared') * {{ var('chance_of_a_false_flag_998') }}, 2)
            as n_flagged_by_chance_998,
        min(value) as lowest_value,
        arg_min(area_id, (value, area_id)) filter (where value is not null) as lowest_area_id,
        max(value) as highest_value,
        arg_max(area_id, (value, area_id)) filter (where value is not null) as highest_area_id
    from indicator_values
    group by indicator_id, level, period_id, year, breakdown_id
)

select
    counted.indicator_id,
    counted.level,
    counted.period_id,
    counted.breakdown_id,
    counted.lowest_area_id,
    counted.highest_area_id,
    counted.year,
    counted.n_areas,
    counted.n_ok,
    counted.n_suppressed,
    counted.n_missing,
    counted.n_better,
    counted.n_similar,
    counted.n_worse,
    counted.n_higher,
    counted.n_lower,
    cast(counted.n_flagged_by_chance as double) as n_flagged_by_chance,
    cast(counted.n_flagged_by_chance_998 as double) as n_flagged_by_chance_998,
    city.value as city_value,
    counted.lowest_value,
    counted.highest_value
from counted
left join city
    on
        counted.indicator_id = city.indicator_id
        and counted.period_id = city.period_id
        and counted.breakdown_id = city.breakdown_id
