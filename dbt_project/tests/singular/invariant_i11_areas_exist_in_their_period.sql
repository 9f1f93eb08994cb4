-- Invariant I11: every area of a published figure exists in the version of its territory that holds in the period; a
-- recast figure says that it is older than its area.
with

areas as (
    select * from {{ ref('dim_area') }}
),

facts as (
    select
        variable_id as id,
        area_version_id,
        area_id,
        year,
        is_recast
    from {{ ref('fct_observation') }}
),

placed as (
    select distinct
        facts.area_version_id,
        facts.area_id,
        facts.year,
        facts.is_recast,
        areas.area_id as known_area_id,
        {{ is_valid_at_end_of('facts.year', 'areas') }} as is_valid
    from facts
    left join areas on facts.area_version_id = areas.area_version_id
)

select *
from placed
where known_area_id is null or known_area_id <> area_id or not (is_valid or is_recast)
