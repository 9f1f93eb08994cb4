with

offices as (
    select * from {{ ref('stg_register__offices') }}
)

select
    office_id,
    name_de,
    name_en,
    contact,
    file_name,
    row_number,
    true as is_public
from offices
