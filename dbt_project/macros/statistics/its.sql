{# Interrupted time series of one area, y = b0 + b1 t + b2 D + b3 (t - T0) D with D = 1 from T0 on: ordinary least squares.
   With level and slope both free after T0 the model is two straight lines, so each coefficient is a weighted sum of the
   values: b2 = line after less line before, both at T0; b3 = slope after less slope before. ts, ys: lists of doubles,
   oldest first; ts are whole years, a year may be missing; at least two points on either side of T0 (t0).
   Source: Wagner et al. 2002, J. Clin. Pharm. Ther. 27, p. 299. #}

{# Weights of the values, one per point: sum(weight * y) is the coefficient. coefficient: level or slope. #}
{% macro its_weights(ts, t0, coefficient) -%}
    list_transform({{ ts }}, lambda t : {{ its_side(ts, t0, coefficient) }})
{%- endmacro %}

{% macro its_side(ts, t0, coefficient) -%}
    case
        when t >= {{ t0 }} then {{ line_weight(later_of(ts, t0), t0, coefficient) }}
        else -({{ line_weight(earlier_of(ts, t0), t0, coefficient) }})
    end
{%- endmacro %}

{% macro earlier_of(ts, t0) -%} list_filter({{ ts }}, lambda u : u < {{ t0 }}) {%- endmacro %}
{% macro later_of(ts, t0) -%} list_filter({{ ts }}, lambda u : u >= {{ t0 }}) {%- endmacro %}

{# Weight of the point at t in a straight line through the points at ts: in its slope, or in its height at t0. #}
{% macro line_weight(ts, t0, coefficient) -%}
    {%- set mean = "list_avg(" ~ ts ~ ")" -%}
    {%- set spread = "list_sum(list_transform(" ~ ts ~ ", lambda u : pow(u - " ~ mean ~ ", 2)))" -%}
    {%- if coefficient == 'slope' -%}
    (t - {{ mean }}) / {{ spread }}
    {%- else -%}
    1.0 / len({{ ts }}) + ({{ t0 }} - {{ mean }}) * (t - {{ mean }}) / {{ spread }}
    {%- endif -%}
{%- endmacro %}

{# Sum of the products of two lists of one length. #}
{% macro products(xs, ys) -%}
    list_sum(list_transform({{ xs }}, lambda x, i : x * {{ ys }}[i]))
{%- endmacro %}

{# Distance of every value from its line. #}
{% macro its_residuals(ts, ys, t0) -%}
    list_transform(
        {{ ys }},
        lambda y, i : y - case
            when {{ ts }}[i] >= {{ t0 }} then {{ line_at(later_of(ts, t0), values_of(ts, ys, '>=', t0), ts ~ '[i]') }}
            else {{ line_at(earlier_of(ts, t0), values_of(ts, ys, '<', t0), ts ~ '[i]') }}
        end
    )
{%- endmacro %}

{% macro values_of(ts, ys, sign, t0) -%}
    list_filter({{ ys }}, lambda v, j : {{ ts }}[j] {{ sign }} {{ t0 }})
{%- endmacro %}

{% macro line_at(ts, ys, at) -%}
    list_avg({{ ys }}) + ({{ at }} - list_avg({{ ts }}))
    * list_sum(list_transform({{ ts }}, lambda u, k : (u - list_avg({{ ts }})) * {{ ys }}[k]))
    / list_sum(list_transform({{ ts }}, lambda u : pow(u - list_avg({{ ts }}), 2)))
{%- endmacro %}

{# Residuals as they would be had the line been drawn without the point: over 1 - leverage. Three points hold their line
   so fast that their residuals say little of their scatter (docs/decisions/0016).
   Source: MacKinnon and White 1985, J. Econometrics 29, p. 305. #}
{% macro left_out_residuals(ts, residuals, t0) -%}
    list_transform(
        {{ ts }},
        lambda t, i : {{ residuals }}[i] / (1 - case
            when t >= {{ t0 }} then {{ line_weight(later_of(ts, t0), 't', 'level') }}
            else {{ line_weight(earlier_of(ts, t0), 't', 'level') }}
        end)
    )
{%- endmacro %}

{# Newey-West standard error with lag 1 of a coefficient with these weights: the diagonal of the sandwich is the sum of
   squared terms weight * residual, plus the products of neighbouring years (Bartlett weight 1/2, hence once).
   residuals: left_out_residuals. Source: Newey and West 1987, Econometrica 55, p. 704. #}
{% macro newey_west_error(weights, residuals, ts) -%}
    sqrt(greatest(
        list_sum(list_transform({{ weights }}, lambda weight, i : pow(weight * {{ residuals }}[i], 2)
            + case
                when i > 1 and {{ ts }}[i] - {{ ts }}[i - 1] = 1
                    then weight * {{ residuals }}[i] * {{ weights }}[i - 1] * {{ residuals }}[i - 1]
                else 0
            end)),
        0
    ))
{%- endmacro %}

{# Its standard error where years scatter alike and independently: the least that is believed. residuals: its_residuals. #}
{% macro least_squares_error(weights, residuals) -%}
    sqrt(
        list_sum(list_transform({{ residuals }}, lambda residual : pow(residual, 2))) / (len({{ residuals }}) - 4)
        * list_sum(list_transform({{ weights }}, lambda weight : pow(weight, 2)))
    )
{%- endmacro %}

{# Quantile .975 of Student's t with so many degrees of freedom, at least 7 (8 and 3 points less four coefficients), to
   .001: expansion around the normal quantile. Source: Abramowitz and Stegun 1964, 26.7.5. #}
{% macro student_975(freedom) -%}
    {%- set z = z95() | float -%}
    ({{ z }} + {{ (z ** 3 + z) / 4 }} / ({{ freedom }})
    + {{ (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 }} / pow({{ freedom }}, 2)
    + {{ (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384 }} / pow({{ freedom }}, 3))
{%- endmacro %}

{# Fewest points before and from T0 on; with fewer the series is described and nothing is concluded. #}
{% macro fewest_its_points(side) -%} {{ 8 if side == 'before' else 3 }} {%- endmacro %}
