{# Wilson score limits of a proportion, as a fraction of 1.
   numerator 0 <= x <= denominator n, n > 0; design_effect >= 1 shrinks n to the number of independent units.
   side: lower or upper; z: quantile of the normal distribution.
   Source: E. B. Wilson 1927; APHO Technical Briefing 3, 2008. #}
{% macro wilson_limit(numerator, denominator, design_effect, z, side) -%}
    {%- set n = "(cast(" ~ denominator ~ " as double) / " ~ design_effect ~ ")" -%}
    {%- set x = "(cast(" ~ numerator ~ " as double) / " ~ design_effect ~ ")" -%}
    {%- set root = z ~ " * sqrt(greatest(" ~ z ~ " * " ~ z ~ " + 4 * " ~ x ~ " * (1 - " ~ x ~ " / " ~ n ~ "), 0))" -%}
    case
        when {{ denominator }} is null or {{ denominator }} <= 0 then null
        {% if side == 'lower' -%}
        when {{ numerator }} = 0 then 0.0
        else (2 * {{ x }} + {{ z }} * {{ z }} - {{ root }}) / (2 * ({{ n }} + {{ z }} * {{ z }}))
        {%- else -%}
        when {{ numerator }} = {{ denominator }} then 1.0
        else (2 * {{ x }} + {{ z }} * {{ z }} + {{ root }}) / (2 * ({{ n }} + {{ z }} * {{ z }}))
        {%- endif %}
    end
{%- endmacro %}
