with

elections as (
    select * from {{ ref('stg_register__elections') }}
),

votes as (
    select * from {{ ref('stg_register__election_votes') }}
),

allocated as (
    {{ hare_niemeyer('elections', 'votes') }}
)

select
    allocated.allocation_id,
    allocated.party_id,
    votes.party_de,
    elections.body_id,
    elections.election_de,
    elections.method,
    elections.lot_witness_de,
    votes.file_name,
    allocated.tied_party_ids,
    votes.votes,
    allocated.base_seats,
    allocated.seats,
    elections.seats as seats_total,
    allocated.n_lot_seats,
    allocated.remainder,
    votes.row_number,
    allocated.is_tied,
    allocated.is_lot_required,
    allocated.is_lot_taken,
    allocated.is_lot_required and not allocated.is_lot_taken as is_lot_pending,
    true as is_public,
    elections.elected_on,
    elections.lot_drawn_on,
    elections.valid_from,
    elections.valid_to
from allocated
inner join elections on allocated.allocation_id = elections.allocation_id
inner join votes on allocated.allocation_id = votes.allocation_id and allocated.party_id = votes.party_id
