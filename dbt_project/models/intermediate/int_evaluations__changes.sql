with

outcomes as (
    select * from {{ ref('int_evaluations__outcomes') }}
    where design = 'did' and statistic in ('proportion', 'rate')
),

frozen as (
    select * from {{ ref('int_evaluations__frozen_values') }}
),

ancestors as (
    select * from {{ ref('int_areas__ancestors') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

-- Where the intervention acts: its areas, everything inside them, and everything that contains them.
intervention_areas as (
    select
        outcome_id,
        unnest(list_append(coalesce(intervention_area_ids, cast([] as varchar[])), area_id)) as area_id
    from outcomes
),

touched as (
    select
        outcome_id,
        area_id
    from intervention_areas
    union
    select
        intervention_areas.outcome_id,
        ancestors.area_id
    from intervention_areas
    inner join ancestors on intervention_areas.area_id = ancestors.ancestor_area_id
    union
    select
        intervention_areas.outcome_id,
        ancestors.ancestor_area_id as area_id
    from intervention_areas
    inner join ancestors on intervention_areas.area_id = ancestors.area_id
)

-- Areas of the outcome's level with counts at both times: the treated one and all that the intervention leaves alone.
select
    outcomes.outcome_id,
    outcomes.evaluation_id,
    before.area_id,
    outcomes.baseline_period_id,
    outcomes.matching_indicators,
    outcomes.multiplier,
    outcomes.design_effect,
    before.numerator as events_before,
    before.denominator as trials_before,
    after.numerator as events_after,
    after.denominator as trials_after,
    before.area_id = outcomes.area_id as is_treated
from outcomes
inner join frozen as before
    on
        outcomes.evaluation_id = before.evaluation_id
        and outcomes.indicator_id = before.indicator_id
        and outcomes.level = before.level
        and outcomes.baseline_period_id = before.period_id
        and before.value_status = 'ok'
inner join frozen as after
    on
        before.evaluation_id = after.evaluation_id
        and before.indicator_id = after.indicator_id
        and before.area_version_id = after.area_version_id
        and outcomes.followup_period_id = after.period_id
        and after.value_status = 'ok'
inner join areas on before.area_version_id = areas.area_version_id
left join touched on outcomes.outcome_id = touched.outcome_id and before.area_id = touched.area_id
-- A recast area stands for a territory that another one counts: it is compared only once it exists.
where
    before.area_id = outcomes.area_id
    or (touched.area_id is null and (areas.valid_from is null or year(areas.valid_from) <= after.year))
