with

assessed as (
    select * from {{ ref('int_evaluations__assessed') }}
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
    {{ effect_wording("coalesce(effect_class, 'description')", 'de') }} as wording,
    {{ effect_wording("coalesce(effect_class, 'description')", 'en') }} as wording_en,
    reason_de,
    reason_en,
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
    {{ round_significant('(effect - ' ~ z95() ~ ' * counting_error)') }} as counting_lower,
    {{ round_significant('(effect + ' ~ z95() ~ ' * counting_error)') }} as counting_upper,
    cast(n_comparison as integer) as n_comparison,
    cast(n_donors as integer) as n_donors,
    current_value,
    row_number,
    is_selected_by_baseline,
    coalesce(has_changed_since, false) as has_changed_since,
    is_public
from assessed
