with

offers as (
    select * from {{ ref('int_inventory__current') }}
)

select
    extract_id,
    service_type,
    max(responsible_office) as responsible_office,
    max(period_id) as period_id,
    max(incomplete_reason_de) as incomplete_reason_de,
    max(incomplete_reason_en) as incomplete_reason_en,
    count(*) as n_offers,
    count(capacity) as n_with_capacity,
    count(target_group) as n_with_target_group,
    count(x_m) as n_with_point,
    bool_and(is_register_complete) as is_register_complete
from offers
where not is_vanished
group by extract_id, service_type
