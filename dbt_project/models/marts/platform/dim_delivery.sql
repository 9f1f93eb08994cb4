with

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
)

select
    deliveries.delivery_id,
    deliveries.extract_id,
    deliveries.file_name,
    deliveries.sha256,
    deliveries.reference_period,
    extracts.title,
    extracts.extract_group,
    extracts.owner,
    extracts.publisher,
    extracts.licence,
    extracts.purpose,
    extracts.legal_basis,
    deliveries.row_count,
    deliveries.received_at
from deliveries
left join extracts on deliveries.extract_id = extracts.extract_id
