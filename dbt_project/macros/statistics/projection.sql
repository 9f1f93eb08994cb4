{# Straight line through the last 4 to 8 points, drawn on to a later time, with its 95 % prediction interval.
   ys, ts: lists of doubles, oldest first, 4 to 8 of them; at: the time of the projection. Transform shares to log-odds
   first and back afterwards, so that the projection stays a share.
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
    {{ mean_y }} + {{ sty }} / {{ stt }} * ({{ at }} - {{ mean_t }})
    {%- if side != 'middle' %}
    {{ '-' if side == 'lower' else '+' }} {{ quantile }} * {{ residual }}
    * sqrt(1 + 1 / {{ k }} + pow({{ at }} - {{ mean_t }}, 2) / {{ stt }})
    {%- endif %}
{%- endmacro %}

{% macro log_odds(share) -%} ln({{ share }} / (1 - {{ share }})) {%- endmacro %}
{% macro from_log_odds(odds) -%} (1 / (1 + exp(-({{ odds }})))) {%- endmacro %}
