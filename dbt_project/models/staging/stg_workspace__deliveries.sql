with

deliveries as (
    select * from {{ source('workspace', 'deliveries') }}
)

select
    delivery_id,
    extract_id,
    file_name,
    sha256,
    reference_period,
    cast(delivery_sequence as bigint) as delivery_sequence,
    cast(row_count as bigint) as row_count,
    cast(received_at as timestamp) as received_at
from deliveries
