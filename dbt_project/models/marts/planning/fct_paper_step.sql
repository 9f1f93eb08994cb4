with

steps as (
    select * from {{ ref('stg_register__paper_steps') }}
),

papers as (
    select * from {{ ref('stg_register__papers') }}
),

meetings as (
    select * from {{ ref('stg_register__meetings') }}
),

bodies as (
    select * from {{ ref('stg_register__bodies') }}
)

-- The steps are the timetable of a paper. Late is what was dealt with after its day; an open step is not judged here.
select
    steps.paper_id,
    papers.number as paper_number,
    papers.title_de,
    steps.body_id,
    bodies.kind as body_kind,
    bodies.name_de as body_name_de,
    bodies.name_en as body_name_en,
    steps.meeting_id,
    steps.result,
    steps.file_name,
    steps.position,
    case
        when steps.result <> 'open' and meetings.held_on > steps.planned_on
            then cast(meetings.held_on - steps.planned_on as integer)
        when steps.result <> 'open' and meetings.held_on <= steps.planned_on then 0
    end as days_late,
    steps.row_number,
    steps.position = max(steps.position) over (partition by steps.paper_id) as is_last,
    papers.is_public,
    steps.planned_on,
    case when steps.result <> 'open' then coalesce(meetings.held_on, steps.planned_on) end as dealt_with_on
from steps
inner join papers on steps.paper_id = papers.paper_id
left join meetings on steps.meeting_id = meetings.meeting_id
left join bodies on steps.body_id = bodies.body_id
