{# Composite indices: how components become comparable, add up and are cut into classes. #}

{# Mean and standard deviation of a list of doubles, in the order of the list: the same list gives the same bits.
   kind: population (divided by n) or sample (n - 1). Equal values have no deviation, whatever rounding says. #}
{% macro list_mean(listed) -%}
    (list_sum({{ listed }}) / len({{ listed }}))
{%- endmacro %}

{% macro list_deviation(listed, mean, kind) -%}
    case
        when list_min({{ listed }}) = list_max({{ listed }}) then 0.0
        else sqrt(
            list_sum(list_transform({{ listed }}, lambda member : pow(member - {{ mean }}, 2)))
            / (len({{ listed }}) - case when {{ kind }} = 'sample' then 1 else 0 end)
        )
    end
{%- endmacro %}

{# Standard score. NULL where nothing deviates: such a component says nothing and is dropped. #}
{% macro standard_score(measured, mean, deviation) -%}
    (({{ measured }} - {{ mean }}) / nullif({{ deviation }}, 0))
{%- endmacro %}

{# Exponential transformation of a rank: R = (N - rank + 1) / N in (0, 1], 1 = most deprived; the result lies in (0, 100].
   With the constant 23 only the most deprived tenth exceeds 50, so that components do not cancel each other out.
   rank: 1 = most deprived, ties share the average rank.
   Source: Scottish Index of Multiple Deprivation, technical report, appendix 5 (exponential transformation). #}
{% macro exponential_of_rank(rank, n, constant) -%}
    {{ exponential_of_share("((" ~ n ~ " - " ~ rank ~ " + 1) / cast(" ~ n ~ " as double))", constant) }}
{%- endmacro %}

{% macro exponential_of_share(share, constant) -%}
    (-cast({{ constant }} as double) * ln(1 - {{ share }} * (1 - exp(-100 / cast({{ constant }} as double)))))
{%- endmacro %}

{# Average rank from the lowest rank of a tie and the number of its members. #}
{% macro average_rank(lowest_rank, n_tied) -%}
    ({{ lowest_rank }} + ({{ n_tied }} - 1) / 2.0)
{%- endmacro %}

{# Whether a score lies between two cuts; a NULL cut is open. #}
{% macro lies_between_cuts(score, lower, upper, is_lower_inclusive, is_upper_inclusive) -%}
    (
        ({{ lower }} is null or {{ score }} > {{ lower }} or ({{ is_lower_inclusive }} and {{ score }} = {{ lower }}))
        and ({{ upper }} is null or {{ score }} < {{ upper }} or ({{ is_upper_inclusive }} and {{ score }} = {{ upper }}))
    )
{%- endmacro %}

{# A number in (0, 1) that depends on nothing but the key: the same draw for any thread count and row order, on any
   machine. 53 bits of md5, in the middle of their step. #}
{% macro uniform_of_key(key) -%}
    ((cast(md5_number_lower({{ key }}) >> 11 as double) + 0.5) / 9007199254740992.0)
{%- endmacro %}

{# Quantile of the standard normal distribution for 0 < p < 1, relative error below 1.15e-9. p: a column, no expression.
   DuckDB has no normal functions. Source: P. J. Acklam, An algorithm for computing the inverse normal cumulative
   distribution function, 2003. #}
{% macro normal_quantile(p) -%}
    {%- set tail -%}
        (((((-7.784894002430293e-03 * {q} - 3.223964580411365e-01) * {q} - 2.400758277161838e+00) * {q}
        - 2.549732539343734e+00) * {q} + 4.374664141464968e+00) * {q} + 2.938163982698783e+00)
        / ((((7.784695709041462e-03 * {q} + 3.224671290700398e-01) * {q} + 2.445134137142996e+00) * {q}
        + 3.754408661907416e+00) * {q} + 1.0)
    {%- endset -%}
    {%- set r = "pow(" ~ p ~ " - 0.5, 2)" -%}
    case
        when {{ p }} < 0.02425 then {{ tail | replace('{q}', "sqrt(-2 * ln(" ~ p ~ "))") }}
        when {{ p }} > 1 - 0.02425 then -({{ tail | replace('{q}', "sqrt(-2 * ln(1 - " ~ p ~ "))") }})
        else (
            (((((-3.969683028665376e+01 * {{ r }} + 2.209460984245205e+02) * {{ r }} - 2.759285104469687e+02) * {{ r }}
            + 1.383577518672690e+02) * {{ r }} - 3.066479806614716e+01) * {{ r }} + 2.506628277459239e+00)
            * ({{ p }} - 0.5)
            / (((((-5.447609879822406e+01 * {{ r }} + 1.615858368580409e+02) * {{ r }} - 1.556989798598866e+02) * {{ r }}
            + 6.680131188771972e+01) * {{ r }} - 1.328068155288572e+01) * {{ r }} + 1.0)
        )
    end
{%- endmacro %}

{# A value drawn from its 95 % interval: a normal draw whose spread is that of the side it falls on, because intervals
   of small counts are lopsided. Where the interval never goes below zero, neither does the draw. #}
{% macro draw_from_interval(measured, lower, upper, normal) -%}
    case
        when {{ lower }} is null or {{ upper }} is null then {{ measured }}
        when {{ normal }} >= 0 then {{ measured }} + {{ normal }} * ({{ upper }} - {{ measured }}) / {{ z95() }}
        when {{ lower }} < 0 then {{ measured }} + {{ normal }} * ({{ measured }} - {{ lower }}) / {{ z95() }}
        else greatest({{ measured }} + {{ normal }} * ({{ measured }} - {{ lower }}) / {{ z95() }}, 0)
    end
{%- endmacro %}
