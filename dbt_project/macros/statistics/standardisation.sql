{# Direct standardisation: the rate an area would have if its people were as old as a standard population. All three
   lists hold one double per stratum, in the same order: events >= 0, person_years > 0 (mid-year population times years),
   standard > 0 (weights; only their proportions count). Results are per person-year; times the multiplier of the
   indicator. NULL where a stratum has no person-years, or with fewer than 10 events in all: the weights then rest on
   single events (rule of Public Health England, PHEindicatormethods phe_dsr). #}
{% macro standardised_rate(events, person_years, standard) -%}
    case
        when {{ is_standardisable(events, person_years) }}
            then list_sum(list_transform({{ standard }}, lambda w, i : w * {{ events }}[i] / {{ person_years }}[i]))
                / list_sum({{ standard }})
    end
{%- endmacro %}

{% macro fewest_standardised_events() %}10{% endmacro %}

{% macro is_standardisable(events, person_years) -%}
    (list_min({{ person_years }}) > 0 and list_sum({{ events }}) >= {{ fewest_standardised_events() }})
{%- endmacro %}

{# Its limits: those of the total number of events, an exact Poisson or Byar interval, scaled by the ratio of the
   standard errors; no limit is below 0, which a rare stratum of great weight would lead to. z and level as in
   poisson_limit; side: lower or upper.
   Source: Dobson, Kuulasmaa, Eberle and Scherer 1991, Statistics in Medicine 10, p. 459. #}
{% macro dobson_limit(events, person_years, standard, z, level, side) -%}
    {%- set total = "list_sum(" ~ events ~ ")" -%}
    {%- set variance = "(list_sum(list_transform(" ~ standard ~ ", lambda w, i : w * w * " ~ events ~ "[i] / ("
        ~ person_years ~ "[i] * " ~ person_years ~ "[i]))) / pow(list_sum(" ~ standard ~ "), 2))" -%}
    case
        when {{ is_standardisable(events, person_years) }}
            then greatest(0, {{ standardised_rate(events, person_years, standard) }}
                + sqrt({{ variance }} / {{ total }}) * ({{ poisson_limit(total, z, level, side) }} - {{ total }}))
    end
{%- endmacro %}
