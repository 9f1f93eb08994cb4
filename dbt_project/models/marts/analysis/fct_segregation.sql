with

spread as (
    select * from {{ ref('int_indicators__segregated') }}
),

measured as (
    select
        indicator_id,
        level,
        period_id,
        value_status,
        year,
        n_areas,
        a_all as group_total,
        t_all as total,
        {% for name, part in [
            ('d', dissimilarity_part('a', 't', 'a_all', 't_all')),
            ('isolation', isolation_part('a', 't', 'a_all')),
            ('gini', gini_part('a', 't', 'cumulated', 'a_all', 't_all')),
            ('theil_h', theil_part('a', 't', 'a_all', 't_all')),
            ('d_expected', dissimilarity_expected_part('t', 'a_all', 't_all')),
        ] -%}
        {{ exact_sum("case when value_status = 'ok' then " ~ part ~ " end") }} as {{ name }},
        {% endfor -%}
        is_whole
    from spread
    group by indicator_id, level, period_id, value_status, year, n_areas, a_all, t_all, is_whole
)

select
    indicator_id,
    level,
    period_id,
    value_status,
    cast(year as integer) as year,
    cast(n_areas as integer) as n_areas,
    {% for name in ['group_total', 'total'] -%}
    case when value_status = 'ok' then {{ name }} end as {{ name }},
    {% endfor -%}
    {% for name in ['d', 'isolation', 'gini', 'theil_h'] -%}
    {{ round_significant(name) }} as {{ name }},
    {% endfor -%}
    -- Six decimals: logarithms of large factorials carry no more.
    case when is_whole then round(d_expected, 6) end as d_expected,
    case when value_status = 'ok' then round({{ isolation_expected('n_areas', 'group_total', 'total') }}, 6) end
        as isolation_expected
from measured
