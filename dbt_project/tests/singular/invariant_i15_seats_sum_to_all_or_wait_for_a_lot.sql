-- Invariant I15: the seats of an allocation sum to all seats, or a lot is pending for the rest.
select
    allocation_id,
    sum(seats) as seats_given
from {{ ref('fct_seat_allocation') }}
group by allocation_id
having
    coalesce(sum(seats), 0) + max(case when is_lot_pending then n_lot_seats else 0 end) <> max(seats_total)
