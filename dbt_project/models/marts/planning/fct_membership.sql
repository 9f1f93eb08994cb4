with

memberships as (
    select * from {{ ref('stg_register__memberships') }}
)

select
    membership_id,
    body_id,
    seat_kind,
    holder_de,
    file_name,
    seats,
    row_number,
    is_voting,
    true as is_public,
    valid_from,
    valid_to
from memberships
