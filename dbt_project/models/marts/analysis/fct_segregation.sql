with

indicator_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

observations as (
    select * from {{ ref('int_observations__protected') }}
),

-- A group of persons and all persons it belongs to, both of which may be added up.
groups as (
    select
        indicators.indicator_id,
        indicators.denominator_variable_id
    from indicators
    inner join variables as numerators on indicators.numerator_variable_id = numerators.variable_id
    inner join variables as denominators on indicators.denominator_variable_id = denominators.variable_id
    where
        indicators.statistic = 'proportion'
        and numerators.is_additive and denominators.is_additive
        and numerators.unit = 'persons' and denominators.unit = 'persons'
),

-- The areas of a level that divide the city. Counts are exact, so that their sums are.
cells as (
    select
        indicator_values.indicator_id,
        groups.denominator_variable_id,
        indicator_values.area_version_id,
        indicator_values.level,
        indicator_values.period_id,
        indicator_values.year,
        indicator_values.value_status,
        cast(indicator_values.numerator as decimal(18, 3)) as a,
        cast(indicator_values.denominator as decimal(18, 3)) as t
    from indicator_values
    inner join groups on indicator_values.indicator_id = groups.indicator_id
    inner join areas on indicator_values.area_version_id = areas.area_version_id
    where
        indicator_values.breakdown_id = 'total'
        and areas.parent_area_id is not null
        and not areas.is_social_space
        and {{ is_valid_at_end_of('indicator_values.year', 'areas') }}
),

-- Where nobody lives nobody is segregated: such an area is no gap.
inhabited as (
    select cells.*
    from cells
    anti join observations
        on
            cells.value_status = 'not_applicable'
            and cells.denominator_variable_id = observations.variable_id
            and cells.area_version_id = observations.area_version_id
            and cells.period_id = observations.period_id
            and observations.breakdown_id = 'total'
            and observations.value = 0
),

totalled as (
    select
        *,
        sum(a) over one_level as a_all,
        sum(t) over one_level as t_all,
        sum(t) over (one_level order by a / t, area_version_id rows unbounded preceding) as cumulated,
        bool_and(a = floor(a) and t = floor(t)) over one_level as is_whole,
        bool_and(value_status = 'ok') over one_level as is_complete
    from inhabited
    window one_level as (partition by indicator_id, level, period_id)
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
            when not bool_and(is_complete) and bool_or(value_status = 'below_min_denominator')
                and not bool_or(starts_with(value_status, 'suppressed')) then 'below_min_denominator'
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
