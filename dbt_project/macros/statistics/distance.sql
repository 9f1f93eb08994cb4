{# Straight-line distance of two points in a projected system, in its unit. Euclid. #}
{% macro straight_distance(x, y, other_x, other_y) -%}
    sqrt(power({{ x }} - ({{ other_x }}), 2) + power({{ y }} - ({{ other_y }}), 2))
{%- endmacro %}

{# Largest median diameter of the cells at whose level distances may be measured: half the catchment. Wider cells place
   their residents further away than the distance that is to be judged (SPEC 4.9). #}
{% macro widest_cell(catchment) -%}
    ({{ catchment }} / 2.0)
{%- endmacro %}

{# Distance of a point from the straight piece between two others, in the unit of the projected system. Euclid. #}
{% macro distance_from_piece(x, y, from_x, from_y, to_x, to_y) -%}
    {%- set length = "(power(" ~ to_x ~ " - " ~ from_x ~ ", 2) + power(" ~ to_y ~ " - " ~ from_y ~ ", 2))" -%}
    {%- set along -%}
        coalesce(greatest(0, least(1, (
            ({{ x }} - {{ from_x }}) * ({{ to_x }} - {{ from_x }}) + ({{ y }} - {{ from_y }}) * ({{ to_y }} - {{ from_y }})
        ) / nullif({{ length }}, 0))), 0)
    {%- endset -%}
    {{ straight_distance(
        x, y,
        from_x ~ " + " ~ along ~ " * (" ~ to_x ~ " - " ~ from_x ~ ")",
        from_y ~ " + " ~ along ~ " * (" ~ to_y ~ " - " ~ from_y ~ ")"
    ) }}
{%- endmacro %}
