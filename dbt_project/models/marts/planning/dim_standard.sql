with

standards as (
    select * from {{ ref('stg_register__standards') }}
)

select
    standard_id,
    service_type,
    target_group,
    unit,
    kind,
    source_de,
    decision_id,
    file_name,
    cast(value_per_1000 as double) as value_per_1000,
    cast(standard_size as double) as standard_size,
    row_number,
    true as is_public,
    valid_from,
    valid_to
from standards
