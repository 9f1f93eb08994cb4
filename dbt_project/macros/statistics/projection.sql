{# Straight line through the last 4 to 8 points, drawn on to a later time, with its 95 % prediction interval.
   ys, ts: lists of doubles, oldest first, 4 to 8 of them; at: the time of the projection. side: middle, lower, upper, or
   error, the standard error of the prediction. Transform shares to log-odds first and back afterwards, so that the
   projection stays a share.
   Source: Draper and Smith 1998, Applied Regression Analysis, p. 80. #}
{% macro projection(ys, ts, at, side) -%}
    {%- set k = "cast(len(" ~ ys ~ ") as double)" -%}
    {%- set mean_t = "(list_sum(" ~ ts ~ ") / " ~ k ~ ")" -%}
    {%- set mean_y = "(list_sum(" ~ ys ~ ") / " ~ k ~ ")" -%}
    {%- set stt = "list_sum(list_transform(" ~ ts ~ ", lambda t : pow(t - " ~ mean_t ~ ", 2)))" -%}
    {%- set sty = "list_sum(list_transform(" ~ ts ~ ", lambda t, i : (t - " ~ mean_t ~ ") * " ~ ys ~ "[i]))" -%}
    {%- set syy = "list_sum(list_transform(" ~ ys ~ ", lambda y : pow(y - " ~ mean_y ~ ", 2)))" -%}
    {%- set residual = "sqrt(greatest(" ~ syy ~ " - pow(" ~ sty ~ ", 2) / " ~ stt ~ ", 0) / (" ~ k ~ " - 2))" -%}
    {#- Quantiles .975 of Student's t with 2 to 6 degrees of freedom. -#}
    {%- set quantile = "([4.302652729749464, 3.182446305283708, 2.776445105197793, 2.570581835636314, 2.446911851144969])[len("
        ~ ys ~ ") - 3]" -%}
    {%- set error = residual ~ "\n    * sqrt(1 + 1 / " ~ k ~ " + pow(" ~ at ~ " - " ~ mean_t ~ ", 2) / " ~ stt ~ ")" -%}
    {% if side == 'error' -%}
    {{ error }}
    {%- else -%}
    {{ mean_y }} + {{ sty }} / {{ stt }} * ({{ at }} - {{ mean_t }})
    {%- if side != 'middle' %}
    {{ '-' if side == 'lower' else '+' }} {{ quantile }} * {{ error }}
    {%- endif %}
    {%- endif %}
{%- endmacro %}

{# Probability that Student's t with 2 to 6 degrees of freedom (a line through 4 to 8 points) is at most x.
   Source: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4. #}
{% macro t_distribution(x, degrees) -%}
    {%- set angle = "atan(" ~ x ~ " / sqrt(" ~ degrees ~ "))" -%}
    {%- set c = "cos(" ~ angle ~ ")" -%}
    {%- set s = "sin(" ~ angle ~ ")" -%}
    case {{ degrees }}
        when 2 then 0.5 + {{ s }} / 2
        when 3 then 0.5 + ({{ angle }} + {{ s }} * {{ c }}) / pi()
        when 4 then 0.5 + {{ s }} / 2 * (1 + pow({{ c }}, 2) / 2)
        when 5 then 0.5 + ({{ angle }} + {{ s }} * {{ c }} * (1 + 2 * pow({{ c }}, 2) / 3)) / pi()
        when 6 then 0.5 + {{ s }} / 2 * (1 + pow({{ c }}, 2) / 2 + 3 * pow({{ c }}, 4) / 8)
    end
{%- endmacro %}

{# Probability that a value drawn on (its middle and the error of the prediction) lies from low to high, either of which may
   be infinite. A line without any error is certain. #}
{% macro chance_within(middle, error, low, high, degrees) -%}
    (
        {{ t_distribution("((" ~ high ~ " - " ~ middle ~ ") / greatest(" ~ error ~ ", 1e-12))", degrees) }}
        - {{ t_distribution("((" ~ low ~ " - " ~ middle ~ ") / greatest(" ~ error ~ ", 1e-12))", degrees) }}
    )
{%- endmacro %}

{# The word for a chance; a few points allow no finer one. #}
{% macro forecast_class(chance) -%}
    case when {{ chance }} > 0.66 then 'likely' when {{ chance }} < 0.33 then 'unlikely' else 'toss_up' end
{%- endmacro %}

{% macro log_odds(share) -%} ln({{ share }} / (1 - {{ share }})) {%- endmacro %}
{% macro from_log_odds(odds) -%} (1 / (1 + exp(-({{ odds }})))) {%- endmacro %}

{# A bound as the log-odds of a share: infinite where it lies at or beyond 0 or 1, which no line in log-odds reaches. #}
{% macro log_odds_bound(share) -%}
    case
        when {{ share }} <= 0 then cast('-infinity' as double)
        when {{ share }} >= 1 then cast('infinity' as double)
        else {{ log_odds(share) }}
    end
{%- endmacro %}
