with

status_events as (
    select * from {{ source('register', 'status_events') }}
)

select
    entity_id,
    {{ filled('decision_id') }} as decision_id,
    entity,
    {{ filled('from_state') }} as from_state,
    to_state,
    by_role,
    {{ filled('note_de') }} as note_de,
    file_name,
    cast(row_number as bigint) as row_number,
    {{ day('"at"') }} as at
from status_events
