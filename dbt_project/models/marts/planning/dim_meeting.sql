with

meetings as (
    select * from {{ ref('stg_register__meetings') }}
),

bodies as (
    select * from {{ ref('stg_register__bodies') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

decisions as (
    select
        decisions.meeting_id,
        count(*) as n_decisions
    from {{ ref('stg_register__decisions') }} as decisions
    inner join items on items.kind = 'decision' and decisions.decision_id = items.item_id and items.is_public
    group by decisions.meeting_id
)

select
    meetings.meeting_id,
    meetings.body_id,
    bodies.kind as body_kind,
    bodies.name_de as body_name_de,
    bodies.name_en as body_name_en,
    meetings.title_de,
    meetings.minutes_ref,
    meetings.file_name,
    cast(coalesce(decisions.n_decisions, 0) as integer) as n_decisions,
    meetings.row_number,
    meetings.is_public,
    meetings.held_on
from meetings
left join bodies on meetings.body_id = bodies.body_id
left join decisions on meetings.meeting_id = decisions.meeting_id
