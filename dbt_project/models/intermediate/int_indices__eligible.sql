with

editions as (
    select * from {{ ref('stg_indices__editions') }}
),

exclusions as (
    select * from {{ ref('stg_indices__exclusions') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

observations as (
    select * from {{ ref('int_observations__protected') }}
    where breakdown_id = 'total'
),

-- The expected grid: every area of the edition's level, in its year.
gridded as (
    select
        editions.index_id,
        editions.edition,
        areas.area_version_id,
        areas.area_id,
        areas.level,
        areas.code,
        cast(editions.year as varchar) as period_id,
        editions.year
    from editions
    inner join areas
        on
            editions.level = areas.level
            and {{ is_valid_at_end_of('editions.year', 'areas') }}
),

-- A mark that is hidden or was not delivered decides nothing: such an area takes no part, and says why.
judged as (
    select
        gridded.index_id,
        gridded.edition,
        gridded.area_version_id,
        exclusions.exclusion_number,
        exclusions.reason_de,
        exclusions.reason_en,
        exclusions.variable_id is not null and observations.value is null as is_unknown
    from gridded
    inner join exclusions on gridded.index_id = exclusions.index_id and gridded.edition = exclusions.edition
    left join observations
        on
            exclusions.variable_id = observations.variable_id
            and gridded.area_version_id = observations.area_version_id
            and gridded.period_id = observations.period_id
    where
        gridded.code = exclusions.code
        or observations.value = exclusions.equal_to
        or observations.value < exclusions.below
        or (exclusions.variable_id is not null and observations.value is null)
),

first_reason as (
    select * from judged
    qualify
        row_number() over (
            partition by index_id, edition, area_version_id order by is_unknown, exclusion_number
        ) = 1
)

select
    gridded.index_id,
    gridded.edition,
    gridded.area_version_id,
    gridded.area_id,
    gridded.level,
    gridded.period_id,
    gridded.year,
    case
        when first_reason.area_version_id is null then null
        when first_reason.is_unknown then 'exclusion_unknown'
        else 'excluded'
    end as exclusion,
    first_reason.reason_de as exclusion_reason_de,
    first_reason.reason_en as exclusion_reason_en,
    first_reason.area_version_id is null as eligible
from gridded
left join first_reason
    on
        gridded.index_id = first_reason.index_id
        and gridded.edition = first_reason.edition
        and gridded.area_version_id = first_reason.area_version_id
