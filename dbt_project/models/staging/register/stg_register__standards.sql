with

standards as (
    select * from {{ source('register', 'standards') }}
)

select
    standard_id,
    {{ filled('decision_id') }} as decision_id,
    service_type,
    target_group,
    unit,
    kind,
    source_de,
    file_name,
    {{ number('value_per_1000') }} as value_per_1000,
    {{ number('standard_size') }} as standard_size,
    cast(row_number as bigint) as row_number,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from standards
