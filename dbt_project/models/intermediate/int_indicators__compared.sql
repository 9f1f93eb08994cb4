with

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
        valued.*,
        indicators.polarity,
        city_values.benchmark_area_id,
        case
            when valued.area_id = city_values.benchmark_area_id or valued.statistic = 'count' then null
            when valued.denominator is null or city_values.city_denominator is null then city_values.city_value
            when
                valued.denominator > city_values.city_denominator * {{ var('rest_of_city_above_share') }}
                and city_values.city_denominator > valued.denominator
                and city_values.city_numerator >= valued.numerator
                then
                    cast(city_values.city_numerator - valued.numerator as double)
                    / cast(city_values.city_denominator - valued.denominator as double) * indicators.multiplier
            else city_values.city_value
        end as benchmark
    from valued
    inner join indicators on valued.indicator_id = indicators.indicator_id
    left join city_values
        on
            valued.indicator_id = city_values.indicator_id
            and valued.period_id = city_values.period_id
            and valued.breakdown_id = city_values.breakdown_id
),

compared as (
    select
        * exclude (benchmark, polarity),
        {{ round_significant('benchmark') }} as benchmark_value,
        {{ compare_with_benchmark('benchmark', 'ci_lower', 'ci_upper', 'polarity') }} as comparison
    from benchmarked
),

ranked as (
    select
        indicator_id,
        area_version_id,
        period_id,
        breakdown_id,
        rank() over (
            partition by indicator_id, level, period_id, breakdown_id
            order by value desc
        ) as rank,
        count(*) over (partition by indicator_id, level, period_id, breakdown_id) as rank_of
    from compared
    where value_status = 'ok'
)

select
    compared.*,
    cast(ranked.rank as integer) as rank,
    cast(ranked.rank_of as integer) as rank_of
from compared
left join ranked
    on
        compared.indicator_id = ranked.indicator_id
        and compared.area_version_id = ranked.area_version_id
        and compared.period_id = ranked.period_id
        and compared.breakdown_id = ranked.breakdown_id
