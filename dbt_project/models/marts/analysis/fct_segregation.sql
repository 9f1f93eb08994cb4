with

totalled as (
    select * from {{ ref('int_indicators__segregated') }}
),

-- Nothing is computed unless every cell is shown: a measure over all but one would tell the last.
measured as (
    select
        indicator_id,
        level,
        period_id,
        any_value(year) as year,
        count(*) as n_areas,
        case
            when
                not bool_and(is_complete)
                and bool_or(value_status = 'below_min_denominator')
                and not bool_or(starts_with(value_status, 'suppressed'))
                then 'below_min_denominator'
            when not bool_and(is_complete) then {{ strongest_status('value_status') }}
            when any_value(a_all) <= 0 or any_value(a_all) >= any_value(t_all) or count(*) < 2 then 'not_applicable'
            else 'ok'
        end as value_status,
        bool_and(is_whole) as is_whole,
        any_value(a_all) as group_total,
        any_value(t_all) as total,
        {% set computable = 'is_complete and a_all > 0 and a_all < t_all' -%}
        {% for name, part in [
            ('d', dissimilarity_part('a', 't', 'a_all', 't_all')),
            ('isolation', isolation_part('a', 't', 'a_all')),
            ('gini', gini_part('a', 't', 'cumulated', 'a_all', 't_all')),
            ('theil_h', theil_part('a', 't', 'a_all', 't_all')),
        ] -%}
        {{ ordered_sum('case when ' ~ computable ~ ' then ' ~ part ~ ' end', 'area_version_id') }} as {{ name }},
        {% endfor -%}
        {{ ordered_sum(
            'case when is_whole and ' ~ computable ~ ' then '
            ~ dissimilarity_expected_part('t', 'a_all', 't_all') ~ ' end', 'area_version_id'
        ) }} as d_expected
    from totalled
    group by indicator_id, level, period_id
)

select
    indicator_id,
    level,
    period_id,
    value_status,
    cast(year as integer) as year,
    cast(n_areas as integer) as n_areas,
    {% for name in ['group_total', 'total'] -%}
    case when value_status = 'ok' then cast({{ name }} as double) end as {{ name }},
    {% endfor -%}
    {% for name in ['d', 'isolation', 'gini', 'theil_h'] -%}
    case when value_status = 'ok' then {{ round_significant(name) }} end as {{ name }},
    {% endfor -%}
    -- Six decimals: logarithms of large factorials carry no more.
    case when value_status = 'ok' then round(d_expected, 6) end as d_expected,
    case when value_status = 'ok' then round({{ isolation_expected('n_areas', 'group_total', 'total') }}, 6) end
        as isolation_expected
from measured
