with

followups as (
    select * from {{ source('register', 'followups') }}
)

select
    followup_id,
    finding_id,
    {{ filled('creates_id') }} as creates_id,
    {{ filled('decision_id') }} as decision_id,
    action_de,
    {{ filled('owner_office') }} as owner_office,
    {{ filled('creates_kind') }} as creates_kind,
    {{ filled('reason_de') }} as reason_de,
    file_name,
    cast(row_number as bigint) as row_number,
    {{ day('due_on') }} as due_on
from followups
