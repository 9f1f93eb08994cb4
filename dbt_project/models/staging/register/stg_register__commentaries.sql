with

commentaries as (
    select * from {{ source('register', 'commentaries') }}
)

select
    commentary_id,
    subject_kind,
    subject_id,
    {{ filled('indicator_id') }} as indicator_id,
    {{ filled('area_id') }} as area_id,
    period_id,
    text_de,
    {{ filled('text_en') }} as text_en,
    office_id,
    file_name,
    {{ release_number('release') }} as release_number,
    cast(row_number as bigint) as row_number,
    coalesce(release = 'quoted', false) as is_quoted,
    {{ day('written_on') }} as written_on
from commentaries
