{# Rules of progress beside the linear one: what a target's progress_method may say. Each gives a ratio whose word is
   progress_class (progress.sql), and its 95 % limits. #}

{# Compound annual growth: the factor a year less 1; years > 0, both values above 0. #}
{% macro cagr(from_value, to_value, years) -%}
    (pow({{ to_value }} / {{ from_value }}, 1 / cast({{ years }} as double)) - 1)
{%- endmacro %}

{# Observed over required compound annual growth, in years since the baseline (gone) and from baseline to target (whole).
   Equals the method 2 of Open SDG and Statistics Canada (sign * direction * CAGR_o / |CAGR_r|) wherever the target lies in
   the favourable direction. What that method hides is refused: a zero is not replaced by 0.001, a target that is the
   baseline divides by nothing (NULL both), and the sign of the required growth is kept, so that a target the other way does
   not count as progress what moves away from it. It uses two points only, and says other things of a share than of its
   complement. Source: Open SDG, sdg-build, sdg/ProgressMeasure.py. #}
{% macro cagr_ratio(actual, baseline, target, gone, whole) -%}
    case
        when {{ actual }} >= 0 and {{ baseline }} > 0 and {{ target }} > 0 and {{ target }} <> {{ baseline }} and {{ gone }} > 0
            then {{ cagr(baseline, actual, gone) }} / {{ cagr(baseline, target, whole) }}
    end
{%- endmacro %}

{# 95 % limits of cagr_ratio: the rule at the limits of A and of B, one at a time, and the two distances from the ratio
   squared and added, as their errors are independent. NULL where the limits of B lie on both sides of T, or reach it: the
   required growth is then not different from zero. A missing limit of a value is the value.
   Source: Zou and Donner 2008, Statistics in Medicine 27, p. 1693 (MOVER). #}
{% macro cagr_ratio_limit(
    actual, actual_lower, actual_upper, baseline, baseline_lower, baseline_upper, target, gone, whole, side
) -%}
    {%- set extreme = 'least' if side == 'lower' else 'greatest' -%}
    {%- set lower = "coalesce(" ~ baseline_lower ~ ", " ~ baseline ~ ")" -%}
    {%- set upper = "coalesce(" ~ baseline_upper ~ ", " ~ baseline ~ ")" -%}
    {%- set ratio = cagr_ratio(actual, baseline, target, gone, whole) -%}
    case
        when ({{ target }} - {{ lower }}) * ({{ target }} - {{ upper }}) > 0 and {{ lower }} > 0
            then {{ ratio }} {{ '-' if side == 'lower' else '+' }} sqrt(
                pow({{ ratio }} - {{ extreme }}(
                    {{ ratio }},
                    {{ cagr_ratio("coalesce(" ~ actual_lower ~ ", " ~ actual ~ ")", baseline, target, gone, whole) }},
                    {{ cagr_ratio("coalesce(" ~ actual_upper ~ ", " ~ actual ~ ")", baseline, target, gone, whole) }}
                ), 2)
                + pow({{ ratio }} - {{ extreme }}(
                    {{ ratio }},
                    {{ cagr_ratio(actual, lower, target, gone, whole) }},
                    {{ cagr_ratio(actual, upper, target, gone, whole) }}
                ), 2)
            )
    end
{%- endmacro %}

{# The German sustainability rule: the mean of the last five annual changes, which is a fifth of the change since five years
   ago, goes on for the years left. The ratio is the share of the way still to go that this covers; 1 - ratio is the miss,
   in parts of |T - A|; below 0 the change goes the wrong way. NULL where nothing is left to go.
   Source: German Sustainable Development Strategy, status symbols of Destatis' indicator reports. #}
{% macro sustainability_ratio(actual, five_years_ago, target, years_left) -%}
    case
        when {{ target }} <> {{ actual }}
            then ({{ actual }} - {{ five_years_ago }}) / 5 * {{ years_left }} / ({{ target }} - {{ actual }})
    end
{%- endmacro %}

{# 95 % limits of sustainability_ratio (Fieller): A stands in both parts of the ratio, the value of five years ago in one. #}
{% macro sustainability_ratio_limit(actual, five_years_ago, target, years_left, actual_se, five_years_ago_se, side) -%}
    {%- set k = "(" ~ years_left ~ " / 5.0)" -%}
    {{ fieller_limit(
        "(" ~ k ~ " * (" ~ actual ~ " - " ~ five_years_ago ~ "))",
        "(" ~ target ~ " - " ~ actual ~ ")",
        "(pow(" ~ k ~ ", 2) * (pow(" ~ actual_se ~ ", 2) + pow(" ~ five_years_ago_se ~ ", 2)))",
        "pow(" ~ actual_se ~ ", 2)",
        "(-" ~ k ~ " * pow(" ~ actual_se ~ ", 2))",
        side
    ) }}
{%- endmacro %}
