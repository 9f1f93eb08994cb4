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
    derived_kind,
    derived_years,
    is_additive
from variables
