{# Schemas are named as configured: staging, intermediate, main. Everything in main is published. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name if custom_schema_name else target.schema }}
{%- endmacro %}
