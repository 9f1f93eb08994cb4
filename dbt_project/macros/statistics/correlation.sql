{# Rank correlation of two indicators over areas. Ranks are averages where values tie; they are kept doubled, as whole
   numbers, so that their sums are exact in any order. #}

{# Twice the average rank of a value among those of its partition (columns, comma separated), smallest first: the first
   plus the last place of all that tie with it. #}
{% macro doubled_rank(value, partition) -%}
    rank() over (partition by {{ partition }} order by {{ value }})
    + count(*) over (partition by {{ partition }} order by {{ value }})
{%- endmacro %}

{# Spearman's rho from n pairs of doubled ranks and the sums of their products and squares: the product-moment
   correlation of average ranks, which is right with ties. The sum of n doubled ranks is n (n + 1). NULL where all
   values of one indicator tie. Source: Kendall and Gibbons 1990, Rank Correlation Methods, chapter 3. #}
{% macro spearman_rho(n, sum_products, sum_squares_a, sum_squares_b) -%}
    {%- set centre = "pow(cast(" ~ n ~ " as double) * (" ~ n ~ " + 1), 2)" -%}
    ({{ n }} * cast({{ sum_products }} as double) - {{ centre }}) / nullif(
        sqrt({{ n }} * cast({{ sum_squares_a }} as double) - {{ centre }})
        * sqrt({{ n }} * cast({{ sum_squares_b }} as double) - {{ centre }}), 0)
{%- endmacro %}

{# Limits of rho from n pairs by Fisher's transformation. -1 < rho < 1 and n > 3, else NULL: without any disorder, nothing
   tells how much there could have been. side: lower or upper.
   Source of the standard error: Bonett and Wright 2000, Psychometrika 65, p. 24. #}
{% macro spearman_limit(rho, n, z, side) -%}
    case
        when abs({{ rho }}) < 1 and {{ n }} > 3
            then tanh(atanh({{ rho }}) {{ '-' if side == 'lower' else '+' }} {{ z }}
                * sqrt((1 + pow({{ rho }}, 2) / 2) / ({{ n }} - 3)))
    end
{%- endmacro %}

{# What must stand beside every correlation of areas. Source: Robinson 1950, American Sociological Review 15, p. 351. #}
{% macro ecological_note(language) -%}
    {{ text({'de': 'Gebietszusammenhang, kein Schluss auf Personen',
             'en': 'Association of areas, no conclusion about persons'}[language]) }}
{%- endmacro %}
