with

offers as (
    select * from {{ source('landing', 'offers') }}
)

select
    delivery_id,
    extract_id,
    row_number,
    offer_id,
    title,
    service_type,
    nullif(provider, '') as provider,
    nullif(provider_type, '') as provider_type,
    nullif(split_part(target_group, '|', 1), '') as target_group,
    nullif(address, '') as address,
    nullif(opening_hours, '') as opening_hours,
    nullif(cost, '') as cost,
    nullif(funding_source, '') as funding_source,
    nullif(legal_basis, '') as legal_basis,
    nullif(barrier_free, '') as barrier_free,
    nullif(reach, '') as reach,
    level,
    area_id,
    period_id,
    cast(nullif(x, '') as double) as longitude,
    cast(nullif(y, '') as double) as latitude,
    cast(nullif(x_m, '') as double) as x_m,
    cast(nullif(y_m, '') as double) as y_m,
    cast(nullif(capacity, '') as decimal(18, 2)) as capacity,
    nullif(capacity_unit, '') as capacity_unit,
    case when target_group is null or target_group = '' then [] else string_split(target_group, '|') end
        as target_groups,
    case when languages is null or languages = '' then [] else string_split(languages, '|') end as languages,
    coalesce(target_group like '%|%', false) as is_shared,
    obligation = 'mandatory' as is_mandatory,
    cast(nullif(valid_from, '') as date) as valid_from,
    cast(nullif(valid_to, '') as date) as valid_to,
    cast(nullif(last_verified_on, '') as date) as last_verified_on
from offers
