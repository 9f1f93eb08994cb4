with

bodies as (
    select * from {{ ref('stg_register__bodies') }}
)

select
    body_id,
    kind,
    name_de,
    name_en,
    mandate_de,
    file_name,
    row_number,
    true as is_public,
    valid_from,
    valid_to
from bodies
