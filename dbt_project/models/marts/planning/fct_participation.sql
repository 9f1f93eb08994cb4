with

events as (
    select * from {{ ref('stg_register__participation_events') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

named as (
    select
        participation_id,
        unnest(need_ids) as need_id
    from events
),

hidden as (
    select distinct named.participation_id
    from named
    left join items on items.kind = 'need' and named.need_id = items.item_id
    where not coalesce(items.is_public, false)
)

-- Challenges are never public, wishes not yet: an event that led to one stays with the house.
select
    events.participation_id,
    events.format,
    events.title_de,
    events.area_id,
    events.file_name,
    events.groups_reached,
    events.groups_missed,
    events.challenge_ids,
    events.need_ids,
    events.n_participants,
    events.row_number,
    len(events.challenge_ids) = 0 and hidden.participation_id is null as is_public,
    events.held_on
from events
left join hidden on events.participation_id = hidden.participation_id
