with

compared as (
    select * from {{ ref('int_indicators__compared') }}
),

trended as (
    select * from {{ ref('int_indicators__trended') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

assembled as (
    select
        compared.*,
        indicators.polarity,
        coalesce(trended.trend, 'cannot_be_calculated') as trend
    from compared
    inner join indicators on compared.indicator_id = indicators.indicator_id
    left join trended
        on
            compared.indicator_id = trended.indicator_id
            and compared.area_version_id = trended.area_version_id
            and compared.period_id = trended.period_id
            and compared.breakdown_id = trended.breakdown_id
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
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    value,
    ci_lower,
    ci_upper,
    ci_lower_998,
    ci_upper_998,
    benchmark_value,
    rank,
    rank_of
from assembled
