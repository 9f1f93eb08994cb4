{# What a cell says whose counts were carried from areas of an older state, one row per old area and its weight. Counts
   are carried by weight; what does not add up has a value only where the new area is one old area as a whole. #}
{% macro carried_status(status, weight, is_additive) -%}
    case
        when not bool_and({{ is_additive }}) and (count(*) > 1 or min({{ weight }}) < 1) then 'not_comparable'
        else {{ strongest_status(status) }}
    end
{%- endmacro %}

{# The flags of such a cell: what its parts carry, and `estimated` where a part went to several areas. #}
{% macro carried_flags(flags, weight) -%}
    list_sort(list_distinct(list_concat(
        {{ merged_flags(flags) }},
        case when min({{ weight }}) < 1 then ['estimated'] else cast([] as varchar[]) end
    )))
{%- endmacro %}
