with

events as (
    select * from {{ ref('stg_register__status_events') }}
)

-- The history is append-only: its order is the order of the rows.
select
    events.*,
    cast(row_number() over (
        partition by events.entity, events.entity_id
        order by events.row_number
    ) as integer) as event_number,
    {{ is_public_state('events.entity', 'events.to_state') }} as is_public_state
from events
