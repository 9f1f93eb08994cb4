{# Floating catchment areas: what a place offers, shared among all who can reach it, then added up over all places that
   an area can reach. Two steps; sum over areas of population times score = sum of the supply that somebody reaches. #}

{# How much an area at a distance belongs to a catchment: 1 inside, 0 outside.
   Source: Luo and Wang (2003), Measures of spatial accessibility to health care in a GIS environment (2SFCA). #}
{% macro catchment_weight(distance, catchment) -%}
    case when {{ distance }} <= {{ catchment }} then 1.0 else 0.0 end
{%- endmacro %}

{# The same in three zones of equal width: 1, 0.68 and 0.22, so that who lives further away shares less.
   Source: Luo and Qi (2009), An enhanced two-step floating catchment area method (E2SFCA), slow decay. #}
{% macro zoned_catchment_weight(distance, catchment) -%}
    case
        when 3 * {{ distance }} <= {{ catchment }} then 1.0
        when 3 * {{ distance }} <= 2 * {{ catchment }} then 0.68
        when {{ distance }} <= {{ catchment }} then 0.22
        else 0.0
    end
{%- endmacro %}

{# A sum of doubles in the order of a key: the same rows give the same bits for any thread count. #}
{% macro ordered_sum(expression, key) -%}
    list_sum(list({{ expression }} order by {{ key }}))
{%- endmacro %}
