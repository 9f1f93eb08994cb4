{# Hare/Niemeyer in whole numbers: a party has floor(votes x seats / all votes) seats; what is left goes to the largest
   remainders (votes x seats) mod (all votes). Where the last of these seats ties, a lot decides and nothing else: the
   seats of the tied parties are then those they have for certain, and a recorded lot is taken only if it names tied
   parties and as many as there are seats to draw for.
   elections, votes: relations with (allocation_id, seats, lot_winner_ids) and (allocation_id, party_id, votes). #}
{% macro hare_niemeyer(elections, votes) -%}
with

products as (
    select
        votes.allocation_id,
        votes.party_id,
        elections.lot_winner_ids,
        cast(votes.votes as hugeint) * elections.seats as product,
        elections.seats as n_seats,
        sum(votes.votes) over (partition by votes.allocation_id) as n_votes
    from {{ votes }} as votes
    inner join {{ elections }} as elections on votes.allocation_id = elections.allocation_id
),

quotas as (
    select
        *,
        product // nullif(n_votes, 0) as base_seats,
        product % nullif(n_votes, 0) as remainder
    from products
),

placed as (
    select
        *,
        n_seats - sum(base_seats) over (partition by allocation_id) as n_left,
        rank() over (
            partition by allocation_id
            order by remainder desc
        ) - 1 as n_above,
        count(*) over (partition by allocation_id, remainder) as n_level
    from quotas
),

judged as (
    select
        *,
        n_above + n_level <= n_left as has_remainder_seat,
        n_above < n_left and n_above + n_level > n_left as is_tied
    from placed
),

lots as (
    select
        allocation_id,
        coalesce(max(n_left - n_above) filter (where is_tied), 0) as n_lot_seats,
        coalesce(list(party_id order by party_id) filter (where is_tied), []) as tied_party_ids,
        any_value(lot_winner_ids) as lot_winner_ids
    from judged
    group by allocation_id
),

drawn as (
    select
        *,
        n_lot_seats > 0
        and len(lot_winner_ids) = n_lot_seats
        and len(list_distinct(lot_winner_ids)) = n_lot_seats
        and list_has_all(tied_party_ids, lot_winner_ids) as is_lot_taken
    from lots
)

select
    judged.allocation_id,
    judged.party_id,
    drawn.tied_party_ids,
    cast(judged.base_seats as integer) as base_seats,
    cast(drawn.n_lot_seats as integer) as n_lot_seats,
    cast(
        judged.base_seats
        + cast(judged.has_remainder_seat as integer)
        + cast(
            judged.is_tied
            and drawn.is_lot_taken
            and list_contains(drawn.lot_winner_ids, judged.party_id) as integer
        ) as integer
    ) as seats,
    cast(judged.remainder as bigint) as remainder,
    coalesce(judged.is_tied, false) as is_tied,
    drawn.n_lot_seats > 0 as is_lot_required,
    drawn.is_lot_taken
from judged
inner join drawn on judged.allocation_id = drawn.allocation_id
{%- endmacro %}
