{# Trend of five consecutive yearly values. All arguments are lists of five doubles, oldest first; t is 1 to 5.
   A trend counts when chi-square (one degree of freedom) passes the 99.8 % point and no single year carries it:
   the slope on all five and on each four of them must have the same sign.
   Source: Public Health England, Fingertips, recent trends (2018). #}

{# Proportions: chi-square for linear trend. events <= trials. #}
{% macro trend_chi_square_proportion(events, trials) -%}
    list_sum({{ trials }}) * pow(
        list_sum({{ trials }}) * list_sum(list_transform({{ events }}, lambda v, i : v * i))
        - list_sum({{ events }}) * list_sum(list_transform({{ trials }}, lambda v, i : v * i)), 2
    ) / (
        list_sum({{ events }}) * (list_sum({{ trials }}) - list_sum({{ events }})) * (
            list_sum({{ trials }}) * list_sum(list_transform({{ trials }}, lambda v, i : v * i * i))
            - pow(list_sum(list_transform({{ trials }}, lambda v, i : v * i)), 2)
        )
    )
{%- endmacro %}

{# Values with an interval: squared slope over its standard error, weighted by 1 / variance. #}
{% macro trend_chi_square_weighted(measured, weights) -%}
    pow(
        list_sum({{ weights }}) * list_sum(list_transform({{ weights }}, lambda w, i : w * i * {{ measured }}[i]))
        - list_sum(list_transform({{ weights }}, lambda w, i : w * i))
        * list_sum(list_transform({{ weights }}, lambda w, i : w * {{ measured }}[i])), 2
    ) / (
        list_sum({{ weights }}) * (
            list_sum({{ weights }}) * list_sum(list_transform({{ weights }}, lambda w, i : w * i * i))
            - pow(list_sum(list_transform({{ weights }}, lambda w, i : w * i)), 2)
        )
    )
{%- endmacro %}

{# Signs of the six slopes: of all five points (k = 0) and without point k. #}
{% macro trend_slope_signs(measured, weights) -%}
    list_transform(range(0, 6), lambda k : sign(
        list_sum(list_transform({{ weights }}, lambda w, i : case when i = k then 0 else w end))
        * list_sum(list_transform({{ weights }}, lambda w, i : case when i = k then 0 else w * i * {{ measured }}[i] end))
        - list_sum(list_transform({{ weights }}, lambda w, i : case when i = k then 0 else w * i end))
        * list_sum(list_transform({{ weights }}, lambda w, i : case when i = k then 0 else w * {{ measured }}[i] end))
    ))
{%- endmacro %}
