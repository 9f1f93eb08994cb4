with

frameworks as (
    select * from {{ ref('stg_register__frameworks') }}
)

select
    framework_id,
    kind,
    name_de,
    name_en,
    file_name,
    row_number,
    true as is_public
from frameworks
