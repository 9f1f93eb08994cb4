with

extracts as (
    select * from {{ source('workspace', 'extracts') }}
)

select
    extract_id,
    title,
    extract_group,
    owner,
    publisher,
    licence,
    source_url,
    purpose,
    legal_basis,
    category_sum_tolerances,
    cast(precedence as integer) as precedence,
    nullif(incomplete_reason_de, '') as incomplete_reason_de,
    nullif(incomplete_reason_en, '') as incomplete_reason_en,
    case when service_types = '' then cast([] as varchar[]) else string_split(service_types, '|') end as service_types,
    cast(nullif(area_state, '') as date) as area_state,
    cast(area_sum_tolerance as decimal(28, 6)) as area_sum_tolerance,
    cast(is_register_complete as boolean) as is_register_complete
from extracts
