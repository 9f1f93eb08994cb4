with

outcomes as (
    select * from {{ ref('stg_register__evaluation_outcomes') }}
),

evaluations as (
    select * from {{ ref('stg_register__evaluations') }}
),

targets as (
    select * from {{ ref('int_targets__described') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

findings as (
    select * from {{ ref('stg_register__findings') }}
),

interventions as (
    select * from {{ ref('stg_register__interventions') }}
),

states as (
    select * from {{ ref('int_register__states') }}
)

select
    outcomes.outcome_id,
    outcomes.evaluation_id,
    outcomes.target_id,
    outcomes.indicator_id,
    outcomes.area_id,
    split_part(outcomes.area_id, '-', 1) as level,
    outcomes.design,
    outcomes.baseline_period_id,
    outcomes.followup_period_id,
    outcomes.file_name,
    evaluations.matching_indicators,
    interventions.intervention_id,
    interventions.area_ids as intervention_area_ids,
    indicators.statistic,
    indicators.multiplier,
    indicators.design_effect,
    targets.path,
    targets.baseline_year as path_from,
    targets.baseline_value as path_baseline,
    targets.target_value,
    targets.target_year,
    targets.interim_years,
    targets.interim_values,
    targets.favourable,
    evaluations.release_number as frozen_release,
    outcomes.row_number,
    -- A gap, a range and what is to be kept have no path in the values of the indicator alone.
    targets.area_id = outcomes.area_id and targets.indicator_id = outcomes.indicator_id
    and targets.target_type in ('reach', 'relative_change') as is_measured_by_target,
    coalesce(states.is_public, false) as is_public,
    -- Areas chosen because a value was extreme improve by chance: true where the finding rests on the baseline's value.
    exists(
        select 1
        from findings
        where
            findings.indicator_id = outcomes.indicator_id
            and findings.area_id = targets.area_id
            and findings.period_id = targets.baseline_period_id
    ) as is_selected_by_baseline
from outcomes
inner join evaluations on outcomes.evaluation_id = evaluations.evaluation_id
inner join targets on outcomes.target_id = targets.target_id
inner join indicators on outcomes.indicator_id = indicators.indicator_id
left join interventions
    on evaluations.scope_kind = 'intervention' and evaluations.scope_id = interventions.intervention_id
left join states on states.entity = 'evaluation' and outcomes.evaluation_id = states.entity_id
