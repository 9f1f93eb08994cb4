-- Invariant I2: every target but a milestone has a baseline value with its release, or quoted.
select
    target_id,
    file_name,
    row_number
from {{ ref('stg_register__targets') }}
where
    target_type <> 'milestone'
    and (baseline_value is null or (baseline_release is null and not baseline_is_quoted))
