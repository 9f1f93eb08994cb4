with

placed as (
    select * from {{ ref('int_targets__placed') }}
),

compared as (
    select
        *,
        coalesce(ahead >= 0, false) as is_reached,
        coalesce(worst_ahead >= 0, false) as is_reached_surely,
        coalesce(best_ahead < 0, false) as is_missed_surely,
        case when not is_to_be_kept then {{ attainment('comparable_value', 'baseline_value', 'target_value') }} end
            as attainment,
        case
            when year > baseline_year and not is_to_be_kept
                then {{ attainment('comparable_value', 'baseline_value', 'path_value') }}
        end as plan_attainment,
        case
            when is_to_be_kept then null
            when progress_method = 'cagr'
                then {{ cagr_ratio(
                    'comparable_value', 'baseline_value', 'target_value', 'years_gone', '(target_year - baseline_year)'
                ) }}
            when progress_method = 'sustainability'
                then {{ sustainability_ratio('comparable_value', 'earlier_value', 'target_value', 'years_left') }}
            when path_share > 0
                then {{ attainment('comparable_value', 'baseline_value', 'target_value') }} / path_share
        end as progress_ratio,
        {% for side in ['lower', 'upper'] -%}
        case
            when is_to_be_kept or comparable_value is null then null
            when progress_method = 'cagr'
                then {{ cagr_ratio_limit(
                    'comparable_value', 'actual_lower', 'actual_upper', 'baseline_value', 'baseline_lower',
                    'baseline_upper', 'target_value', 'years_gone', '(target_year - baseline_year)', side
                ) }}
            when progress_method = 'sustainability'
                then {{ sustainability_ratio_limit(
                    'comparable_value', 'earlier_value', 'target_value', 'years_left', 'actual_se',
                    'se_before_five_years', side
                ) }}
            else {{ progress_ratio_limit(
                'comparable_value', 'baseline_value', 'target_value', 'path_share', 'actual_se', 'baseline_se', side
            ) }}
        end as ratio_{{ side }},
        {% endfor -%}
        favourable * (comparable_value - path_value) as deviation
    from placed
)

select
    *,
    case
        when comparable_value is null then 'not_assessable'
        when is_to_be_kept then {{ maintained_status('is_reached', 'is_reached_surely', 'is_missed_surely') }}
        else {{ progress_status(
            'progress_ratio', 'ratio_lower', 'ratio_upper', 'is_reached', 'is_reached_surely', 'progress_method'
        ) }}
    end as status,
    case
        when lacks_rest then 'no_rest_of_city'
        when actual_value is null then 'no_value'
        when is_broken then 'series_break'
        when is_to_be_kept or is_reached or progress_ratio is not null then null
        when progress_method = 'sustainability' then 'too_few_years'
        when progress_method = 'cagr' and year > baseline_year then 'no_growth_rate'
        else 'no_distance'
    end as status_reason,
    coalesce(year = last_year, false) as is_latest
from compared
