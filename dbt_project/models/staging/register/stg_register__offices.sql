with

offices as (
    select * from {{ source('register', 'offices') }}
)

select
    office_id,
    name_de,
    {{ filled('name_en') }} as name_en,
    {{ filled('contact') }} as contact,
    file_name,
    cast(row_number as bigint) as row_number
from offices
