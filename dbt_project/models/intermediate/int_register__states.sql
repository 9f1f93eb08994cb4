with

events as (
    select * from {{ ref('int_register__events') }}
)

select
    entity,
    entity_id,
    arg_max(to_state, event_number) as state,
    arg_max(is_public_state, event_number) as is_public,
    arg_max(decision_id, event_number) filter (where to_state in ('accepted', 'returned', 'rejected'))
        as need_decision_id,
    arg_max(decision_id, event_number) filter (where to_state = 'prioritised') as priority_decision_id,
    arg_max(decision_id, event_number) filter (where to_state = 'adopted') as adoption_decision_id,
    arg_max(decision_id, event_number) filter (where to_state = 'approved') as approval_decision_id
from events
group by entity, entity_id
