{# Quantiles are literals: DuckDB has no normal or chi-square functions. #}
{% macro z95() %}1.959963984540054{% endmacro %}
{% macro z998() %}3.090232306167813{% endmacro %}
{% macro chi_square_998() %}9.549535706083241{% endmacro %}
