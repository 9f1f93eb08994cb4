with

reports as (
    select * from {{ ref('stg_register__steering_reports') }}
)

-- Lights are for those who steer: never public.
select
    intervention_id,
    light,
    text_de,
    file_name,
    deviation_reasons,
    row_number,
    as_of = max(as_of) over (partition by intervention_id) as is_latest,
    false as is_public,
    as_of
from reports
