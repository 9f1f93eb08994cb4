with

trended as (
    select * from {{ ref('int_indicators__trended') }}
),

valued as (
    select * from {{ ref('int_indicators__valued') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

city_values as (
    select
        valued.indicator_id,
        valued.period_id,
        valued.breakdown_id,
        valued.area_id as benchmark_area_id,
        valued.numerator as city_numerator,
        valued.denominator as city_denominator,
        valued.value as city_value
    from valued
    inner join workspace on valued.area_id = workspace.city_area_id
    where valued.value_status = 'ok'
),

-- An area that makes up more than a tenth of the city is compared with the rest of the city, not with itself.
benchmarked as (
    select
        trended.*,
        indicators.polarity,
        indicators.multiplier,
        city_values.benchmark_area_id,
        case
            when trended.area_id = city_values.benchmark_area_id or trended.statistic = 'count' then null
            when trended.denominator is null or city_values.city_denominator is null then city_values.city_value
            when
                trended.denominator > city_values.city_denominator * {{ var('rest_of_city_above_share') }}
                and city_values.city_denominator > trended.denominator
                and city_values.city_numerator >= trended.numerator
                then
                    (city_values.city_numerator - trended.numerator)
                    / (city_values.city_denominator - trended.denominator) * indicators.multiplier
            else city_values.city_value
        end as benchmark
    from trended
    inner join indicators on trended.indicator_id = indicators.indicator_id
    left join city_values
        on
            trended.indicator_id = city_values.indicator_id
            and trended.period_id = city_values.period_id
            and trended.breakdown_id = city_values.breakdown_id
),

ranked as (
    select
        *,
        rank() over by_value as place,
        count(*) over (by_value rows between unbounded preceding and unbounded following) as places
    from benchmarked
    window by_value as (
        partition by indicator_id, level, period_id, breakdown_id, value_status = 'ok' and not is_recast
        order by value desc
    )
)

select
    * exclude (benchmark, place, places),
    {{ round_significant('benchmark') }} as benchmark_value,
    {{ compare_with_benchmark('benchmark', 'ci_lower', 'ci_upper', 'polarity') }} as comparison,
    {{ compare_on_two_levels('benchmark', 'ci_lower', 'ci_upper', 'ci_lower_998', 'ci_upper_998', 'polarity') }}
        as comparison_level,
    {% for level, z in [('', z95()), ('_998', z998())] -%}
    {% for side in ['lower', 'upper'] -%}
    case
        when ci_method = 'wilson'
            then {{ funnel_limit('benchmark / multiplier', 'denominator', 'design_effect', z, side) }} * multiplier
    end as funnel_{{ side ~ level }},
    {% endfor -%}
    {% endfor -%}
    case when value_status = 'ok' and not is_recast then cast(place as integer) end as rank,
    case when value_status = 'ok' and not is_recast then cast(places as integer) end as rank_of
from ranked
