-- Invariant I14: the weights of an edition of an index sum to 1 in each of its parts, and so do those of a weighting of
-- priorities, at most .002 off.
with

components as (
    select
        index_id || ' ' || edition || ' ' || part as weighting,
        weight
    from {{ ref('stg_indices__components') }}
    union all
    select
        weighting_id as weighting,
        weight
    from {{ ref('stg_register__priority_weights') }}
)

select
    weighting,
    sum(weight) as weight_sum
from components
group by weighting
having abs(sum(weight) - 1) > 0.002
