with

elections as (
    select * from {{ source('register', 'elections') }}
)

select
    allocation_id,
    body_id,
    election_de,
    method,
    {{ filled('lot_witness_de') }} as lot_witness_de,
    file_name,
    {{ listed('lot_winner_ids') }} as lot_winner_ids,
    {{ whole('seats') }} as seats,
    cast(row_number as bigint) as row_number,
    {{ day('elected_on') }} as elected_on,
    {{ day('lot_drawn_on') }} as lot_drawn_on,
    {{ day('valid_from') }} as valid_from,
    {{ day('valid_to') }} as valid_to
from elections
