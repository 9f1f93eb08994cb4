with

outcomes as (
    select * from {{ ref('int_evaluations__outcomes') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

points as (
    select * from {{ ref('int_evaluations__points') }}
),

tested as (
    select * from {{ ref('int_evaluations__tested') }}
),

interrupted as (
    select * from {{ ref('int_evaluations__interrupted') }}
),

changed as (
    select
        outcome_id,
        bool_or(has_changed_since) as has_changed_since
    from points
    group by outcome_id
),

measured as (
    select
        outcomes.*,
        befores.value as baseline_value,
        afters.value as actual_value,
        afters.ci_lower as actual_lower,
        afters.ci_upper as actual_upper,
        afters.year as followup_year,
        afters.path_value,
        afters.current_value,
        path_baselines.ci_lower as path_baseline_lower,
        path_baselines.ci_upper as path_baseline_upper,
        tested.counting_error,
        tested.n_comparison,
        coalesce(tested.effect, interrupted.level_change) as effect,
        coalesce(tested.half_width, interrupted.level_half_width) as half_width,
        tested.p_placebo,
        coalesce(tested.n_donors, 0) as n_donors,
        tested.effect_earlier,
        tested.p_earlier,
        tested.is_weak_design,
        interrupted.n_points_before,
        interrupted.n_points_after,
        interrupted.slope_change,
        interrupted.slope_half_width,
        changed.has_changed_since,
        least(
            (afters.year - outcomes.path_from) / cast(outcomes.target_year - outcomes.path_from as double), 1
        ) as path_share
    from outcomes
    left join points as befores
        on outcomes.outcome_id = befores.outcome_id and outcomes.baseline_period_id = befores.period_id
    left join points as afters
        on outcomes.outcome_id = afters.outcome_id and outcomes.followup_period_id = afters.period_id
    left join points as path_baselines
        on outcomes.outcome_id = path_baselines.outcome_id and outcomes.path_from = path_baselines.year
    left join tested on outcomes.outcome_id = tested.outcome_id
    left join interrupted on outcomes.outcome_id = interrupted.outcome_id
    left join changed on outcomes.outcome_id = changed.outcome_id
),

marked as (
    select
        *,
        actual_value as shown_value,
        {{ is_broken('measured.indicator_id', 'measured.area_id', 'measured.path_from', 'measured.followup_year') }}
            as is_path_broken,
        {{ is_broken(
            'measured.indicator_id', 'measured.area_id', period_year('measured.baseline_period_id'),
            'measured.followup_year'
        ) }} as is_change_broken,
        coalesce(has_known_neighbours or not excludes_neighbours, true) as has_donors
    from measured
),

-- What is counted anew in between is neither a step on the path nor a change; a time series has left it out already.
unbroken as (
    select
        * replace (
            case when not is_path_broken then actual_value end as actual_value,
            case when design = 'its' or not is_change_broken then effect end as effect,
            case when design = 'its' or (has_donors and not is_change_broken) then half_width end as half_width,
            case when has_donors and not is_change_broken then p_placebo end as p_placebo
        )
    from marked
),

-- The path is judged where the outcome is what the target measures; a comparison area has no target.
against_path as (
    select
        *,
        case when is_measured_by_target then {{ attainment('actual_value', 'path_baseline', 'target_value') }} end
            as attainment,
        case when is_measured_by_target then {{ attainment('actual_value', 'path_baseline', 'path_value') }} end
            as plan_attainment,
        case when is_measured_by_target then favourable * (actual_value - path_value) end as deviation,
        {% for side in ['lower', 'upper'] -%}
        case
            when is_measured_by_target and target_value <> path_baseline
                then {{ progress_ratio_limit(
                    'actual_value', 'path_baseline', 'target_value', 'path_share',
                    'coalesce((actual_upper - actual_lower) / (2 * ' ~ z95() ~ '), 0)',
                    'coalesce((path_baseline_upper - path_baseline_lower) / (2 * ' ~ z95() ~ '), 0)', side
                ) }}
        end as plan_{{ side }},
        {% endfor -%}
        coalesce(favourable * (actual_value - target_value) >= 0, false) as is_reached,
        coalesce(
            favourable * (case when favourable > 0 then actual_lower else actual_upper end - target_value) >= 0, false
        ) as is_reached_surely
    from unbroken
),

against_others as (
    select
        *,
        case
            when not is_measured_by_target then 'not_assessable'
            when actual_value is null then 'not_assessable'
            else {{ progress_status('plan_attainment', 'plan_lower', 'plan_upper', 'is_reached', 'is_reached_surely') }}
        end as status,
        effect - half_width as effect_lower,
        effect + half_width as effect_upper,
        slope_change - slope_half_width as slope_lower,
        slope_change + slope_half_width as slope_upper,
        case
            when design = 'did' or (design = 'its' and half_width is not null)
                then {{ effect_class('(effect - half_width)', '(effect + half_width)', 'favourable') }}
        end as effect_class
    from against_path
)

select
    * exclude (shown_value) replace (shown_value as actual_value),
    case
        when design = 'plan_actual' and is_path_broken and shown_value is not null
            then 'Seit dem Ausgangswert wird anders gezählt (Bruch der Zeitreihe).'
        when design = 'did' and is_change_broken
            then 'Zwischen Ausgangswert und Bewertung wird anders gezählt (Bruch der Zeitreihe).'
        when design = 'plan_actual' and actual_value is null
            then 'Für den Zeitraum der Bewertung liegt kein Wert vor.'
        when design = 'did' and statistic not in ('proportion', 'rate')
            then 'Der Vergleich braucht Zähler und Nenner, diese Kennzahl hat keine.'
        when design in ('did', 'its') and favourable is null
            then 'Es ist nicht gesagt, ob ein höherer oder ein niedrigerer Wert besser ist.'
        when design = 'its' and half_width is null
            then format(
                'Vor dem Beginn liegen {} Werte vor, danach {}; nötig sind {{ fewest_its_points('before') }} und '
                '{{ fewest_its_points('after') }}. Die Zeitreihe wird nur beschrieben.', n_points_before, n_points_after
            )
        when design = 'did' and excludes_neighbours and not has_known_neighbours
            then 'Nachbargebiete sollen nicht verglichen werden, ohne Umrisse sind sie aber nicht bekannt.'
        when design = 'did' and effect is null
            then 'Für das Gebiet oder seine Vergleichsgebiete fehlen Werte.'
        when design = 'did' and half_width is null
            then 'Es gibt nur ' || n_donors || ' geeignete Vergleichsgebiete, nötig sind mindestens 20.'
    end as reason_de,
    case
        when design = 'plan_actual' and is_path_broken and shown_value is not null
            then 'What is counted changed since the baseline (break of the series).'
        when design = 'did' and is_change_broken
            then 'What is counted changed between baseline and evaluation (break of the series).'
        when design = 'plan_actual' and actual_value is null then 'There is no value for the period of the evaluation.'
        when design = 'did' and statistic not in ('proportion', 'rate')
            then 'The comparison needs numerator and denominator, which this indicator does not have.'
        when design in ('did', 'its') and favourable is null
            then 'It is not said whether a higher or a lower value is better.'
        when design = 'its' and half_width is null
            then format(
                'There are {} values before the beginning and {} after it; {{ fewest_its_points('before') }} and '
                '{{ fewest_its_points('after') }} are needed. The series is only described.',
                n_points_before, n_points_after
            )
        when design = 'did' and excludes_neighbours and not has_known_neighbours
            then 'Neighbours are not to be compared with, but without outlines they are not known.'
        when design = 'did' and effect is null then 'Values of the area or of its comparison areas are missing.'
        when design = 'did' and half_width is null
            then 'There are only ' || n_donors || ' eligible comparison areas; at least 20 are needed.'
    end as reason_en
from against_others
