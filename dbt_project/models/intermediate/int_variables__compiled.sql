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
)

select * from profile_chosen
