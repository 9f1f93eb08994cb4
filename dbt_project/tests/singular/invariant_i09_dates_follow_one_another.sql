-- Invariant I9: a need is raised before it is decided, decided before its intervention starts, and that before it is
-- evaluated.
with

needs as (
    select * from {{ ref('dim_need') }}
),

interventions as (
    select * from {{ ref('dim_intervention') }}
),

evaluations as (
    select * from {{ ref('dim_evaluation') }}
)

select
    need_id as item_id,
    file_name,
    row_number
from needs
where raised_on > decided_on
union all
select
    interventions.intervention_id as item_id,
    interventions.file_name,
    interventions.row_number
from interventions
inner join needs on list_contains(interventions.need_ids, needs.need_id)
where
    interventions.state not in ('idea', 'planned')
    and needs.category = 'need'
    and needs.decided_on > interventions.starts_on
union all
select
    evaluations.evaluation_id as item_id,
    evaluations.file_name,
    evaluations.row_number
from evaluations
inner join interventions on evaluations.intervention_id = interventions.intervention_id
where interventions.starts_on > evaluations.planned_on
