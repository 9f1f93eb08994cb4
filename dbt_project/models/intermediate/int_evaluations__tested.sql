with

placebos as (
    select * from {{ ref('int_evaluations__placebos') }}
),

comparisons as (
    select * from {{ ref('int_evaluations__comparisons') }}
),

gathered as (
    select
        outcome_id,
        span,
        list(scaled_effect order by area_id) filter (where not is_treated) as placebo_effects,
        any_value(effect) filter (where is_treated) as effect,
        any_value(counting_error) filter (where is_treated) as counting_error,
        any_value(standard_error) filter (where is_treated) as standard_error,
        any_value(scaled_effect) filter (where is_treated) as scaled_effect
    from placebos
    group by outcome_id, span
),

tested as (
    select
        *,
        len(placebo_effects) as n_donors,
        {{ placebo_half_width('placebo_effects') }} * standard_error as half_width,
        case
            when scaled_effect is not null and len(placebo_effects) >= 20
                then {{ placebo_p('scaled_effect', 'placebo_effects') }}
        end as p_placebo
    from gathered
)

-- An area that had left its comparison areas before anything was done shows little: the same test on the time before.
select
    evaluated.outcome_id,
    len(comparisons.comparison_area_ids) as n_comparison,
    evaluated.n_donors,
    evaluated.effect,
    evaluated.counting_error,
    evaluated.standard_error,
    evaluated.half_width,
    evaluated.p_placebo,
    earlier.effect as effect_earlier,
    earlier.p_placebo as p_earlier,
    earlier.p_placebo <= 0.05 as is_weak_design
from tested as evaluated
left join tested as earlier on evaluated.outcome_id = earlier.outcome_id and earlier.span = 'earlier'
left join comparisons on evaluated.outcome_id = comparisons.outcome_id and comparisons.is_treated
where evaluated.span = 'evaluated'
