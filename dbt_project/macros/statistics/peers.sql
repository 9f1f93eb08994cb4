{# Peer areas ("ähnliche Gebiete"): the k nearest areas of the same level in the space of standardised context indicators.
   Euclid on z values, every indicator with the same weight; context, because what policy is judged by must not choose whom
   it is compared with. Source: CIPFA Nearest Neighbours Model 2021 and Public Health England, Fingertips ("similar areas"). #}

{# z value: distance to the unweighted mean of the level's areas in their (population) standard deviations. values: list of
   the doubles of all areas, in a fixed order. NULL where all areas are the same. #}
{% macro standardised(value, mean, deviation) -%}
    ({{ value }} - {{ mean }}) / nullif({{ deviation }}, 0)
{%- endmacro %}

{% macro population_deviation(values, mean) -%}
    sqrt(list_sum(list_transform({{ values }}, lambda v : pow(v - {{ mean }}, 2))) / len({{ values }}))
{%- endmacro %}

{# Distance of two areas from the list of their differences in z: root of the mean square, so that pairs of which one
   value is hidden stay comparable. Rounded to 6 decimals: what is nearer by less than that is equally near, and neither
   the last bits nor the order of rows decide; ties are then broken by area_id. #}
{% macro peer_distance(differences) -%}
    round(sqrt(list_sum(list_transform({{ differences }}, lambda d : d * d)) / len({{ differences }})), 6)
{%- endmacro %}
