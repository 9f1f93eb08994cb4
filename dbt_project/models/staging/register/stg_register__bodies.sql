with

bodies as (
    select * from {{ source('register', 'bodies') }}
)

select
    body_id,
    kind,
    name_de,
    {{ filled('name_en') }} as name_en,
    {{ filled('mandate_de') }} as mandate_de,
    file_name,
    cast(row_number as bigint) as row_number,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from bodies
