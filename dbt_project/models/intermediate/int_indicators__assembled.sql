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
    comparison,
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
    rank,
    rank_of
from compared
