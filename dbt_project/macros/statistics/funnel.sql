{# Funnel limits: between which shares an area with so many trials lies by chance if it is like the benchmark. They are
   the Wilson limits around the benchmark, not around the area's own share.
   benchmark 0 <= b <= 1 (a fraction of 1); trials n > 0; design_effect >= 1 shrinks n to the number of independent
   units; z: quantile of the normal distribution (z95 or z998); side: lower or upper. Result: a fraction of 1.
   The lower limit is written as product of the roots over the upper one: no difference of nearly equal numbers.
   NULL without a benchmark or trials and for a benchmark that is no proportion.
   Source: Spiegelhalter 2005, Statistics in Medicine 24, p. 1185; limits as in Fingertips (spc for proportions). #}
{% macro funnel_limit(benchmark, trials, design_effect, z, side) -%}
    {%- set n = "(cast(" ~ trials ~ " as double) / " ~ design_effect ~ ")" -%}
    {%- set b = "cast(" ~ benchmark ~ " as double)" -%}
    {%- set middle = "2 * " ~ n ~ " * " ~ b ~ " + " ~ z ~ " * " ~ z -%}
    {%- set root = z ~ " * sqrt(greatest(" ~ z ~ " * " ~ z ~ " + 4 * " ~ n ~ " * " ~ b ~ " * (1 - " ~ b ~ "), 0))" -%}
    case
        when {{ trials }} is null or {{ trials }} <= 0 or {{ benchmark }} is null then null
        when {{ benchmark }} < 0 or {{ benchmark }} > 1 then null
        {% if side == 'lower' -%}
        when {{ benchmark }} = 0 then 0.0
        else 2 * {{ n }} * {{ b }} * {{ b }} / ({{ middle }} + {{ root }})
        {%- else -%}
        when {{ benchmark }} = 1 then 1.0
        else ({{ middle }} + {{ root }}) / (2 * ({{ n }} + {{ z }} * {{ z }}))
        {%- endif %}
    end
{%- endmacro %}
