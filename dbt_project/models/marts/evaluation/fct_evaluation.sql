with

assessed as (
    select * from {{ ref('int_evaluations__assessed') }}
),

spent as (
    select * from {{ ref('int_interventions__spent') }}
),

treated as (
    select
        outcome_id,
        trials_after
    from {{ ref('int_evaluations__changes') }}
    where is_treated
),

costs as (
    select
        assessed.outcome_id,
        sum(spent.cost_actual) as cost_actual
    from assessed
    inner join spent
        on assessed.intervention_id = spent.intervention_id and assessed.followup_year >= spent.year
    group by assessed.outcome_id
),

-- Cases more or fewer than among the comparison areas: what an amount of money is put beside, if anything.
counted as (
    select
        assessed.*,
        costs.cost_actual,
        assessed.favourable * assessed.effect / assessed.multiplier * treated.trials_after as n_cases,
        case
            when assessed.design <> 'did' then 'design'
            when assessed.intervention_id is null then 'scope'
            when assessed.effect_class = 'not_assessable' then 'not_assessable'
            when assessed.effect_class = 'indistinguishable' then 'indistinguishable'
            when assessed.effect_class = 'against' then 'against'
            when costs.cost_actual is null then 'costs'
        end as cost_reason
    from assessed
    left join costs on assessed.outcome_id = costs.outcome_id
    left join treated on assessed.outcome_id = treated.outcome_id
)

select
    evaluation_id,
    outcome_id,
    target_id,
    intervention_id,
    indicator_id,
    area_id,
    design,
    baseline_period_id,
    followup_period_id,
    status,
    case when is_measured_by_target then {{ attainment_verdict('attainment') }} else 'not_assessable' end as verdict,
    effect_class,
    {{ effect_wording(wording_key('effect_class', 'design'), 'de') }} as wording,
    {{ effect_wording(wording_key('effect_class', 'design'), 'en') }} as wording_en,
    reason_de,
    reason_en,
    text_de,
    {{ cost_wording('cost_reason', 'de') }} as cost_reason_de,
    {{ cost_wording('cost_reason', 'en') }} as cost_reason_en,
    'nominal' as price_basis,
    file_name,
    frozen_release,
    followup_year,
    target_year,
    baseline_value,
    actual_value,
    actual_lower,
    actual_upper,
    target_value,
    {% for name in ['path_value', 'attainment', 'plan_attainment', 'plan_lower', 'plan_upper', 'deviation'] -%}
    {{ round_significant(name) }} as {{ name }},
    {% endfor -%}
    {{ round_significant('effect') }} as effect,
    {{ round_significant('effect_lower') }} as ci_lower,
    {{ round_significant('effect_upper') }} as ci_upper,
    {{ round_significant('p_placebo') }} as p_placebo,
    {{ round_significant('effect_earlier') }} as effect_earlier,
    {{ round_significant('p_earlier') }} as p_earlier,
    {{ round_significant('slope_change') }} as slope_change,
    {{ round_significant('slope_lower') }} as slope_lower,
    {{ round_significant('slope_upper') }} as slope_upper,
    cost_actual,
    {{ round_significant('(case when cost_reason is null then ' ~ unit_cost('cost_actual', 'n_cases') ~ ' end)') }}
        as cost_per_case,
    {{ round_significant('(effect - ' ~ z95() ~ ' * counting_error)') }} as counting_lower,
    {{ round_significant('(effect + ' ~ z95() ~ ' * counting_error)') }} as counting_upper,
    cast(n_comparison as integer) as n_comparison,
    cast(n_donors as integer) as n_donors,
    cast(n_points_before as integer) as n_points_before,
    cast(n_points_after as integer) as n_points_after,
    current_value,
    row_number,
    coalesce(is_selected_by_baseline, false) as is_selected_by_baseline,
    is_short_baseline,
    is_weak_design,
    coalesce(has_changed_since, false) as has_changed_since,
    is_public
from counted
