{# Ids of the indicators whose meta says `key: value`, one row each, read from the graph at compile time. No row where
   nobody says so. #}
{% macro indicators_with_meta(key, value) %}
    {%- set ids = [] -%}
    {%- if execute -%}
        {%- for metric in graph.metrics.values() | sort(attribute='name') if metric.config.meta.get(key) == value -%}
            {%- do ids.append(metric.name) -%}
        {%- endfor -%}
    {%- endif -%}
    select unnest(cast([
        {%- for id in ids %}{{ text(id) }}{{ ', ' if not loop.last }}{% endfor -%}
    ] as varchar[])) as indicator_id
{%- endmacro %}

{# Indicators with `standardise: <standard>`, and the ages [first, last] of `standardise_ages` (without it: all). #}
{% macro standardised_indicators(standard) %}
    {%- set rows = [] -%}
    {%- if execute -%}
        {%- for metric in graph.metrics.values() | sort(attribute='name')
            if metric.config.meta.get('standardise') == standard -%}
            {%- do rows.append((metric.name, metric.config.meta.get('standardise_ages', [0, var('oldest_age')]))) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for name, ages in rows %}
        select {{ text(name) }} as indicator_id, {{ ages[0] }} as first_age, {{ ages[1] }} as last_age
        {{ 'union all' if not loop.last }}
    {%- else %}
        select
            cast(null as varchar) as indicator_id, cast(null as integer) as first_age, cast(null as integer) as last_age
        where false
    {%- endfor %}
{%- endmacro %}
