with

measured as (
    select * from {{ ref('int_targets__measured') }}
),

projected as (
    select * from {{ ref('int_targets__projected') }}
)

select
    measured.target_id,
    measured.goal_id,
    measured.indicator_id,
    measured.area_id,
    measured.level,
    measured.breakdown_id,
    measured.period_id,
    measured.value_status,
    measured.progress_method as method,
    measured.status,
    measured.status_reason,
    case
        when measured.year >= measured.target_year then {{ attainment_verdict('measured.attainment') }}
    end as verdict,
    projected.projection_status,
    measured.year,
    measured.baseline_year,
    measured.target_year,
    measured.baseline_value,
    measured.baseline_lower,
    measured.baseline_upper,
    measured.target_value,
    measured.actual_value,
    measured.actual_lower,
    measured.actual_upper,
    {% for name in [
        'path_value', 'attainment', 'plan_attainment', 'progress_ratio', 'ratio_lower', 'ratio_upper', 'deviation'
    ] -%}
    {{ round_significant('measured.' ~ name) }} as {{ name }},
    {% endfor -%}
    {% for name in ['projected_value', 'projected_lower', 'projected_upper'] -%}
    {{ round_significant('projected.' ~ name) }} as {{ name }},
    {% endfor -%}
    case
        when measured.year < measured.target_year
            then {{ round_significant(
                '((measured.target_value - measured.comparable_value) / (measured.target_year - measured.year))'
            ) }}
    end as required_annual_change,
    case
        when measured.year > measured.baseline_year
            then {{ round_significant(
                '((measured.comparable_value - measured.baseline_value) / (measured.year - measured.baseline_year))'
            ) }}
    end as observed_annual_change,
    measured.status like '%_uncertain' as is_uncertain,
    measured.is_latest,
    coalesce(
        abs(measured.target_value - measured.baseline_value)
        < (measured.baseline_upper - measured.baseline_lower) / 2,
        false
    ) as is_smaller_than_noise,
    measured.is_public
from measured
left join projected on measured.target_id = projected.target_id and measured.year = projected.year
