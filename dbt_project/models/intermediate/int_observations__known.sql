with

current_cells as (
    select * from {{ ref('int_observations__current') }}
),

derived_cells as (
    select * from {{ ref('int_observations__derived') }}
)

-- What is delivered counts before what is derived from bands.
select * from current_cells
union all by name
select derived_cells.*
from derived_cells
anti join current_cells using (variable_id, area_id, period_id, breakdown_id)
