with

measured as (
    select * from {{ ref('int_targets__measured') }}
),

milestones as (
    select * from {{ ref('int_targets__milestones') }}
),

projected as (
    select * from {{ ref('int_targets__projected') }}
),

-- A milestone has no figures; what it lacks is NULL.
everything as (
    select * from measured
    union all by name
    select * from milestones
)

select
    everything.target_id,
    everything.goal_id,
    everything.indicator_id,
    everything.area_id,
    everything.level,
    everything.breakdown_id,
    everything.period_id,
    everything.target_type,
    everything.value_status,
    everything.progress_method as method,
    everything.status,
    everything.status_reason,
    case
        when everything.year >= everything.target_year
            then {{ attainment_verdict(
                'case when everything.status <> \'not_assessable\' then coalesce(everything.attainment, 0) end',
                'everything.is_reached', 'everything.partly_from'
            ) }}
    end as verdict,
    projected.projection_status,
    projected.forecast,
    everything.year,
    everything.baseline_year,
    everything.target_year,
    everything.baseline_value,
    everything.baseline_lower,
    everything.baseline_upper,
    everything.target_value,
    everything.target_lo,
    everything.target_hi,
    everything.tolerance,
    everything.partly_from,
    everything.actual_value,
    everything.actual_lower,
    everything.actual_upper,
    {% for name in [
        'path_value', 'attainment', 'plan_attainment', 'progress_ratio', 'ratio_lower', 'ratio_upper', 'deviation'
    ] -%}
    {{ round_significant('everything.' ~ name) }} as {{ name }},
    {% endfor -%}
    {% for name in ['projected_value', 'projected_lower', 'projected_upper'] -%}
    {{ round_significant('projected.' ~ name) }} as {{ name }},
    {% endfor -%}
    case
        when everything.year < everything.target_year and not everything.is_to_be_kept
            then {{ round_significant(
                '((everything.target_value - everything.comparable_value) / (everything.target_year - everything.year))'
            ) }}
    end as required_annual_change,
    case
        when everything.year > everything.baseline_year
            then {{ round_significant(
                '((everything.comparable_value - everything.baseline_value)'
                ~ ' / (everything.year - everything.baseline_year))'
            ) }}
    end as observed_annual_change,
    everything.status like '%_uncertain' as is_uncertain,
    everything.is_latest,
    not coalesce(everything.is_to_be_kept, true)
    and coalesce(
        abs(everything.target_value - everything.baseline_value)
        < (everything.baseline_upper - everything.baseline_lower) / 2,
        false
    ) as is_smaller_than_noise,
    everything.is_public,
    everything.done_on
from everything
left join projected on everything.target_id = projected.target_id and everything.year = projected.year
