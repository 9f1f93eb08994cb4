with

shares as (
    select * from {{ source('workspace', 'shares') }}
)

select
    level || '-' || code as area_id,
    level,
    member_level || '-' || member_code as member_area_id,
    member_level,
    cast(share as decimal(9, 6)) as share,
    cast(nullif(valid_from, '') as date) as valid_from,
    cast(nullif(valid_to, '') as date) as valid_to
from shares
