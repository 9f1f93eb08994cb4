with

decisions as (
    select * from {{ ref('stg_register__decisions') }}
),

bodies as (
    select * from {{ ref('stg_register__bodies') }}
),

papers as (
    select * from {{ ref('stg_register__papers') }}
),

items as (
    select * from {{ ref('int_register__items') }}
)

select
    decisions.decision_id,
    decisions.body_id,
    bodies.kind as body_kind,
    bodies.name_de as body_name_de,
    bodies.name_en as body_name_en,
    decisions.subject_kind,
    decisions.subject_id,
    decisions.result,
    decisions.paper_id,
    decisions.meeting_id,
    papers.number as paper_number,
    decisions.note_de,
    decisions.file_name,
    decisions.votes_yes,
    decisions.votes_no,
    decisions.votes_abstain,
    decisions.release_number as decided_release,
    decisions.row_number,
    decisions.is_quoted,
    items.is_public,
    decisions.decided_on
from decisions
inner join items on items.kind = 'decision' and decisions.decision_id = items.item_id
left join bodies on decisions.body_id = bodies.body_id
left join papers on decisions.paper_id = papers.paper_id
