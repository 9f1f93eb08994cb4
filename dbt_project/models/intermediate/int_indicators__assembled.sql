with

compared as (
    select * from {{ ref('int_indicators__compared') }}
)

select
    indicator_id,
    area_version_id,
    area_id,
    level,
    period_id,
    breakdown_id,
    benchmark_area_id,
    value_status,
    value_flags,
    missing_part,
    interval_reason,
    comparison,
    comparison_level,
    trend,
    {{ evaluate_trend('trend', 'polarity') }} as trend_evaluation,
    cast(year as integer) as year,
    numerator,
    denominator,
    value,
    ci_lower,
    ci_upper,
    ci_lower_998,
    ci_upper_998,
    benchmark_value,
    {{ round_significant('funnel_lower') }} as funnel_lower,
    {{ round_significant('funnel_upper') }} as funnel_upper,
    {{ round_significant('funnel_lower_998') }} as funnel_lower_998,
    {{ round_significant('funnel_upper_998') }} as funnel_upper_998,
    rank,
    rank_of,
    is_recast
from compared
