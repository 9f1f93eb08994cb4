{# True where the series of an indicator in an area is broken between two years, and not bridged: what is counted from
   the break on is not what was counted before. breaks: a CTE of stg_workspace__series_breaks; first and last: years. #}
{% macro is_broken(indicator_id, area_id, first, last) -%}
    exists(
        select 1
        from breaks
        where
            breaks.indicator_id = {{ indicator_id }}
            and not breaks.is_bridged
            and {{ period_year('breaks.period_id') }} > {{ first }}
            and {{ period_year('breaks.period_id') }} <= {{ last }}
            and (breaks.area_ids is null or list_contains(breaks.area_ids, {{ area_id }}))
    )
{%- endmacro %}
