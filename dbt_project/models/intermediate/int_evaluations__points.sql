with

outcomes as (
    select * from {{ ref('int_evaluations__outcomes') }}
),

frozen as (
    select * from {{ ref('int_evaluations__frozen_values') }}
),

current_values as (
    select * from {{ ref('int_indicators__assembled') }}
),

-- All years the frozen release knew, and the years of the path up to the target.
years as (
    select
        outcomes.outcome_id,
        frozen.year
    from outcomes
    inner join frozen
        on
            outcomes.evaluation_id = frozen.evaluation_id
            and outcomes.indicator_id = frozen.indicator_id
            and outcomes.area_id = frozen.area_id
    where regexp_full_match(frozen.period_id, '\d{4}')
    union
    select
        outcome_id,
        cast(unnest(range(path_from, target_year + 1)) as integer) as year
    from outcomes
    where is_measured_by_target and target_year is not null
)

select
    outcomes.outcome_id,
    outcomes.evaluation_id,
    outcomes.indicator_id,
    outcomes.area_id,
    cast(years.year as varchar) as period_id,
    coalesce(frozen.value_status, 'pending') as value_status,
    years.year,
    outcomes.frozen_release,
    frozen.numerator,
    frozen.denominator,
    frozen.value,
    frozen.ci_lower,
    frozen.ci_upper,
    case
        when outcomes.is_measured_by_target and years.year >= outcomes.path_from
            then {{ target_path(
                'outcomes.path', 'outcomes.path_baseline', 'outcomes.target_value', 'outcomes.path_from',
                'outcomes.target_year', 'years.year', 'outcomes.interim_years', 'outcomes.interim_values'
            ) }}
    end as path_value,
    current_values.value as current_value,
    frozen.evaluation_id is not null
    and coalesce(frozen.value <> current_values.value, (frozen.value is null) <> (current_values.value is null))
        as has_changed_since,
    outcomes.is_public
from outcomes
inner join years on outcomes.outcome_id = years.outcome_id
left join frozen
    on
        outcomes.evaluation_id = frozen.evaluation_id
        and outcomes.indicator_id = frozen.indicator_id
        and outcomes.area_id = frozen.area_id
        and cast(years.year as varchar) = frozen.period_id
left join current_values
    on
        outcomes.indicator_id = current_values.indicator_id
        and outcomes.area_id = current_values.area_id
        and cast(years.year as varchar) = current_values.period_id
        and current_values.breakdown_id = 'total'
