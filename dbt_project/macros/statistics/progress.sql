{# Progress towards a target. baseline B at time t0, target T at time t1, actual A at time t, in points of the indicator;
   t0 < t1. The linear ratio is the default because it says the same of a share and of its complement, which a compound
   growth rate does not. Source: Open SDG, Statistics Canada (thresholds .95, .6, 0); Eurostat 2021. #}

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

{# Where the path of a target stands at t, by its kind; equal growth needs values above 0, else the path is linear. #}
{% macro target_path(kind, baseline, target, t0, t1, t) -%}
    case
        when {{ kind }} = 'geometric' and {{ baseline }} > 0 and {{ target }} > 0
            then {{ geometric_path(baseline, target, t0, t1, t) }}
        else {{ linear_path(baseline, target, t0, t1, t) }}
    end
{%- endmacro %}

{# Share of the way from baseline to target that is done: 1 = reached, above 1 exceeded, below 0 moved away. #}
{% macro attainment(actual, baseline, target) -%}
    case when {{ target }} <> {{ baseline }} then ({{ actual }} - {{ baseline }}) / ({{ target }} - {{ baseline }}) end
{%- endmacro %}

{# 95 % limits of the ratio (A - B) / (P - B) where A and B are uncertain (standard errors) and the target T is not: P moves
   with B, path_share = (P - B) / (T - B). NULL where the distance to the path is not different from zero (no bounded
   interval exists). side: lower or upper. Source: E. C. Fieller 1954, J. R. Stat. Soc. B 16, p. 175. #}
{% macro progress_ratio_limit(actual, baseline, target, path_share, actual_se, baseline_se, side) -%}
    {%- set z2 = "(" ~ z95() ~ " * " ~ z95() ~ ")" -%}
    {%- set n = "(" ~ actual ~ " - " ~ baseline ~ ")" -%}
    {%- set d = "(" ~ path_share ~ " * (" ~ target ~ " - " ~ baseline ~ "))" -%}
    {%- set vn = "(pow(" ~ actual_se ~ ", 2) + pow(" ~ baseline_se ~ ", 2))" -%}
    {%- set vd = "pow(" ~ path_share ~ " * " ~ baseline_se ~ ", 2)" -%}
    {%- set cov = "(" ~ path_share ~ " * pow(" ~ baseline_se ~ ", 2))" -%}
    {%- set a = "(pow(" ~ d ~ ", 2) - " ~ z2 ~ " * " ~ vd ~ ")" -%}
    {%- set b = "(" ~ n ~ " * " ~ d ~ " - " ~ z2 ~ " * " ~ cov ~ ")" -%}
    {%- set c = "(pow(" ~ n ~ ", 2) - " ~ z2 ~ " * " ~ vn ~ ")" -%}
    case
        when {{ path_share }} > 0 and {{ a }} > 0
            then ({{ b }} {{ '-' if side == 'lower' else '+' }} sqrt(greatest(pow({{ b }}, 2) - {{ a }} * {{ c }}, 0))) / {{ a }}
    end
{%- endmacro %}

{# The word for a ratio of progress: by its value, with the suffix _uncertain when its interval spans a boundary or has
   no bound. is_reached: the target is met, with polarity; is_reached_surely: so are both limits of the actual value. #}
{% macro progress_status(ratio, lower, upper, is_reached, is_reached_surely) -%}
    case
        when {{ is_reached }} and {{ is_reached_surely }} then 'achieved'
        when {{ is_reached }} then 'achieved_uncertain'
        when {{ ratio }} is null then 'not_assessable'
        else
            {{ progress_class(ratio) }}
            || case
                when {{ lower }} is null or {{ progress_class(lower) }} <> {{ progress_class(upper) }} then '_uncertain'
                else ''
            end
    end
{%- endmacro %}

{% macro progress_class(ratio) -%}
    case
        when {{ ratio }} >= 0.95 then 'on_track'
        when {{ ratio }} >= 0.6 then 'acceleration_needed'
        when {{ ratio }} >= 0 then 'insufficient'
        else 'moving_away'
    end
{%- endmacro %}

{# What was attained at the end of an evaluation: by attainment Z. #}
{% macro attainment_verdict(attained) -%}
    case
        when {{ attained }} is null then 'not_assessable'
        when {{ attained }} >= 1 then 'attained'
        when {{ attained }} >= 0.6 then 'partly'
        else 'not_attained'
    end
{%- endmacro %}
