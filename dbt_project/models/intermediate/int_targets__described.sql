with

targets as (
    select * from {{ ref('stg_register__targets') }}
),

indicators as (
    select * from {{ ref('int_indicators__compiled') }}
),

items as (
    select * from {{ ref('int_register__items') }}
),

joined as (
    select
        targets.* replace (
            coalesce(targets.polarity, indicators.polarity) as polarity,
            cast(targets.baseline_value as double) as baseline_value,
            cast(targets.target_value as double) as target_value,
            cast(targets.target_lo as double) as target_lo,
            cast(targets.target_hi as double) as target_hi,
            cast(coalesce(targets.tolerance, 0) as double) as tolerance,
            cast(coalesce(targets.partly_from, {{ partly_attained_from() }}) as double) as partly_from,
            case when targets.target_type <> 'milestone' then coalesce(targets.path, 'linear') end as path,
            case when targets.target_type <> 'milestone' then coalesce(targets.progress_method, 'linear') end
                as progress_method
        ),
        indicators.statistic,
        indicators.multiplier,
        indicators.ci_method,
        indicators.design_effect,
        {{ period_year('targets.baseline_period_id') }} as baseline_year,
        cast(targets.relative_change as double) as relative_change_pct,
        items.is_public
    from targets
    -- A milestone is measured by no indicator.
    left join indicators on targets.indicator_id = indicators.indicator_id
    inner join items on items.kind = 'target' and targets.target_id = items.item_id
)

select
    * exclude (relative_change, interim) replace (
        case
            when target_type = 'relative_change' then baseline_value * (1 + relative_change_pct / 100)
            -- The way to a range ends at its bound nearest to the baseline, and is none within it.
            when target_type = 'range' then least(greatest(baseline_value, target_lo), target_hi)
            when target_type = 'maintain' then coalesce(target_value, baseline_value)
            else target_value
        end as target_value
    ),
    list_transform(interim, lambda part: cast(split_part(part, '=', 1) as double)) as interim_years,
    list_transform(interim, lambda part: cast(split_part(part, '=', 2) as double)) as interim_values,
    -- +1 where a higher value is better, -1 where it is worse; of a range the side on which the baseline lies decides.
    case
        when target_type = 'milestone' then null
        when target_type = 'range' and baseline_value < target_lo then 1
        when target_type = 'range' then -1
        when polarity = 'higher_better' then 1
        when polarity = 'higher_worse' then -1
    end as favourable
from joined
