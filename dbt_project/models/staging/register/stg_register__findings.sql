with

findings as (
    select * from {{ source('register', 'findings') }}
)

select
    finding_id,
    indicator_id,
    area_id,
    period_id,
    {{ filled('office_id') }} as office_id,
    title_de,
    {{ filled('text_de') }} as text_de,
    file_name,
    {{ release_number('release') }} as release_number,
    {{ number('quoted_value') }} as quoted_value,
    cast(row_number as bigint) as row_number,
    coalesce(release = 'quoted', false) as is_quoted,
    {{ day('found_on') }} as found_on
from findings
