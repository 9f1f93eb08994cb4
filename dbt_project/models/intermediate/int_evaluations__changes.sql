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

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
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
),

-- Next to where it acts, where the evaluation says that its effect spills over.
beside as (
    select distinct
        outcomes.outcome_id,
        areas.area_id
    from outcomes
    inner join touched on outcomes.outcome_id = touched.outcome_id
    inner join areas on list_contains(areas.neighbour_ids, touched.area_id)
    where outcomes.excludes_neighbours
),

-- A time before the intervention, as long before the baseline as the evaluation is after it or as near to that as the
-- series reaches back unbroken: whether areas already went different ways is asked between it and the baseline.
earlier_years as (
    select
        outcomes.outcome_id,
        min(frozen.year) as year
    from outcomes
    inner join frozen
        on
            outcomes.evaluation_id = frozen.evaluation_id
            and outcomes.indicator_id = frozen.indicator_id
            and outcomes.area_id = frozen.area_id
            and frozen.value_status = 'ok'
            and regexp_full_match(frozen.period_id, '\d{4}')
            and frozen.year < {{ period_year('outcomes.baseline_period_id') }}
            and frozen.year >= 2 * {{ period_year('outcomes.baseline_period_id') }}
            - {{ period_year('outcomes.followup_period_id') }}
    where
        not {{ is_broken(
            'frozen.indicator_id', 'frozen.area_id', 'frozen.year', period_year('outcomes.baseline_period_id')
        ) }}
    group by outcomes.outcome_id
)

-- Areas of the outcome's level with counts at both times: the treated one and all that the intervention leaves alone.
select
    outcomes.outcome_id,
    outcomes.evaluation_id,
    before.area_id,
    outcomes.baseline_period_id,
    outcomes.matching_indicators,
    areas.neighbour_ids,
    outcomes.multiplier,
    outcomes.design_effect,
    before.numerator as events_before,
    before.denominator as trials_before,
    after.numerator as events_after,
    after.denominator as trials_after,
    earlier.numerator as events_earlier,
    earlier.denominator as trials_earlier,
    earlier_years.year as earlier_year,
    outcomes.excludes_neighbours,
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
left join beside on outcomes.outcome_id = beside.outcome_id and before.area_id = beside.area_id
left join earlier_years on outcomes.outcome_id = earlier_years.outcome_id
left join frozen as earlier
    on
        before.evaluation_id = earlier.evaluation_id
        and before.indicator_id = earlier.indicator_id
        and before.area_version_id = earlier.area_version_id
        and earlier_years.year = earlier.year
        and earlier.period_id = cast(earlier_years.year as varchar)
        and earlier.value_status = 'ok'
-- A recast area stands for a territory that another one counts: it is compared only once it exists.
where
    before.area_id = outcomes.area_id
    or (
        touched.area_id is null
        and beside.area_id is null
        and (areas.valid_from is null or year(areas.valid_from) <= after.year)
    )
