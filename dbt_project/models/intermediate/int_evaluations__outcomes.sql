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
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
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
    outcomes.text_de,
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
    -- +1 where a higher value is better, -1 where it is worse; NULL where nobody has said so.
    coalesce(
        targets.favourable, case indicators.polarity when 'higher_better' then 1 when 'higher_worse' then -1 end
    ) as favourable,
    evaluations.release_number as frozen_release,
    outcomes.row_number,
    coalesce(evaluations.excludes_neighbours, false) as excludes_neighbours,
    exists(
        select 1
        from areas
        where areas.area_id = outcomes.area_id and areas.neighbour_ids is not null
    ) as has_known_neighbours,
    -- A gap, a range and what is to be kept have no path in the values of the indicator alone.
    coalesce(
        targets.area_id = outcomes.area_id and targets.indicator_id = outcomes.indicator_id
        and targets.target_type in ('reach', 'relative_change'),
        false
    ) as is_measured_by_target,
    coalesce(states.is_public, false) as is_public,
    -- Areas chosen because a value was extreme improve by chance: true where the finding rests on the baseline's value.
    exists(
        select 1
        from findings
        where
            findings.indicator_id = outcomes.indicator_id
            and findings.area_id in (targets.area_id, outcomes.area_id)
            and findings.period_id in (targets.baseline_period_id, outcomes.baseline_period_id)
    ) as is_selected_by_baseline,
    -- One good or bad year is no level: a baseline of fewer than three years moves back by chance, too.
    {{ period_years('outcomes.baseline_period_id') }} < 3 as is_short_baseline
from outcomes
inner join evaluations on outcomes.evaluation_id = evaluations.evaluation_id
left join targets on outcomes.target_id = targets.target_id
left join indicators on outcomes.indicator_id = indicators.indicator_id
left join interventions
    on evaluations.scope_kind = 'intervention' and evaluations.scope_id = interventions.intervention_id
left join states on states.entity = 'evaluation' and outcomes.evaluation_id = states.entity_id
