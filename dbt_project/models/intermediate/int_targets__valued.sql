with

targets as (
    select * from {{ ref('int_targets__described') }}
    where target_type <> 'milestone'
),

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

-- Beside the area's value what the rest of the city counts, where a gap is to be measured.
joined as (
    select
        targets.target_id,
        targets.target_type,
        targets.ci_method,
        targets.design_effect,
        targets.multiplier,
        of_area.area_version_id,
        of_area.level,
        of_area.period_id,
        of_area.year,
        of_area.value_status,
        of_area.value,
        of_area.ci_lower,
        of_area.ci_upper,
        of_city.value_status as city_status,
        of_city.numerator - of_area.numerator as rest_numerator,
        of_city.denominator - of_area.denominator as rest_denominator
    from targets
    cross join workspace
    inner join indicator_values as of_area
        on
            targets.indicator_id = of_area.indicator_id
            and targets.area_id = of_area.area_id
            and targets.breakdown_id = of_area.breakdown_id
    left join indicator_values as of_city
        on
            targets.target_type = 'reduce_gap'
            and workspace.city_area_id = of_city.area_id
            and targets.indicator_id = of_city.indicator_id
            and targets.breakdown_id = of_city.breakdown_id
            and of_area.period_id = of_city.period_id
),

rest_measured as (
    select
        *,
        {% for side in ['lower', 'upper'] -%}
        case
            when rest_denominator > 0 and rest_numerator >= 0 and ci_method = 'wilson'
                then {{ wilson_limit('rest_numerator', 'rest_denominator', 'design_effect', z95(), side) }} * multiplier
            when
                rest_denominator > 0 and ci_method = 'byar_exact'
                and (rest_numerator >= 10 or (rest_numerator >= 0 and rest_numerator = floor(rest_numerator)))
                then {{ poisson_limit('rest_numerator', z95(), '95', side) }} / rest_denominator * multiplier
        end as rest_{{ side }},
        {% endfor -%}
        case
            when rest_denominator > 0 and rest_numerator >= 0 then rest_numerator / rest_denominator * multiplier
        end as rest_value
    from joined
)

-- The interval of a gap: distances of area and rest from their limits, squared and added (newcombe.sql, so of rates).
select
    target_id,
    area_version_id,
    level,
    period_id,
    case
        when target_type <> 'reduce_gap' or value_status <> 'ok' then value_status
        when coalesce(city_status, 'not_available') <> 'ok' then coalesce(city_status, 'not_available')
        when rest_value is null then 'not_applicable'
        else value_status
    end as value_status,
    year,
    case when target_type = 'reduce_gap' then {{ round_significant('(value - rest_value)') }} else value end as value,
    case
        when target_type <> 'reduce_gap' then ci_lower
        else {{ round_significant(
            '(value - rest_value - sqrt(pow(value - ci_lower, 2) + pow(rest_upper - rest_value, 2)))'
        ) }}
    end as ci_lower,
    case
        when target_type <> 'reduce_gap' then ci_upper
        else {{ round_significant(
            '(value - rest_value + sqrt(pow(ci_upper - value, 2) + pow(rest_value - rest_lower, 2)))'
        ) }}
    end as ci_upper,
    target_type = 'reduce_gap' and value_status = 'ok' and rest_value is null as lacks_rest
from rest_measured
