with

steering_reports as (
    select * from {{ source('register', 'steering_reports') }}
)

select
    intervention_id,
    light,
    text_de,
    file_name,
    {{ listed('deviation_reasons') }} as deviation_reasons,
    cast(row_number as bigint) as row_number,
    {{ day('as_of') }} as as_of
from steering_reports
