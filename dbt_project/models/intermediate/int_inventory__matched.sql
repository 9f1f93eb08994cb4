with

current_offers as (
    select * from {{ ref('int_inventory__current') }}
),

reviewed as (
    select * from {{ ref('stg_workspace__inventory_matches') }}
),

-- Spelling is no difference: case, blanks, punctuation, and the usual short form of Straße.
offers as (
    select
        offer_id,
        extract_id,
        service_type,
        area_id,
        split_part(offer_id, ':', 2) as source_id,
        nullif(
            regexp_replace(
                replace(replace(lower(address), 'straße', 'str'), 'strasse', 'str'), '[^a-z0-9äöüß]', '', 'g'
            ), ''
        ) as plain_address,
        nullif(regexp_replace(lower(provider), '[^a-z0-9äöüß]', '', 'g'), '') as plain_provider,
        x_m,
        y_m
    from current_offers
    where not is_vanished
),

pairs as (
    select
        one.offer_id,
        two.offer_id as other_offer_id,
        one.service_type,
        {{ straight_distance('one.x_m', 'one.y_m', 'two.x_m', 'two.y_m') }} as distance_m,
        one.source_id = two.source_id and one.area_id = two.area_id as has_same_source_id,
        coalesce(one.plain_address = two.plain_address, false) as has_same_address,
        coalesce(one.plain_provider = two.plain_provider, false) as has_same_provider
    from offers as one
    inner join offers as two on one.service_type = two.service_type and one.extract_id < two.extract_id
),

alike as (
    select
        *,
        case
            when has_same_source_id then 'source_id'
            when has_same_address then 'address_and_type'
            when has_same_provider and distance_m <= {{ var('same_place_m') }} then 'provider_and_place'
        end as match_reason
    from pairs
),

-- A review may name the pair either way round, and pairs that no rule finds.
judged as (
    select
        alike.offer_id,
        alike.other_offer_id,
        alike.service_type,
        alike.match_reason,
        alike.distance_m
    from alike
    where alike.match_reason is not null
    union all
    select
        reviewed.offer_id,
        reviewed.other_offer_id,
        current_offers.service_type,
        'review' as match_reason,
        null as distance_m
    from reviewed
    inner join current_offers on reviewed.offer_id = current_offers.offer_id
    anti join alike
        on
            alike.match_reason is not null
            and (
                (reviewed.offer_id = alike.offer_id and reviewed.other_offer_id = alike.other_offer_id)
                or (reviewed.offer_id = alike.other_offer_id and reviewed.other_offer_id = alike.offer_id)
            )
)

select
    judged.offer_id,
    judged.other_offer_id,
    judged.service_type,
    judged.match_reason,
    coalesce(reviewed.decision, 'to_be_reviewed') as review_status,
    case when reviewed.decision = 'same' then reviewed.offer_id end as counted_offer_id,
    reviewed.reason as review_reason,
    reviewed.decided_by,
    {{ round_significant('judged.distance_m') }} as distance_m,
    reviewed.decided_on
from judged
left join reviewed
    on
        (judged.offer_id = reviewed.offer_id and judged.other_offer_id = reviewed.other_offer_id)
        or (judged.offer_id = reviewed.other_offer_id and judged.other_offer_id = reviewed.offer_id)
