{# The metric definitions as rows, read from the graph at compile time: the mart and MetricFlow cannot disagree. #}

{% macro compiled_variables() %}
    {%- set rows = [] -%}
    {%- if execute -%}
        {%- for model in graph.semantic_models.values() | sort(attribute='name') -%}
            {%- for measure in model.measures -%}
                {%- do rows.append((model.name, measure)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for block, measure in rows %}
        {%- set meta = measure.config.meta -%}
        {%- set derive = meta.get('derive', {}) %}
        select
            {{ text(measure.name) }} as variable_id,
            {{ text(block) }} as metrics_file,
            {{ text(measure.label) }} as name_de,
            {{ text(meta.get('label_en')) }} as name_en,
            {{ text(meta.get('unit')) }} as unit,
            {{ text(meta.get('disclosure_profile')) }} as disclosure_profile,
            cast({{ meta.get('is_additive', true) }} as boolean) as is_additive,
            cast({{ text(derive.get('from')) }} as varchar) as derived_from,
            cast({{ text(derive.get('kind', 'bands') if derive else none) }} as varchar) as derived_kind,
            cast({{ text(derive.get('years')) }} as integer) as derived_years,
            cast({{ text(derive.get('dimension')) }} as varchar) as derived_dimension,
            cast({{ text(derive.get('first')) }} as integer) as derived_first,
            cast({{ text(derive.get('last')) }} as integer) as derived_last
        {{ 'union all' if not loop.last }}
    {%- else %}
        select
            cast(null as varchar) as variable_id, cast(null as varchar) as metrics_file, cast(null as varchar) as name_de,
            cast(null as varchar) as name_en, cast(null as varchar) as unit, cast(null as varchar) as disclosure_profile,
            cast(null as boolean) as is_additive, cast(null as varchar) as derived_from,
            cast(null as varchar) as derived_kind, cast(null as integer) as derived_years,
            cast(null as varchar) as derived_dimension, cast(null as integer) as derived_first,
            cast(null as integer) as derived_last
        where false
    {%- endfor %}
{% endmacro %}

{% macro compiled_indicators() %}
    {%- set rows = [] -%}
    {%- if execute -%}
        {%- for metric in graph.metrics.values() | sort(attribute='name') if metric.config.meta.get('statistic') -%}
            {%- do rows.append(metric) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- for metric in rows %}
        {%- set meta = metric.config.meta -%}
        {%- set params = metric.type_params -%}
        {%- set numerator = params.numerator.name if params.numerator else params.measure.name -%}
        {%- set denominator = params.denominator.name if params.denominator else none -%}
        {%- set ci_method = meta.get('ci_method', 'none') -%}
        {#- What a workspace's own entry need not say: a published figure lacks its counts, a mean its variance. -#}
        {%- set usual_reason = {
            'published': 'denominator_not_delivered', 'mean': 'no_variance_delivered', 'median': 'no_variance_delivered'
        }.get(meta.get('statistic'), 'full_count') -%}
        {%- set no_interval_reason = meta.get('no_interval_reason', usual_reason) if ci_method == 'none' else none %}
        select
            {{ text(metric.name) }} as indicator_id,
            {{ text(metric.label) }} as name_de,
            {{ text(meta.get('name_en')) }} as name_en,
            {{ text(metric.description) }} as definition_de,
            {{ text(meta.get('definition_en')) }} as definition_en,
            cast({{ text(meta.get('caveats_de')) }} as varchar) as caveats_de,
            cast({{ text(meta.get('caveats_en')) }} as varchar) as caveats_en,
            {{ text(meta.get('living_condition')) }} as living_condition,
            cast({{ text(meta.get('subfield')) }} as varchar) as subfield,
            {{ text(meta.get('unit')) }} as unit,
            cast({{ text(meta.get('multiplier', 1)) }} as integer) as multiplier,
            cast({{ text(meta.get('decimals', 1)) }} as integer) as decimals,
            {{ text(meta.get('polarity')) }} as polarity,
            {{ text(meta.get('statistic')) }} as statistic,
            {{ text(ci_method) }} as ci_method,
            cast({{ text(no_interval_reason) }} as varchar) as no_interval_reason,
            cast({{ text(meta.get('design_effect', 1)) }} as double) as design_effect,
            cast({{ text(meta.get('design_effect_source_de')) }} as varchar) as design_effect_source_de,
            cast({{ text(meta.get('design_effect_source_en')) }} as varchar) as design_effect_source_en,
            cast({{ text(meta.get('min_denominator', 1)) }} as integer) as min_denominator,
            {{ text(meta.get('disclosure_profile')) }} as disclosure_profile,
            cast({{ text(meta.get('age_group')) }} as varchar) as age_group,
            cast({{ text(meta.get('life_phase')) }} as varchar) as life_phase,
            cast({{ text(meta.get('target_group')) }} as varchar) as target_group,
            {{ text(meta.get('source')) }} as source,
            {{ texts(meta.get('breakdowns')) }} as breakdown_dimensions,
            cast({{ text(meta.get('window_years', 1)) }} as integer) as window_years,
            {{ texts(meta.get('synonyms_de')) }} as synonyms_de,
            {{ texts(meta.get('synonyms_en')) }} as synonyms_en,
            {{ 'false' if metric.original_file_path.startswith('models') else 'true' }} as is_of_workspace,
            {{ text(numerator) }} as numerator_variable_id,
            cast({{ text(denominator) }} as varchar) as denominator_variable_id
        {{ 'union all' if not loop.last }}
    {%- endfor %}
{% endmacro %}
