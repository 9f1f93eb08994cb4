with

decisions as (
    select * from {{ source('register', 'decisions') }}
)

select
    decision_id,
    body_id,
    subject_id,
    {{ filled('paper_id') }} as paper_id,
    {{ filled('meeting_id') }} as meeting_id,
    subject_kind,
    result,
    {{ filled('note_de') }} as note_de,
    file_name,
    {{ whole('votes_yes') }} as votes_yes,
    {{ whole('votes_no') }} as votes_no,
    {{ whole('votes_abstain') }} as votes_abstain,
    {{ release_number('release') }} as release_number,
    cast(row_number as bigint) as row_number,
    coalesce(release = 'quoted', false) as is_quoted,
    cast(is_public as boolean) as is_public,
    {{ day('decided_on') }} as decided_on
from decisions
