{# Trend of five consecutive yearly values. measured, weights, events, trials: five SQL expressions each (doubles), oldest
   first; t is 1 to 5. A trend counts when chi-square (one degree of freedom) passes the 99.8 % point and no single year
   carries it: the slope on all five and on each four of them must have the same sign.
   Everything is written out in closed form: over rows of a whole city that is sixteen times as fast as lists.
   Source: Public Health England, Fingertips, recent trends (2018). #}

{# Sum over the five years of the product of some series, times t to a power; without year `left_out` (0: with all). #}
{% macro sum_of_five(factors, power=0, left_out=0) -%}
    {%- set terms = [] -%}
    {%- for t in range(1, 6) if t != left_out -%}
        {%- set parts = [] -%}
        {%- for series in factors -%}{%- do parts.append(series[t - 1]) -%}{%- endfor -%}
        {%- if power > 0 or not parts -%}{%- do parts.append((t ** power) | string) -%}{%- endif -%}
        {%- do terms.append(parts | join(' * ')) -%}
    {%- endfor -%}
    ({{ terms | join(' + ') }})
{%- endmacro %}

{# Proportions: chi-square for linear trend. events <= trials. #}
{% macro trend_chi_square_proportion(events, trials) -%}
    {%- set n, o = sum_of_five([trials]), sum_of_five([events]) -%}
    {%- set nt, nt2 = sum_of_five([trials], 1), sum_of_five([trials], 2) -%}
    {{ n }} * pow({{ n }} * {{ sum_of_five([events], 1) }} - {{ o }} * {{ nt }}, 2)
    / ({{ o }} * ({{ n }} - {{ o }}) * ({{ n }} * {{ nt2 }} - pow({{ nt }}, 2)))
{%- endmacro %}

{# Values with an interval: squared slope over its standard error, weighted by 1 / variance. #}
{% macro trend_chi_square_weighted(measured, weights) -%}
    {%- set w, wt, wt2 = sum_of_five([weights]), sum_of_five([weights], 1), sum_of_five([weights], 2) -%}
    pow({{ w }} * {{ sum_of_five([weights, measured], 1) }} - {{ wt }} * {{ sum_of_five([weights, measured]) }}, 2)
    / ({{ w }} * ({{ w }} * {{ wt2 }} - pow({{ wt }}, 2)))
{%- endmacro %}

{# Slope (up to a positive factor) of the years without `left_out`; weights none: equal weights. #}
{% macro trend_slope(measured, weights, left_out) -%}
    {%- set weighted = [weights] if weights else [] -%}
    ({{ sum_of_five(weighted, 0, left_out) }} * {{ sum_of_five(weighted + [measured], 1, left_out) }}
    - {{ sum_of_five(weighted, 1, left_out) }} * {{ sum_of_five(weighted + [measured], 0, left_out) }})
{%- endmacro %}

{# 1 or -1 where all six slopes rise or fall: of all five years and without each of them; else 0. #}
{% macro trend_direction(measured, weights=none) -%}
    {%- set slopes = [] -%}
    {%- for left_out in range(0, 6) -%}{%- do slopes.append(trend_slope(measured, weights, left_out)) -%}{%- endfor -%}
    case
        when least({{ slopes | join(', ') }}) > 0 then 1
        when greatest({{ slopes | join(', ') }}) < 0 then -1
        else 0
    end
{%- endmacro %}
