-- A variable that is delivered must have its disclosure profile in disclosure/profiles.csv of the workspace (or an
-- override in disclosure/variables.csv): a protection that is named but not defined would protect nothing.
with

variables as (
    select * from {{ ref('int_variables__compiled') }}
),

observations as (
    select * from {{ ref('int_observations__gridded') }}
),

profiles as (
    select * from {{ ref('stg_workspace__disclosure_profiles') }}
)

select
    variables.variable_id,
    variables.own_disclosure_profile
from variables
semi join observations on variables.variable_id = observations.variable_id
anti join profiles on variables.own_disclosure_profile = profiles.profile_id
where not variables.is_overridden
