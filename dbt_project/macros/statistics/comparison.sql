{# Comparison with a benchmark: similar while the benchmark lies within the interval, limits included.
   Neutral indicators are higher or lower, never better or worse. Without an interval nothing is compared.
   Source: Public Health England, Fingertips, comparator "single overlapping confidence interval". #}
{% macro compare_with_benchmark(benchmark, lower, upper, polarity) -%}
    case
        when {{ benchmark }} is null or {{ lower }} is null or {{ upper }} is null then 'not_compared'
        when {{ benchmark }} between {{ lower }} and {{ upper }} then 'similar'
        when {{ polarity }} = 'neutral' then case when {{ lower }} > {{ benchmark }} then 'higher' else 'lower' end
        when ({{ polarity }} = 'higher_better') = ({{ lower }} > {{ benchmark }}) then 'better'
        else 'worse'
    end
{%- endmacro %}
