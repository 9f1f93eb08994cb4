with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

series_breaks as (
    select * from {{ ref('fct_series_break') }}
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
    select proportions.*
    from proportions
    qualify
        year = max(year) filter (where value_status = 'ok') over (partition by indicator_id, level)
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

-- The same territory some years earlier, unless what is counted changed in between.
with_earlier as (
    select
        with_city.*,
        earlier.period_id as earlier_period_id,
        earlier.value_flags as earlier_flags,
        earlier.numerator as earlier_numerator,
        earlier.denominator as earlier_denominator,
        exists (
            select 1 from series_breaks
            where
                series_breaks.indicator_id = with_city.indicator_id
                and not series_breaks.is_bridged
                and {{ period_year('series_breaks.period_id') }} > with_city.year - {{ var('years_of_change') }}
                and {{ period_year('series_breaks.period_id') }} <= with_city.year
        ) as has_break
    from with_city
    left join proportions as earlier
        on
            with_city.indicator_id = earlier.indicator_id
            and with_city.area_version_id = earlier.area_version_id
            and with_city.year - {{ var('years_of_change') }} = earlier.year
            and earlier.value_status = 'ok'
),

judged as (
    select
        *,
        case
            when value_status <> 'ok' then 'no_value'
            when has_break then 'series_break'
            when earlier_period_id is null then 'no_earlier_value'
            else 'ok'
        end as change_status
    from with_earlier
),

-- What does not count for a change does not enter it.
kept as (
    select
        * replace (
            case when change_status = 'ok' then earlier_numerator end as earlier_numerator,
            case when change_status = 'ok' then earlier_denominator end as earlier_denominator,
            case when change_status = 'ok' then earlier_period_id end as earlier_period_id
        )
    from judged
),

computed as (
    select
        *,
        {% for name, x, n in [
            ('difference', 'city_numerator', 'city_denominator'),
            ('change', 'earlier_numerator', 'earlier_denominator'),
        ] -%}
        (numerator / denominator - {{ x }} / {{ n }}) * multiplier as {{ name }},
        {% for side in ['lower', 'upper'] -%}
        {{ newcombe_limit('numerator', 'denominator', x, n, 'design_effect', z95(), side) }} * multiplier
            as {{ name }}_{{ side }},
        {% endfor -%}
        {% endfor -%}
        year - {{ var('years_of_change') }} as earlier_year
    from kept
)

select
    indicator_id,
    area_version_id,
    area_id,
    level,
    period_id,
    breakdown_id,
    benchmark_area_id,
    earlier_period_id,
    value_status,
    change_status,
    cast(year as integer) as year,
    cast(earlier_year as integer) as earlier_year,
    value,
    {% for name in ['difference', 'change'] -%}
    {% for suffix in ['', '_lower', '_upper'] -%}
    {{ round_significant(name ~ suffix) }} as {{ name ~ suffix }},
    {% endfor -%}
    {% endfor -%}
    is_rest_of_city,
    list_contains(value_flags, 'estimated')
    or (change_status = 'ok' and list_contains(earlier_flags, 'estimated')) as is_estimated
from computed
