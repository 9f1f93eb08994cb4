-- Invariant I4: every intervention names a need or a mandate, and from its approval on an accepted need or a mandate.
with

interventions as (
    select * from {{ ref('dim_intervention') }}
),

needs as (
    select * from {{ ref('dim_need') }}
),

answered as (
    select
        interventions.intervention_id,
        count(needs.need_id) filter (where needs.category = 'need') as n_accepted
    from interventions
    inner join needs on list_contains(interventions.need_ids, needs.need_id)
    group by interventions.intervention_id
)

select
    interventions.intervention_id,
    interventions.file_name,
    interventions.row_number
from interventions
left join answered on interventions.intervention_id = answered.intervention_id
where
    interventions.mandate_reason_de is null
    and case
        when interventions.state in ('idea', 'planned') then len(interventions.need_ids) = 0
        else coalesce(answered.n_accepted, 0) = 0
    end
