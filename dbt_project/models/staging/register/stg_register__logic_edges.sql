with

logic_edges as (
    select * from {{ source('register', 'logic_edges') }}
)

select
    from_node_id,
    to_node_id,
    {{ filled('assumption_de') }} as assumption_de,
    file_name,
    cast(row_number as bigint) as row_number
from logic_edges
