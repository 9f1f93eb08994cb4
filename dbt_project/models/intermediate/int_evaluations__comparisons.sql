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

-- For every area, treated or not, the same rule: the most alike untreated areas, ties by their id.
nearest as (
    select
        units.outcome_id,
        units.area_id,
        donors.area_id as comparison_area_id,
        sqrt(list_sum(list_transform(units.z, lambda v, i : pow(v - donors.z[i], 2)))) as distance,
        donors.events_before,
        donors.trials_before,
        donors.events_after,
        donors.trials_after
    from donors as units
    inner join donors
        on
            units.outcome_id = donors.outcome_id
            and units.area_id <> donors.area_id
            and not donors.is_treated
    qualify row_number() over (
        partition by units.outcome_id, units.area_id
        order by round(distance, 12), donors.area_id
    ) <= {{ var('comparison_areas') }}
),

pooled as (
    select
        outcome_id,
        area_id,
        list(comparison_area_id order by comparison_area_id) as comparison_area_ids,
        sum(cast(events_before as decimal(28, 6))) as events_before,
        sum(cast(trials_before as decimal(28, 6))) as trials_before,
        sum(cast(events_after as decimal(28, 6))) as events_after,
        sum(cast(trials_after as decimal(28, 6))) as trials_after
    from nearest
    group by outcome_id, area_id
)

select
    donors.outcome_id,
    donors.evaluation_id,
    donors.area_id,
    pooled.comparison_area_ids,
    donors.is_treated,
    (
        select distances.distance
        from nearest as distances
        inner join donors as treated
            on
                distances.outcome_id = treated.outcome_id
                and distances.area_id = treated.area_id
                and treated.is_treated
        where
            distances.outcome_id = donors.outcome_id
            and distances.comparison_area_id = donors.area_id
    ) as distance,
    (donors.events_after / donors.trials_after - donors.events_before / donors.trials_before) * donors.multiplier
        as change,
    round(({{ difference_in_differences(
        'donors.events_before', 'donors.trials_before', 'donors.events_after', 'donors.trials_after',
        'pooled.events_before', 'pooled.trials_before', 'pooled.events_after', 'pooled.trials_after'
    ) }}) * donors.multiplier, 9) as effect,
    {{ counting_error([
        ('donors.events_before', 'donors.trials_before'), ('donors.events_after', 'donors.trials_after'),
        ('pooled.events_before', 'pooled.trials_before'), ('pooled.events_after', 'pooled.trials_after')
    ]) }} * sqrt(donors.design_effect) * donors.multiplier as counting_error
from donors
inner join pooled on donors.outcome_id = pooled.outcome_id and donors.area_id = pooled.area_id
