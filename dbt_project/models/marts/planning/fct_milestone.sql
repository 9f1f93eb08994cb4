with

milestones as (
    select * from {{ ref('stg_register__milestones') }}
),

states as (
    select * from {{ ref('int_register__states') }}
)

-- Late is what was done after its day, or missed. An open one is not judged here: a release has no today.
select
    milestones.milestone_id,
    milestones.intervention_id,
    milestones.title_de,
    milestones.status,
    milestones.evidence_de,
    milestones.file_name,
    -- What is not done has no delay yet: nothing is not zero.
    case
        when milestones.done_on is not null then cast(greatest(milestones.done_on - milestones.due_on, 0) as integer)
    end as days_late,
    milestones.row_number,
    milestones.status = 'missed' or coalesce(milestones.done_on > milestones.due_on, false) as is_late,
    coalesce(states.is_public, false) as is_public,
    milestones.due_on,
    milestones.done_on
from milestones
left join states on states.entity = 'intervention' and milestones.intervention_id = states.entity_id
