with

inventory_matches as (
    select * from {{ source('workspace', 'inventory_matches') }}
)

select
    extract_id || ':' || offer_id as offer_id,
    other_extract_id || ':' || other_offer_id as other_offer_id,
    decision,
    reason,
    decided_by,
    cast(row_number as bigint) as row_number,
    cast(decided_on as date) as decided_on
from inventory_matches
