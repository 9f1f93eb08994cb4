with

events as (
    select * from {{ ref('int_register__events') }}
),

items as (
    select * from {{ ref('int_register__items') }}
)

-- What happened before an item became public stays with the house.
select
    events.entity,
    events.entity_id,
    events.from_state,
    events.to_state,
    events.by_role,
    events.decision_id,
    events.note_de,
    events.file_name,
    events.event_number,
    events.row_number,
    coalesce(items.is_public and events.is_public_state, false) as is_public,
    events.at as entered_on
from events
left join items on events.entity = items.kind and events.entity_id = items.item_id
