{# Cells of the planning register, landed as text. An empty cell is absent. #}
{% macro filled(column) -%}
    nullif({{ column }}, '')
{%- endmacro %}

{# Parts joined by |; an empty list where the cell is empty. #}
{% macro listed(column) -%}
    case when {{ column }} = '' then cast([] as varchar[]) else string_split({{ column }}, '|') end
{%- endmacro %}

{% macro day(column) -%}
    cast(nullif({{ column }}, '') as date)
{%- endmacro %}

{% macro number(column) -%}
    cast(nullif({{ column }}, '') as decimal(28, 6))
{%- endmacro %}

{% macro whole(column) -%}
    cast(nullif({{ column }}, '') as integer)
{%- endmacro %}

{# The number of a published release; NULL where the value is quoted from before the first release, or absent. #}
{% macro release_number(column) -%}
    cast(nullif(nullif({{ column }}, 'quoted'), '') as bigint)
{%- endmacro %}

{# true or false; an empty cell is false. #}
{% macro flag(column) -%}
    coalesce(cast(nullif({{ column }}, '') as boolean), false)
{%- endmacro %}

{# A title of the register, with the words that nobody decided on it where the row is an example: they go wherever the
   title goes. #}
{% macro titled(relation, kind, language) -%}
    {%- set words = {
        'goal': {'de': 'Beispielziel, nicht beschlossen', 'en': 'example goal, not adopted'},
    }.get(kind, {'de': 'Beispiel, nicht beschlossen', 'en': 'example, not decided'}) -%}
    {{ relation }}.title_{{ language }} || case when {{ relation }}.example then ' ({{ words[language] }})' else '' end
{%- endmacro %}
