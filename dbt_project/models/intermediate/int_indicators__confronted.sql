with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

series_breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

proportions as (
    select
        indicator_values.*,
        indicators.multiplier,
        indicators.design_effect
    from indicator_values
    inner join indicators on indicator_values.indicator_id = indicators.indicator_id
    where indicators.ci_method = 'wilson' and indicator_values.breakdown_id = 'total'
),

-- The latest year in which any area of the level shows a value.
latest as (
    select *
    from proportions
    qualify year = max(year) filter (where value_status = 'ok') over (partition by indicator_id, level)
),

-- Against the city, or against its rest where the area is a large part of it: the same rule as for benchmark_value.
with_city as (
    select
        latest.*,
        latest.denominator > city.denominator * {{ var('rest_of_city_above_share') }} as is_large,
        coalesce(is_large and city.denominator > latest.denominator and city.numerator >= latest.numerator, false)
            as is_rest_of_city,
        city.numerator - case when is_rest_of_city then latest.numerator else 0 end as city_numerator,
        city.denominator - case when is_rest_of_city then latest.denominator else 0 end as city_denominator
    from latest
    left join proportions as city
        on
            latest.indicator_id = city.indicator_id
            and latest.period_id = city.period_id
            and latest.benchmark_area_id = city.area_id
            and latest.area_id <> city.area_id
),

-- What is counted changed in between.
breaks_between as (
    select distinct
        latest.indicator_id,
        latest.year
    from latest
    inner join series_breaks
        on
            latest.indicator_id = series_breaks.indicator_id
            and not series_breaks.is_bridged
            and {{ period_year('series_breaks.period_id') }} > latest.year - {{ var('years_of_change') }}
            and {{ period_year('series_breaks.period_id') }} <= latest.year
),

-- The same territory some years earlier.
with_earlier as (
    select
        with_city.*,
        earlier.period_id as earlier_period_id,
        earlier.value_flags as earlier_flags,
        earlier.numerator as earlier_numerator,
        earlier.denominator as earlier_denominator,
        breaks_between.indicator_id is not null as has_break
    from with_city
    left join proportions as earlier
        on
            with_city.indicator_id = earlier.indicator_id
            and with_city.area_version_id = earlier.area_version_id
            and with_city.year - {{ var('years_of_change') }} = earlier.year
            and earlier.value_status = 'ok'
    left join breaks_between
        on with_city.indicator_id = breaks_between.indicator_id and with_city.year = breaks_between.year
)

select * from with_earlier
