{# Straight-line distance of two points in a projected system, in its unit. Euclid. #}
{% macro straight_distance(x, y, other_x, other_y) -%}
    sqrt(power({{ x }} - {{ other_x }}, 2) + power({{ y }} - {{ other_y }}, 2))
{%- endmacro %}

{# Largest median diameter of the cells at whose level distances may be measured: half the catchment. Wider cells place
   their residents further away than the distance that is to be judged (SPEC 4.9). #}
{% macro widest_cell(catchment) -%}
    ({{ catchment }} / 2.0)
{%- endmacro %}
