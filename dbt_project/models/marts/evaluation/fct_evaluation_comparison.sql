with

comparisons as (
    select * from {{ ref('int_evaluations__comparisons') }}
),

placebos as (
    select * from {{ ref('int_evaluations__placebos') }}
    where span = 'evaluated'
),

outcomes as (
    select * from {{ ref('int_evaluations__outcomes') }}
),

treated as (
    select
        outcome_id,
        comparison_area_ids
    from comparisons
    where is_treated
)

select
    comparisons.outcome_id,
    comparisons.evaluation_id,
    comparisons.area_id,
    case
        when comparisons.is_treated then 'treated'
        when list_contains(treated.comparison_area_ids, comparisons.area_id) then 'comparison'
        else 'donor'
    end as role,
    {{ round_significant('comparisons.distance') }} as distance,
    {{ round_significant('comparisons.change') }} as change,
    {{ round_significant('comparisons.effect') }} as effect,
    {{ round_significant('placebos.standard_error') }} as standard_error,
    {{ round_significant('placebos.scaled_effect') }} as scaled_effect,
    cast(rank() over (
        partition by comparisons.outcome_id
        order by abs(placebos.scaled_effect) desc
    ) as integer) as effect_rank,
    coalesce(list_contains(treated.comparison_area_ids, comparisons.area_id), false) as is_comparison,
    outcomes.is_public
from comparisons
inner join outcomes on comparisons.outcome_id = outcomes.outcome_id
inner join placebos
    on comparisons.outcome_id = placebos.outcome_id and comparisons.area_id = placebos.area_id
left join treated on comparisons.outcome_id = treated.outcome_id
