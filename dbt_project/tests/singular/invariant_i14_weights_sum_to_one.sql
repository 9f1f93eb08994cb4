-- Invariant I14: the weights of an edition of an index sum to 1 in each of its parts, at most .002 off.
select
    index_id,
    edition,
    part,
    sum(weight) as weight_sum
from {{ ref('stg_indices__components') }}
group by index_id, edition, part
having abs(sum(weight) - 1) > 0.002
