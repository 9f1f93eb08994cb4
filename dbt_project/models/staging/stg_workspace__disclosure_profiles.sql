with

profiles as (
    select * from {{ source('workspace', 'disclosure_profiles') }}
)

select
    profile_id,
    note_de,
    note_en,
    cast(coalesce(nullif(threshold, ''), '0') as integer) as threshold,
    cast(coalesce(nullif(min_denominator, ''), '0') as integer) as min_denominator,
    cast(protects_complement as boolean) as is_complement_protected,
    cast(hides as boolean) as is_hiding
from profiles
