with

compiled as (
    {{ compiled_variables() }}
),

profiles as (
    select * from {{ ref('stg_workspace__disclosure_profiles') }}
),

overrides as (
    select * from {{ ref('stg_workspace__disclosure_variables') }}
),

workspace as (
    select * from {{ ref('stg_workspace__workspace') }}
),

-- A workspace's own word counts first; a default that hides nothing holds for all variables; else the variable's own.
-- Where that one is not defined the default protects, and a test refuses the build.
profile_chosen as (
    select
        compiled.* exclude (disclosure_profile),
        compiled.disclosure_profile as own_disclosure_profile,
        overrides.profile_id is not null or not default_profile.is_hiding as is_overridden,
        coalesce(
            overrides.profile_id,
            case when not default_profile.is_hiding then default_profile.profile_id end,
            own_profile.profile_id,
            default_profile.profile_id
        ) as disclosure_profile
    from compiled
    cross join workspace
    inner join profiles as default_profile on workspace.disclosure_default_profile = default_profile.profile_id
    left join profiles as own_profile on compiled.disclosure_profile = own_profile.profile_id
    left join overrides on compiled.variable_id = overrides.variable_id
),

-- A derived count is no less protected than what it is computed from, which may be derived itself.
origins as (
    select
        variable_id,
        variable_id as origin_id,
        0 as steps
    from profile_chosen
    union all by name
    select
        variable_id,
        derived_from as origin_id,
        1 as steps
    from profile_chosen
    where derived_from is not null
    union all by name
    select
        variables.variable_id,
        sources.derived_from as origin_id,
        2 as steps
    from profile_chosen as variables
    inner join profile_chosen as sources on variables.derived_from = sources.variable_id
    where sources.derived_from is not null
),

strictest as (
    select
        origins.variable_id,
        arg_max(
            profiles.profile_id,
            (profiles.is_hiding, case when profiles.is_hiding then profiles.threshold else 0 end, -origins.steps)
        ) as disclosure_profile
    from origins
    inner join profile_chosen on origins.origin_id = profile_chosen.variable_id
    inner join profiles on profile_chosen.disclosure_profile = profiles.profile_id
    group by origins.variable_id
)

select
    profile_chosen.* exclude (disclosure_profile),  -- noqa: RF02
    strictest.disclosure_profile
from profile_chosen
inner join strictest on profile_chosen.variable_id = strictest.variable_id
