with

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

offers as (
    select * from {{ ref('int_inventory__current') }}
),

expected as (
    select
        extract_id,
        owner as responsible_office,
        unnest(service_types) as service_type
    from extracts
),

delivered as (
    select
        extract_id,
        service_type,
        max(list_period_id) as period_id,
        count(*) filter (where not is_vanished) as n_offers,
        count(*) filter (where is_vanished) as n_vanished,
        count(capacity) filter (where not is_vanished) as n_with_capacity,
        count(target_group) filter (where not is_vanished) as n_with_target_group,
        count(x_m) filter (where not is_vanished) as n_with_point,
        count(*) filter (
            where
            not is_vanished
            and last_verified_on > {{ period_end('list_period_id') }} - interval {{ var('months_verified') }} month
        ) as n_verified
    from offers
    group by extract_id, service_type
),

offers_delivered as (
    select distinct extract_id
    from offers
),

summed as (
    select
        expected.responsible_office,
        expected.service_type,
        list_sort(list(expected.extract_id)) as extract_ids,
        list_sort(list(expected.extract_id) filter (where offers_delivered.extract_id is null)) as awaited_extract_ids,
        max(delivered.period_id) as period_id,
        coalesce(sum(delivered.n_offers), 0) as n_offers,
        coalesce(sum(delivered.n_vanished), 0) as n_vanished,
        sum(delivered.n_with_capacity) as n_with_capacity,
        sum(delivered.n_with_target_group) as n_with_target_group,
        sum(delivered.n_with_point) as n_with_point,
        sum(delivered.n_verified) as n_verified
    from expected
    left join delivered
        on expected.extract_id = delivered.extract_id and expected.service_type = delivered.service_type
    left join offers_delivered on expected.extract_id = offers_delivered.extract_id
    group by expected.responsible_office, expected.service_type
)

select
    responsible_office,
    service_type,
    case
        when len(awaited_extract_ids) = len(extract_ids) then 'awaited'
        when len(awaited_extract_ids) > 0 then 'partly_awaited'
        when n_offers = 0 then 'none_listed'
        else 'listed'
    end as status,
    period_id,
    extract_ids,
    coalesce(awaited_extract_ids, cast([] as varchar[])) as awaited_extract_ids,
    cast(n_offers as bigint) as n_offers,
    cast(n_vanished as bigint) as n_vanished,
    {% for part in ['capacity', 'target_group', 'point'] -%}
    {{ round_significant('100.0 * n_with_' ~ part ~ ' / nullif(n_offers, 0)') }} as with_{{ part }}_pct,
    {% endfor -%}
    {{ round_significant('100.0 * n_verified / nullif(n_offers, 0)') }} as verified_pct
from summed
