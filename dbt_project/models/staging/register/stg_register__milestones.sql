with

milestones as (
    select * from {{ source('register', 'milestones') }}
)

select
    milestone_id,
    intervention_id,
    title_de,
    status,
    {{ filled('evidence_de') }} as evidence_de,
    file_name,
    cast(row_number as bigint) as row_number,
    {{ day('due_on') }} as due_on,
    {{ day('done_on') }} as done_on
from milestones
