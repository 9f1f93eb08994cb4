with

events as (
    select * from {{ ref('stg_register__status_events') }}
)

-- The history is append-only: its order is the order of the rows. What was public and is taken back stays public: that
-- it was taken back is as much the city's business as that it was decided.
select
    events.*,
    cast(row_number() over (
        partition by events.entity, events.entity_id
        order by events.row_number
    ) as integer) as event_number,
    {{ is_public_state('events.entity', 'events.to_state') }}
    or (events.to_state = 'withdrawn' and {{ is_public_state('events.entity', 'events.from_state') }})
        as is_public_state
from events
