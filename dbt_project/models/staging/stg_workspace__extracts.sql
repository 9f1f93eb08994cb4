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
    cast(precedence as integer) as precedence,
    cast(area_sum_tolerance as decimal(28, 6)) as area_sum_tolerance
from extracts
