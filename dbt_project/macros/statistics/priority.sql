{# Priority of areas: components become comparable as percentile ranks, and their weighted mean is the score. #}

{# Percentile rank from 0 to 100: the share of the other areas that are below, ties half each. lowest_rank: 1 = least
   urgent, ties share the lowest rank. NULL where there is nothing to compare with. #}
{% macro percentile_rank(lowest_rank, n_tied, n) -%}
    (100.0 * ({{ average_rank(lowest_rank, n_tied) }} - 1) / nullif({{ n }} - 1, 0))
{%- endmacro %}

{# A weight drawn evenly from 25 % below to 25 % above. u: evenly distributed between 0 and 1. #}
{% macro drawn_weight(weight, u) -%}
    ({{ weight }} * (0.75 + 0.5 * {{ u }}))
{%- endmacro %}
