-- Invariant I8: the history of every item is a path of the state graph, each change from where the last one ended.
with

history as (
    select * from {{ ref('int_register__events') }}
),

events as (
    select
        history.*,
        lag(history.to_state) over steps as state_before,
        lag(history.at) over steps as at_before
    from history
    window steps as (
        partition by history.entity, history.entity_id
        order by history.event_number
    )
),

graph as (
    select * from {{ source('workspace', 'state_graph') }}
)

select
    events.entity_id,
    events.file_name,
    events.row_number
from events
left join graph
    on
        events.entity = graph.entity
        and events.to_state = graph.to_state
        and coalesce(events.state_before, '') = graph.from_state
where
    graph.to_state is null
    or coalesce(events.from_state, '') <> coalesce(events.state_before, '')
    or events.at < events.at_before
