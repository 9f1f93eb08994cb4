with

with_earlier as (
    select * from {{ ref('int_indicators__confronted') }}
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
