with

comparisons as (
    select * from {{ ref('int_evaluations__comparisons') }}
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
    cast(rank() over (
        partition by comparisons.outcome_id
        order by round(abs(comparisons.effect), 9) desc
    ) as integer) as effect_rank,
    coalesce(list_contains(treated.comparison_area_ids, comparisons.area_id), false) as is_comparison,
    outcomes.is_public
from comparisons
inner join outcomes on comparisons.outcome_id = outcomes.outcome_id
left join treated on comparisons.outcome_id = treated.outcome_id
