{# Limits of a count: exact Poisson below 10 events (from a table of chi-square quantiles), Byar from 10 on.
   events x >= 0, a whole number; side: lower or upper; z: quantile; level: 95 or 998.
   Divide by the denominator for the limits of a rate.
   Source: Breslow and Day 1987, p. 69 (Byar); exact limits: half chi-square quantiles with 2x and 2x + 2 degrees. #}
{% macro poisson_limit(events, z, level, side) -%}
    {%- set exact = {
        ('95', 'lower'): [0, 0.0253178080, 0.2422092785, 0.6186721229, 1.0898653736, 1.6234863901, 2.2018942535,
                          2.8143630515, 3.4538321767, 4.1153730974],
        ('95', 'upper'): [3.6888794541, 5.5716433909, 7.2246876677, 8.7672730697, 10.2415886754, 11.6683320793,
                          13.0594740225, 14.4226753617, 15.7631892202, 17.0848034514],
        ('998', 'lower'): [0, 0.0010005003, 0.0454020178, 0.1905333776, 0.4285524136, 0.7393717319, 1.1071046603,
                           1.5203362604, 1.9708139217, 2.4524244044],
        ('998', 'upper'): [6.9077552790, 9.2334134765, 11.2288722424, 13.0622407792, 14.7941492225, 16.4547452037,
                           18.0616368402, 19.6261773954, 21.1561981658, 22.6573733091],
    }[(level, side)] -%}
    {%- set x = "cast(" ~ events ~ " as double)" -%}
    case
        when {{ events }} is null then null
        when {{ events }} < 10 then ({{ exact }})[cast({{ events }} as integer) + 1]
        {% if side == 'lower' -%}
        else {{ x }} * pow(1 - 1 / (9 * {{ x }}) - {{ z }} / (3 * sqrt({{ x }})), 3)
        {%- else -%}
        else ({{ x }} + 1) * pow(1 - 1 / (9 * ({{ x }} + 1)) + {{ z }} / (3 * sqrt({{ x }} + 1)), 3)
        {%- endif %}
    end
{%- endmacro %}
