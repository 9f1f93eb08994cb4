with

targets as (
    select * from {{ ref('stg_register__targets') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

items as (
    select * from {{ ref('int_register__items') }}
)

select
    targets.* exclude (polarity, baseline_value, target_value),
    indicators.statistic,
    indicators.multiplier,
    coalesce(targets.polarity, indicators.polarity) as polarity,
    {{ period_year('targets.baseline_period_id') }} as baseline_year,
    cast(targets.baseline_value as double) as baseline_value,
    cast(targets.target_value as double) as target_value,
    -- +1 where a higher value is better, -1 where it is worse.
    case coalesce(targets.polarity, indicators.polarity) when 'higher_better' then 1 when 'higher_worse' then -1 end
        as favourable,
    items.is_public
from targets
inner join indicators on targets.indicator_id = indicators.indicator_id
inner join items on items.kind = 'target' and targets.target_id = items.item_id
