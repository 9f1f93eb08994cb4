with

memberships as (
    select * from {{ source('register', 'memberships') }}
)

select
    membership_id,
    body_id,
    seat_kind,
    holder_de,
    file_name,
    {{ whole('seats') }} as seats,
    cast(row_number as bigint) as row_number,
    cast(is_voting as boolean) as is_voting,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from memberships
