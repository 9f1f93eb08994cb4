{# Comparison with a benchmark on two levels: similar while it lies within the 95 % interval; beyond the 99.8 % interval
   best or worst (neutral indicators: highest or lowest), between the two better or worse (higher or lower). Limits
   belong to the interval, as in compare_with_benchmark. Without both intervals nothing is compared.
   benchmark and limits in the same unit; lower_998 <= lower <= upper <= upper_998; polarity: higher_better,
   higher_worse or neutral.
   Source: Public Health England, Fingertips, comparator "single overlapping confidence interval, two levels". #}
{% macro compare_on_two_levels(benchmark, lower, upper, lower_998, upper_998, polarity) -%}
    case
        when {{ benchmark }} is null or {{ lower }} is null or {{ upper }} is null then 'not_compared'
        when {{ lower_998 }} is null or {{ upper_998 }} is null then 'not_compared'
        when {{ benchmark }} between {{ lower }} and {{ upper }} then 'similar'
        when {{ benchmark }} between {{ lower_998 }} and {{ upper_998 }}
            then {{ comparison_word(benchmark, lower, polarity, 'higher', 'lower', 'better', 'worse') }}
        else {{ comparison_word(benchmark, lower, polarity, 'highest', 'lowest', 'best', 'worst') }}
    end
{%- endmacro %}

{# The word for a value outside its interval: by side for neutral indicators, else by polarity. #}
{% macro comparison_word(benchmark, lower, polarity, above, below, good, bad) -%}
    case
        when {{ polarity }} = 'neutral' and {{ lower }} > {{ benchmark }} then '{{ above }}'
        when {{ polarity }} = 'neutral' then '{{ below }}'
        when ({{ polarity }} = 'higher_better') = ({{ lower }} > {{ benchmark }}) then '{{ good }}'
        else '{{ bad }}'
    end
{%- endmacro %}
