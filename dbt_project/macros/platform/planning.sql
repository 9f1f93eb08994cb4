{# States of the planning register in which an item may be shown to everybody: goals and strategies from adopted on, needs
   from accepted on, interventions from approved on, published evaluations. Challenges with their ratings never. What was
   public and is withdrawn stays public (int_register__events). #}
{% macro public_states() -%}
    {{ return({
        'goal': ['adopted', 'in_force', 'achieved', 'partly_achieved', 'not_achieved', 'superseded'],
        'strategy': ['adopted', 'running', 'completed', 'superseded'],
        'need': ['accepted', 'planned', 'in_delivery', 'met', 'partially_met', 'lapsed'],
        'intervention': ['approved', 'running', 'paused', 'completed', 'aborted', 'evaluated'],
        'evaluation': ['published', 'followed_up'],
        'followup': ['agreed', 'in_progress', 'done', 'not_pursued'],
    }) }}
{%- endmacro %}

{% macro is_public_state(entity, state) -%}
    ({% for kind, states in public_states().items() -%}
        ({{ entity }} = '{{ kind }}' and {{ state }} in ('{{ states | join("', '") }}'))
        {{- ' or ' if not loop.last }}
    {%- endfor %})
{%- endmacro %}

{# What a raised item may be called: Bedarf (need) only from acceptance on, before that an action requirement. #}
{% macro need_category(state) -%}
    case
        when {{ state }} in ('{{ public_states()['need'] | join("', '") }}') then 'need'
        when {{ state }} in ('wish', 'rejected', 'withdrawn') then {{ state }}
        else 'action_requirement'
    end
{%- endmacro %}

{# The id of a published number in the lineage. #}
{% macro value_id(indicator_id, area_id, period_id) -%}
    {{ indicator_id }} || '@' || {{ area_id }} || '@' || {{ period_id }}
{%- endmacro %}
