with

frameworks as (
    select * from {{ source('register', 'frameworks') }}
)

select
    framework_id,
    kind,
    name_de,
    {{ filled('name_en') }} as name_en,
    file_name,
    cast(row_number as bigint) as row_number,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from frameworks
