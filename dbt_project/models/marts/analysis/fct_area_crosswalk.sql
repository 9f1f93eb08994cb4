with

crosswalks as (
    select * from {{ ref('stg_workspace__crosswalks') }}
),

shares as (
    select * from {{ ref('stg_workspace__shares') }}
)

select
    'crosswalk' as kind,
    from_area_id,
    from_area_version_id,
    to_area_id,
    to_area_version_id,
    weight_basis,
    cast(weight as double) as weight,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to
from crosswalks
union all
select
    'share' as kind,
    member_area_id as from_area_id,
    cast(null as varchar) as from_area_version_id,
    area_id as to_area_id,
    cast(null as varchar) as to_area_version_id,
    cast(null as varchar) as weight_basis,
    cast(share as double) as weight,
    valid_from,
    valid_to
from shares
