with

variables as (
    select * from {{ ref('int_variables__compiled') }}
)

select
    variable_id,
    name_de,
    name_en,
    metrics_file,
    unit,
    disclosure_profile,
    derived_from,
    is_additive
from variables
