with

election_votes as (
    select * from {{ source('register', 'election_votes') }}
)

select
    allocation_id,
    party_id,
    party_de,
    file_name,
    {{ whole('votes') }} as votes,
    cast(row_number as bigint) as row_number
from election_votes
