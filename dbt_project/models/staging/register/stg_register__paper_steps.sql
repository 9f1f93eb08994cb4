with

paper_steps as (
    select * from {{ source('register', 'paper_steps') }}
)

select
    paper_id,
    body_id,
    {{ filled('meeting_id') }} as meeting_id,
    result,
    file_name,
    {{ whole('position') }} as position,
    cast(row_number as bigint) as row_number,
    {{ day('planned_on') }} as planned_on
from paper_steps
