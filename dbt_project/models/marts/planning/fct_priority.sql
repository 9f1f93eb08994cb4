with

ranked as (
    select * from {{ ref('int_priorities__ranked') }}
)

select
    weighting_id,
    service_type,
    target_group,
    level,
    area_version_id,
    area_id,
    indicator_id,
    author_office,
    decision_id,
    'Der Wert unterstützt die Sozialraumkonferenz und ersetzt sie nicht.' as purpose_de,
    'The score supports the conference of the social space and does not replace it.' as purpose_en,
    override_reason_de,
    override_decision_id,
    coalesce(missing_components, cast([] as varchar[])) as missing_components,
    {{ round_significant('cast(score as double)') }} as score,
    cast(rank as bigint) as rank,
    cast(rank_of as bigint) as rank_of,
    cast(rank_lower_weights as bigint) as rank_lower_weights,
    cast(rank_upper_weights as bigint) as rank_upper_weights,
    cast(rank_lower_values as bigint) as rank_lower_values,
    cast(rank_upper_values as bigint) as rank_upper_values,
    cast(override_position as bigint) as override_position,
    {{ round_significant('weight_share') }} as weight_share,
    missing_components is not null as is_partial,
    has_suppressed_component,
    false as is_public,
    dated_on
from ranked
