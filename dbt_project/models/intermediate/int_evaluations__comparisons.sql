with

changes as (
    select * from {{ ref('int_evaluations__changes') }}
),

frozen as (
    select * from {{ ref('int_evaluations__frozen_values') }}
),

-- What makes areas alike: the matching indicators at the baseline, before the intervention began.
traits as (
    select
        changes.outcome_id,
        changes.area_id,
        frozen.indicator_id,
        frozen.value,
        len(list_distinct(changes.matching_indicators)) as n_wanted
    from changes
    inner join frozen
        on
            changes.evaluation_id = frozen.evaluation_id
            and changes.area_id = frozen.area_id
            and changes.baseline_period_id = frozen.period_id
            and list_contains(changes.matching_indicators, frozen.indicator_id)
            and frozen.value_status = 'ok'
),

moments as (
    select
        outcome_id,
        indicator_id,
        list(value order by area_id) as trait_values,
        list_sum(trait_values) / len(trait_values) as mean,
        sqrt(list_sum(list_transform(trait_values, lambda v : pow(v - mean, 2))) / len(trait_values)) as deviation
    from traits
    group by outcome_id, indicator_id
),

-- Standardised; only areas of which all matching indicators are known can be compared.
standardised as (
    select
        traits.outcome_id,
        traits.area_id,
        list(
            case when moments.deviation > 0 then (traits.value - moments.mean) / moments.deviation else 0 end
            order by traits.indicator_id
        ) as z
    from traits
    inner join moments
        on traits.outcome_id = moments.outcome_id and traits.indicator_id = moments.indicator_id
    group by traits.outcome_id, traits.area_id
    having count(*) = any_value(traits.n_wanted)
),

donors as (
    select
        changes.*,
        standardised.z
    from changes
    inner join standardised
        on changes.outcome_id = standardised.outcome_id and changes.area_id = standardised.area_id
),

-- For every area, treated or not, the same rule: the most alike untreated areas, ties by their id; its own neighbours
-- are none of them where an effect is said to spill over.
nearest as (
    select
        units.outcome_id,
        units.area_id,
        donors.area_id as comparison_area_id,
        list_distance(units.z, donors.z) as distance
    from donors as units
    inner join donors
        on
            units.outcome_id = donors.outcome_id
            and units.area_id <> donors.area_id
            and not donors.is_treated
            and not coalesce(units.excludes_neighbours and list_contains(units.neighbour_ids, donors.area_id), false)
    qualify row_number() over (
        partition by units.outcome_id, units.area_id
        order by round(distance, 12), donors.area_id
    ) <= {{ var('comparison_areas') }}
),

pooled as (
    select
        nearest.outcome_id,
        nearest.area_id,
        list(nearest.comparison_area_id order by nearest.comparison_area_id) as comparison_area_ids,
        sum(cast(donors.events_before as decimal(28, 6))) as events_before,
        sum(cast(donors.trials_before as decimal(28, 6))) as trials_before,
        sum(cast(donors.events_after as decimal(28, 6))) as events_after,
        sum(cast(donors.trials_after as decimal(28, 6))) as trials_after,
        case when count(donors.trials_earlier) = count(*) then sum(cast(donors.events_earlier as decimal(28, 6))) end
            as events_earlier,
        case when count(donors.trials_earlier) = count(*) then sum(cast(donors.trials_earlier as decimal(28, 6))) end
            as trials_earlier
    from nearest
    inner join donors
        on nearest.outcome_id = donors.outcome_id and nearest.comparison_area_id = donors.area_id
    group by nearest.outcome_id, nearest.area_id
),

distances as (
    select
        nearest.outcome_id,
        nearest.comparison_area_id as area_id,
        nearest.distance
    from nearest
    inner join donors
        on nearest.outcome_id = donors.outcome_id and nearest.area_id = donors.area_id and donors.is_treated
)

select
    donors.outcome_id,
    donors.evaluation_id,
    donors.area_id,
    pooled.comparison_area_ids,
    donors.is_treated,
    distances.distance,
    (donors.events_after / donors.trials_after - donors.events_before / donors.trials_before) * donors.multiplier
        as change,
    round(({{ difference_in_differences(
        'donors.events_before', 'donors.trials_before', 'donors.events_after', 'donors.trials_after',
        'pooled.events_before', 'pooled.trials_before', 'pooled.events_after', 'pooled.trials_after'
    ) }}) * donors.multiplier, 9) as effect,
    {{ counting_error([
        ('donors.events_before', 'donors.trials_before'), ('donors.events_after', 'donors.trials_after'),
        ('pooled.events_before', 'pooled.trials_before'), ('pooled.events_after', 'pooled.trials_after')
    ]) }} * sqrt(donors.design_effect) * donors.multiplier as counting_error,
    -- The same between the earlier time and the baseline, when nothing had been done yet.
    round(({{ difference_in_differences(
        'donors.events_earlier', 'donors.trials_earlier', 'donors.events_before', 'donors.trials_before',
        'pooled.events_earlier', 'pooled.trials_earlier', 'pooled.events_before', 'pooled.trials_before'
    ) }}) * donors.multiplier, 9) as effect_earlier,
    {{ counting_error([
        ('donors.events_earlier', 'donors.trials_earlier'), ('donors.events_before', 'donors.trials_before'),
        ('pooled.events_earlier', 'pooled.trials_earlier'), ('pooled.events_before', 'pooled.trials_before')
    ]) }} * sqrt(donors.design_effect) * donors.multiplier as counting_error_earlier
from donors
inner join pooled on donors.outcome_id = pooled.outcome_id and donors.area_id = pooled.area_id
left join distances on donors.outcome_id = distances.outcome_id and donors.area_id = distances.area_id
