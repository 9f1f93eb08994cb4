with

meetings as (
    select * from {{ source('register', 'meetings') }}
)

select
    meeting_id,
    body_id,
    {{ filled('title_de') }} as title_de,
    {{ filled('minutes_ref') }} as minutes_ref,
    file_name,
    cast(row_number as bigint) as row_number,
    cast(is_public as boolean) as is_public,
    {{ day('held_on') }} as held_on
from meetings
