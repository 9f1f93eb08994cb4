{# A text literal, quoted. #}
{% macro text(value) -%}
    {%- if value is none -%}null{%- else -%}'{{ (value | string) | replace("'", "''") }}'{%- endif -%}
{%- endmacro %}

{# A list of text literals, empty where there is none. #}
{% macro texts(values) -%}
    cast([{% for value in values or [] %}{{ text(value) }}{{ ', ' if not loop.last }}{% endfor %}] as varchar[])
{%- endmacro %}

{# A published double: rounded to 12 significant digits, so that the same inputs give the same bits on any machine. #}
{% macro round_significant(expression) -%}
    case
        when {{ expression }} = 0 then 0.0
        else round({{ expression }}, 11 - cast(floor(log10(abs({{ expression }}))) as integer))
    end
{%- endmacro %}

{# Whole metres as a reader writes them: 2.310 m in German, 2,310 m in English. #}
{% macro metres(expression, thousands) -%}
    replace(format('{:,}', cast(round({{ expression }}) as bigint)), ',', '{{ thousands }}') || ' m'
{%- endmacro %}

{# An English name inside a sentence: "Primary schools" as primary schools. #}
{% macro mid_sentence(name) -%}
    lower(left({{ name }}, 1)) || substr({{ name }}, 2)
{%- endmacro %}

{# Year of a period id: 2024, 2024-07 and 2023/24 give the first, 2021..2023 the last year. #}
{% macro period_year(period_id) -%}
    case
        when {{ period_id }} like '%..%' then cast(right({{ period_id }}, 4) as integer)
        else cast(left({{ period_id }}, 4) as integer)
    end
{%- endmacro %}

{# Calendar years that a period covers: 2021..2023 three, every other one. #}
{% macro period_years(period_id) -%}
    case
        when {{ period_id }} like '%..%'
            then cast(right({{ period_id }}, 4) as integer) - cast(left({{ period_id }}, 4) as integer) + 1
        when {{ period_id }} is not null then 1
    end
{%- endmacro %}

{# Id of the period of so many calendar years that ends with a year: 2021..2023, or 2023 for one. #}
{% macro window_period(year, window_years) -%}
    case
        when {{ window_years }} > 1 then ({{ year }} - {{ window_years }} + 1) || '..' || {{ year }}
        else cast({{ year }} as varchar)
    end
{%- endmacro %}

{# What a sum over cells says when not all of them hold a value: the strongest reason wins. Order: hidden by us,
   hidden by the source, comes later, not delivered, not applicable. #}
{% macro strongest_status(status) -%}
    case
        when bool_and({{ status }} = 'ok') then 'ok'
        when bool_or({{ status }} = 'suppressed_primary') then 'suppressed_primary'
        when bool_or({{ status }} = 'suppressed_source') then 'suppressed_source'
        when bool_or({{ status }} = 'pending') then 'pending'
        when bool_or({{ status }} = 'not_available') then 'not_available'
        else 'not_applicable'
    end
{%- endmacro %}

{# Whether an area version (with valid_from and valid_to) is valid on 31 December of a year: the year belongs to it. #}
{% macro is_valid_at_end_of(year, area) -%}
    ({{ area }}.valid_from is null or {{ area }}.valid_from <= make_date({{ year }}, 12, 31))
    and ({{ area }}.valid_to is null or {{ area }}.valid_to > make_date({{ year }}, 12, 31))
{%- endmacro %}

{# Flags of cells that are added up, each once. Few cells carry any: without the filter the empty lists of all others cost
   three times as much as the sum. #}
{% macro merged_flags(value_flags) -%}
    coalesce(
        list_sort(list_distinct(flatten(list({{ value_flags }}) filter (where {{ value_flags }} <> [])))),
        cast([] as varchar[])
    )
{%- endmacro %}

{# Last day of a period: of a month, else of its year. NULL without a period. #}
{% macro period_end(period_id) -%}
    case
        when {{ period_id }} like '____-__' then last_day(cast({{ period_id }} || '-01' as date))
        else make_date({{ period_year(period_id) }}, 12, 31)
    end
{%- endmacro %}
