{# What a significant trend means by polarity: better, worse, for neutral indicators higher or lower. #}
{% macro evaluate_trend(trend, polarity) -%}
    case
        when {{ trend }} = 'no_significant_change' then 'similar'
        when {{ trend }} not in ('increasing', 'decreasing') then 'not_compared'
        when {{ polarity }} = 'neutral' then case when {{ trend }} = 'increasing' then 'higher' else 'lower' end
        when ({{ polarity }} = 'higher_better') = ({{ trend }} = 'increasing') then 'better'
        else 'worse'
    end
{%- endmacro %}
