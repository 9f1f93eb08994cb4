with

variables as (
    select * from {{ source('workspace', 'disclosure_variables') }}
)

select
    variable_id,
    profile_id
from variables
