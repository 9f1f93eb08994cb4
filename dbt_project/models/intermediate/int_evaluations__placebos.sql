with

comparisons as (
    select * from {{ ref('int_evaluations__comparisons') }}
),

-- Both times of an area below each other: the change that is evaluated, and the one before anything was done.
differences as (
    select
        outcome_id,
        area_id,
        'evaluated' as span,
        effect,
        counting_error,
        is_treated
    from comparisons
    union all
    select
        outcome_id,
        area_id,
        'earlier' as span,
        effect_earlier as effect,
        counting_error_earlier as counting_error,
        is_treated
    from comparisons
    where effect_earlier is not null
),

donors as (
    select
        outcome_id,
        span,
        list(effect order by area_id) as effects,
        list(counting_error order by area_id) as counting_errors
    from differences
    where not is_treated
    group by outcome_id, span
),

strays as (
    select
        outcome_id,
        span,
        {{ stray_variance('effects', 'counting_errors') }} as stray_variance
    from donors
),

measured as (
    select
        differences.*,
        {{ placebo_error('differences.counting_error', 'strays.stray_variance') }} as standard_error
    from differences
    inner join strays on differences.outcome_id = strays.outcome_id and differences.span = strays.span
)

-- Where nothing is uncertain there is no difference either.
select
    outcome_id,
    area_id,
    span,
    effect,
    counting_error,
    standard_error,
    round(coalesce(effect / nullif(standard_error, 0), 0), 9) as scaled_effect,
    is_treated
from measured
