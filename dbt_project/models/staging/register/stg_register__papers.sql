with

papers as (
    select * from {{ source('register', 'papers') }}
)

select
    paper_id,
    number,
    kind,
    title_de,
    {{ filled('office_id') }} as office_id,
    file_name,
    cast(row_number as bigint) as row_number,
    cast(is_public as boolean) as is_public,
    {{ day('dated_on') }} as dated_on
from papers
