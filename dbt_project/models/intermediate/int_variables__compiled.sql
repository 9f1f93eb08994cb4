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

-- A derived count is no less protected than the one it is added up from.
stricter_of_both as (
    select
        variables.* exclude (disclosure_profile),
        case
            when source_profile.is_hiding and not own_profile.is_hiding then source.disclosure_profile
            when source_profile.is_hiding and source_profile.threshold > own_profile.threshold
                then source.disclosure_profile
            else variables.disclosure_profile
        end as disclosure_profile
    from profile_chosen as variables
    inner join profiles as own_profile on variables.disclosure_profile = own_profile.profile_id
    left join profile_chosen as source on variables.derived_from = source.variable_id
    left join profiles as source_profile on source.disclosure_profile = source_profile.profile_id
)

select * from stricter_of_both
