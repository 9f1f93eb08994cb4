-- The data dictionary: every column of every published table, read from the documented models at compile time.
{% set rows = [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() | sort(attribute='name') -%}
        {%- if node.resource_type == 'model' and node.schema == 'main' -%}
            {%- for column in node.columns.values() -%}
                {%- do rows.append((node.name, column)) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif -%}
{% for table_name, column in rows %}
select
    {{ text(table_name) }} as table_name,
    {{ text(column.name) }} as column_name,
    {{ text(column.data_type) }} as type,
    cast({{ text(column.config.meta.get('unit') if column.config else none) }} as varchar) as unit,
    {{ text(column.description) }} as description
{{ 'union all' if not loop.last }}
{% else %}
select
    cast(null as varchar) as table_name,
    cast(null as varchar) as column_name,
    cast(null as varchar) as type,
    cast(null as varchar) as unit,
    cast(null as varchar) as description
where false
{% endfor %}
