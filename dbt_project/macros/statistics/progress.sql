{# Progress towards a target. baseline B at time t0, target T at time t1, actual A at time t, in points of the indicator;
   t0 < t1. The linear ratio is the default because it says the same of a share and of its complement, which a compound
   growth rate does not. Source: Open SDG, Statistics Canada (thresholds .95, .6, 0); Eurostat 2021. Other rules of
   progress: progress_rules.sql. #}

{# Where the linear path stands at t: baseline until t0, target from t1 on. #}
{% macro linear_path(baseline, target, t0, t1, t) -%}
    case
        when {{ t }} >= {{ t1 }} then {{ target }}
        when {{ t }} <= {{ t0 }} then {{ baseline }}
        else {{ baseline }} + ({{ target }} - {{ baseline }}) * ({{ t }} - {{ t0 }}) / ({{ t1 }} - {{ t0 }})
    end
{%- endmacro %}

{# The same with equal growth a year; baseline and target above 0. #}
{% macro geometric_path(baseline, target, t0, t1, t) -%}
    case
        when {{ t }} >= {{ t1 }} then {{ target }}
        when {{ t }} <= {{ t0 }} then {{ baseline }}
        else {{ baseline }} * pow({{ target }} / {{ baseline }}, ({{ t }} - {{ t0 }}) / cast({{ t1 }} - {{ t0 }} as double))
    end
{%- endmacro %}

{# The same through interim values (years: ascending between t0 and t1; as many numbers in interim): straight between them
   or, in steps, each value until the year of the next. #}
{% macro interim_path(is_in_steps, baseline, target, t0, t1, t, years, interim) -%}
    {%- set at = "list_concat(list_concat([cast(" ~ t0 ~ " as double)], " ~ years ~ "), [cast(" ~ t1 ~ " as double)])" -%}
    {%- set knots = "list_concat(list_concat([cast(" ~ baseline ~ " as double)], " ~ interim ~ "), [cast("
        ~ target ~ " as double)])" -%}
    {%- set i = "cast(1 + len(list_filter(" ~ years ~ ", lambda knot_year : knot_year <= " ~ t ~ ")) as integer)" -%}
    case
        when {{ t }} >= {{ t1 }} then {{ target }}
        when {{ t }} <= {{ t0 }} then {{ baseline }}
        when {{ is_in_steps }} then ({{ knots }})[{{ i }}]
        else ({{ knots }})[{{ i }}]
            + (({{ knots }})[{{ i }} + 1] - ({{ knots }})[{{ i }}])
            * ({{ t }} - ({{ at }})[{{ i }}]) / (({{ at }})[{{ i }} + 1] - ({{ at }})[{{ i }}])
    end
{%- endmacro %}

{# Where the path of a target stands at t, by its kind; equal growth needs values above 0, else the path is linear.
   Interim values override the kind: the path is straight between them, or stands still in steps. #}
{% macro target_path(kind, baseline, target, t0, t1, t, years='cast([] as double[])', interim='cast([] as double[])') -%}
    case
        when {{ kind }} = 'steps' or len({{ years }}) > 0
            then {{ interim_path(kind ~ " = 'steps'", baseline, target, t0, t1, t, years, interim) }}
        when {{ kind }} = 'geometric' and {{ baseline }} > 0 and {{ target }} > 0
            then {{ geometric_path(baseline, target, t0, t1, t) }}
        else {{ linear_path(baseline, target, t0, t1, t) }}
    end
{%- endmacro %}

{# How far a value lies outside a range: 0 within it, else the distance to the nearer bound; NULL of no value. #}
{% macro range_distance(value, low, high) -%}
    case when {{ value }} is not null then greatest({{ low }} - {{ value }}, {{ value }} - {{ high }}, 0) end
{%- endmacro %}

{# Share of the way from baseline to target that is done: 1 = reached, above 1 exceeded, below 0 moved away. #}
{% macro attainment(actual, baseline, target) -%}
    case when {{ target }} <> {{ baseline }} then ({{ actual }} - {{ baseline }}) / ({{ target }} - {{ baseline }}) end
{%- endmacro %}

{# 95 % limits of a ratio n / d of two uncertain numbers with variances vn, vd and covariance cov. NULL where the denominator
   is not different from zero (no bounded interval exists). side: lower or upper.
   Source: E. C. Fieller 1954, J. R. Stat. Soc. B 16, p. 175. #}
{% macro fieller_limit(n, d, vn, vd, cov, side) -%}
    {%- set z2 = "(" ~ z95() ~ " * " ~ z95() ~ ")" -%}
    {%- set a = "(pow(" ~ d ~ ", 2) - " ~ z2 ~ " * " ~ vd ~ ")" -%}
    {%- set b = "(" ~ n ~ " * " ~ d ~ " - " ~ z2 ~ " * " ~ cov ~ ")" -%}
    {%- set c = "(pow(" ~ n ~ ", 2) - " ~ z2 ~ " * " ~ vn ~ ")" -%}
    case
        when {{ a }} > 0
            then ({{ b }} {{ '-' if side == 'lower' else '+' }} sqrt(greatest(pow({{ b }}, 2) - {{ a }} * {{ c }}, 0))) / {{ a }}
    end
{%- endmacro %}

{# 95 % limits of the ratio (A - B) / (P - B) where A and B are uncertain (standard errors) and the target T is not: P moves
   with B, path_share = (P - B) / (T - B). NULL where the distance to the path is not different from zero. #}
{% macro progress_ratio_limit(actual, baseline, target, path_share, actual_se, baseline_se, side) -%}
    case
        when {{ path_share }} > 0
            then {{ fieller_limit(
                "(" ~ actual ~ " - " ~ baseline ~ ")",
                "(" ~ path_share ~ " * (" ~ target ~ " - " ~ baseline ~ "))",
                "(pow(" ~ actual_se ~ ", 2) + pow(" ~ baseline_se ~ ", 2))",
                "pow(" ~ path_share ~ " * " ~ baseline_se ~ ", 2)",
                "(" ~ path_share ~ " * pow(" ~ baseline_se ~ ", 2))",
                side
            ) }}
    end
{%- endmacro %}

{# The word for a ratio of progress: by its value, with the suffix _uncertain when its interval spans a boundary or has
   no bound. is_reached: the target is met, with polarity; is_reached_surely: so are both limits of the actual value. #}
{% macro progress_status(ratio, lower, upper, is_reached, is_reached_surely, method="'linear'") -%}
    case
        when {{ is_reached }} and {{ is_reached_surely }} then 'achieved'
        when {{ is_reached }} then 'achieved_uncertain'
        when {{ ratio }} is null then 'not_assessable'
        else
            {{ progress_class(ratio, method) }}
            || case
                when {{ lower }} is null or {{ progress_class(lower, method) }} <> {{ progress_class(upper, method) }}
                    then '_uncertain'
                else ''
            end
    end
{%- endmacro %}

{# Boundaries .95, .6 and 0; under the German rule a miss of less than 5 % is on track and one of up to 20 % slightly off. #}
{% macro progress_class(ratio, method="'linear'") -%}
    case
        when {{ ratio }} > 0.95 or ({{ ratio }} = 0.95 and {{ method }} <> 'sustainability') then 'on_track'
        when {{ ratio }} >= case when {{ method }} = 'sustainability' then 0.8 else 0.6 end then 'acceleration_needed'
        when {{ ratio }} >= 0 then 'insufficient'
        else 'moving_away'
    end
{%- endmacro %}

{# The word for what is to be kept, and has no way to go: kept or moving away. is_missed_surely: not even the better limit
   of the actual value is good enough. #}
{% macro maintained_status(is_reached, is_reached_surely, is_missed_surely) -%}
    case
        when {{ is_reached }} and {{ is_reached_surely }} then 'achieved'
        when {{ is_reached }} then 'achieved_uncertain'
        when {{ is_missed_surely }} then 'moving_away'
        else 'moving_away_uncertain'
    end
{%- endmacro %}

{# Share of the way from which a target counts as partly attained, where its goal sets no other. #}
{% macro partly_attained_from() %}0.6{% endmacro %}

{# What was attained at the end: all where the target is met, else by attainment Z; partly from a share of the way on. #}
{% macro attainment_verdict(attained, is_reached='false', partly_from=none) -%}
    case
        when {{ attained }} is null then 'not_assessable'
        when {{ attained }} >= 1 or {{ is_reached }} then 'attained'
        when {{ attained }} >= {{ partly_from or partly_attained_from() }} then 'partly'
        else 'not_attained'
    end
{%- endmacro %}
