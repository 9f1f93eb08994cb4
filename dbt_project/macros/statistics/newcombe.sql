{# Limits of the difference p1 - p2 of two independent proportions, as a fraction of 1, from their Wilson limits: unlike
   the textbook interval it never leaves -1 to 1 and is not of width zero at shares of 0 and 1.
   x1 of n1 and x2 of n2, 0 <= x <= n, n > 0; design_effect >= 1 of both; z: quantile of the normal distribution; side:
   lower or upper. NULL where one of the two has no denominator.
   Source: Newcombe 1998, Statistics in Medicine 17, p. 876 (method 10). #}
{% macro newcombe_limit(x1, n1, x2, n2, design_effect, z, side) -%}
    {%- set p1 = "(cast(" ~ x1 ~ " as double) / " ~ n1 ~ ")" -%}
    {%- set p2 = "(cast(" ~ x2 ~ " as double) / " ~ n2 ~ ")" -%}
    {%- set other = 'upper' if side == 'lower' else 'lower' -%}
    case
        when {{ n1 }} > 0 and {{ n2 }} > 0
            then {{ p1 }} - {{ p2 }} {{ '-' if side == 'lower' else '+' }} sqrt(
                pow({{ p1 }} - {{ wilson_limit(x1, n1, design_effect, z, side) }}, 2)
                + pow({{ wilson_limit(x2, n2, design_effect, z, other) }} - {{ p2 }}, 2)
            )
    end
{%- endmacro %}
