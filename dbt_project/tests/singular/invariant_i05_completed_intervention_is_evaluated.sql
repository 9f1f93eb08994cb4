-- Invariant I5: every completed intervention has an evaluation, at least one with a day on which it is due.
{{ config(severity = 'warn') }}
with

interventions as (
    select * from {{ ref('dim_intervention') }}
),

evaluations as (
    select * from {{ ref('dim_evaluation') }}
)

select
    interventions.intervention_id,
    interventions.file_name,
    interventions.row_number
from interventions
left join evaluations
    on interventions.intervention_id = evaluations.intervention_id and evaluations.planned_on is not null
where interventions.state in ('completed', 'evaluated') and evaluations.evaluation_id is null
