with

participation_events as (
    select * from {{ source('register', 'participation_events') }}
)

select
    participation_id,
    format,
    title_de,
    area_id,
    file_name,
    {{ listed('groups_reached') }} as groups_reached,
    {{ listed('groups_missed') }} as groups_missed,
    {{ listed('challenge_ids') }} as challenge_ids,
    {{ listed('need_ids') }} as need_ids,
    {{ whole('n_participants') }} as n_participants,
    cast(row_number as bigint) as row_number,
    {{ day('held_on') }} as held_on
from participation_events
