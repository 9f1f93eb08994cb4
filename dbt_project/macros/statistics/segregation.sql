{# Uneven distribution of a group over the areas of one level. Each measure is a sum of one part per area; a = group in
   the area, t = all in the area, group_total = A, total = T, rest B = T - A; 0 <= a <= t, t > 0, 0 < A < T.
   All measures depend on the size of the areas: never compare levels.
   Source: Massey and Denton 1988, Social Forces 67, p. 283; Theil 1972, Statistical Decomposition Analysis, chapter 2. #}

{# Sum of parts between -1 and 1 as decimal numbers: the same bits in any order of rows, at the price of what lies beyond
   the 18th decimal. #}
{% macro exact_sum(part) -%} cast(sum(cast({{ part }} as decimal(38, 18))) as double) {%- endmacro %}

{# Dissimilarity D, half the sum of |a/A - b/B|: the share of the group that would have to move to be spread like the
   rest. Part of one area. #}
{% macro dissimilarity_part(a, t, group_total, total) -%}
    abs(cast({{ a }} as double) / {{ group_total }} - cast({{ t }} - {{ a }} as double) / ({{ total }} - {{ group_total }})) / 2
{%- endmacro %}

{# Its expectation if chance alone had placed the group: all ways to choose A of the T persons are equally likely, so a is
   hypergeometric with mean t A / T, and |a/A - b/B| = T / (A B) |a - t A / T|. The expectation is exact, not simulated:
   linear in the mean absolute deviations. Persons are placed one by one; where they come in households the true
   expectation is higher. The observed D of small groups lies far above 0 without any segregation: read the two together.
   Source: Winship 1977, Social Forces 55, p. 1059 (expected D); Cortese, Falk and Cohen 1976, Am. Soc. Rev. 41, p. 632. #}
{% macro dissimilarity_expected_part(t, group_total, total) -%}
    {{ hypergeometric_deviation(t, group_total, total) }}
    * {{ total }} / (2 * cast({{ group_total }} as double) * ({{ total }} - {{ group_total }}))
{%- endmacro %}

{# E|X - mean| of a hypergeometric count X: draws n from a population N with K successes, whole numbers. The sum of
   (x - mean) P(x) from m = floor(mean) + 1 on telescopes to m (N - K - n + m) / N * P(m), and the deviation is twice that.
   Source: Diaconis and Zabell 1991, Statistical Science 6, p. 284 (De Moivre's closed form and its kin). #}
{% macro hypergeometric_deviation(draws, successes, population) -%}
    {%- set n = "cast(" ~ draws ~ " as bigint)" -%}
    {%- set k = "cast(" ~ successes ~ " as bigint)" -%}
    {%- set all = "cast(" ~ population ~ " as bigint)" -%}
    {%- set m = "(" ~ n ~ " * " ~ k ~ " // " ~ all ~ " + 1)" -%}
    case
        when {{ m }} > least({{ n }}, {{ k }}) then 0.0
        else 2.0 * {{ m }} * ({{ all }} - {{ k }} - {{ n }} + {{ m }}) / {{ all }} * exp(
            {{ log_choose(k, m) }} + {{ log_choose(all ~ " - " ~ k, n ~ " - " ~ m) }} - {{ log_choose(all, n) }}
        )
    end
{%- endmacro %}

{# Logarithm of the number of ways to choose k of n. #}
{% macro log_choose(n, k) -%}
    (lgamma({{ n }} + 1) - lgamma({{ k }} + 1) - lgamma(({{ n }}) - ({{ k }}) + 1))
{%- endmacro %}

{# Isolation P*, the sum of a/A * a/t: the share of the group among the neighbours of one of its members. Part of one area. #}
{% macro isolation_part(a, t, group_total) -%}
    cast({{ a }} as double) / {{ group_total }} * {{ a }} / {{ t }}
{%- endmacro %}

{# Its expectation under the same random placing over n areas: P + (1 - P) (n - 1) / (T - 1), from the variance of the
   hypergeometric count. #}
{% macro isolation_expected(n_areas, group_total, total) -%}
    (cast({{ group_total }} as double) / {{ total }}
    + (1 - cast({{ group_total }} as double) / {{ total }}) * ({{ n_areas }} - 1) / ({{ total }} - 1))
{%- endmacro %}

{# Gini index of the share, weighted by persons: sum of t_i t_j |p_i - p_j| over 2 T^2 P (1 - P) would be the index of
   segregation; here, as for incomes, over 2 T^2 P: 0 = the same share everywhere. cumulated: running sum of t in
   ascending order of the share, this area included. Part of one area. #}
{% macro gini_part(a, t, cumulated, group_total, total) -%}
    cast({{ a }} as double) * (2 * {{ cumulated }} - {{ t }} - {{ total }}) / {{ total }} / {{ group_total }}
{%- endmacro %}

{# Theil's H: 1 - sum of t E(p) / (T E(P)), E the entropy of a share: 0 = the same mix everywhere, 1 = nobody mixes. Part
   of one area. #}
{% macro theil_part(a, t, group_total, total) -%}
    cast({{ t }} as double) / {{ total }} * (1 - {{ entropy(a, t) }} / {{ entropy(group_total, total) }})
{%- endmacro %}

{% macro entropy(a, t) -%}
    (
        case when {{ a }} > 0 then -cast({{ a }} as double) / {{ t }} * ln(cast({{ a }} as double) / {{ t }}) else 0.0 end
        + case
            when {{ a }} < {{ t }}
                then -cast({{ t }} - {{ a }} as double) / {{ t }} * ln(cast({{ t }} - {{ a }} as double) / {{ t }})
            else 0.0
        end
    )
{%- endmacro %}
