with

offers as (
    select * from {{ ref('stg_landing__offers') }}
),

deliveries as (
    select * from {{ ref('stg_workspace__deliveries') }}
),

extracts as (
    select * from {{ ref('stg_workspace__extracts') }}
),

matches as (
    select * from {{ ref('stg_workspace__inventory_matches') }}
    where decision = 'same'
),

kept as (
    select distinct extract_id
    from offers
),

-- The period of a list is that of its rows; a list of which nothing is left has the one of the delivery.
lists as (
    select
        deliveries.extract_id,
        deliveries.delivery_id,
        coalesce(max(offers.period_id), any_value(deliveries.reference_period)) as period_id,
        row_number() over (partition by deliveries.extract_id order by deliveries.delivery_sequence) as position,
        count(*) over (partition by deliveries.extract_id) as newest_position
    from deliveries
    left join offers on deliveries.delivery_id = offers.delivery_id
    inner join kept on deliveries.extract_id = kept.extract_id
    group by deliveries.extract_id, deliveries.delivery_id, deliveries.delivery_sequence
),

-- The last time that each offer was listed. From the first list without it, it counts as closed.
last_listed as (
    select
        offers.*,
        lists.position,
        lists.newest_position
    from offers
    inner join lists on offers.delivery_id = lists.delivery_id
    qualify
        row_number() over (
            partition by offers.extract_id, offers.offer_id order by lists.position desc, offers.period_id desc
        ) = 1
),

dated as (
    select
        last_listed.*,
        newest.period_id as list_period_id,
        last_listed.position < last_listed.newest_position as is_vanished,
        {{ period_end('without.period_id') }} as vanished_on
    from last_listed
    inner join lists as newest
        on last_listed.extract_id = newest.extract_id and last_listed.newest_position = newest.position
    left join lists as without
        on last_listed.extract_id = without.extract_id and last_listed.position + 1 = without.position
)

select
    dated.extract_id || ':' || dated.offer_id as offer_id,
    dated.* exclude (offer_id, valid_to, position, newest_position, vanished_on),  -- noqa: RF02
    extracts.owner as responsible_office,
    extracts.incomplete_reason_de,
    extracts.incomplete_reason_en,
    matches.offer_id as same_as_offer_id,
    {{ period_year('dated.list_period_id') }} as year,
    extracts.is_register_complete,
    case
        when dated.is_vanished then least(dated.valid_to, greatest(dated.vanished_on, dated.valid_from))
        else dated.valid_to
    end as valid_to
from dated
inner join extracts on dated.extract_id = extracts.extract_id
left join matches on dated.extract_id || ':' || dated.offer_id = matches.other_offer_id
