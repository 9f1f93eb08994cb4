with

weights as (
    select * from {{ ref('stg_register__priority_weights') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

service_types as (
    select * from {{ ref('service_types') }}
),

named as (
    select
        *,
        max(indicator_id) over (partition by weighting_id) as weighting_indicator_id
    from weights
)

select
    named.weighting_id,
    named.component,
    named.service_type,
    service_types.target_group,
    named.level,
    named.weighting_indicator_id as indicator_id,
    indicators.polarity,
    named.author_office,
    named.decision_id,
    named.file_name,
    -- What counts as more urgent: a low value where a high one is good, else a high one.
    case when indicators.polarity = 'higher_better' then -1 else 1 end as direction,
    cast(named.weight as double) as weight,
    named.row_number,
    named.dated_on
from named
left join service_types on named.service_type = service_types.service_type
left join indicators on named.weighting_indicator_id = indicators.indicator_id
