{# What an intervention cost for what came of it. Amounts are those of the years in which they were booked (nominal). #}

{# Amount over what was reached; NULL where nothing was reached: there is no price of nothing. #}
{% macro unit_cost(cost, reached) -%}
    case when {{ reached }} > 0 then {{ cost }} / {{ reached }} end
{%- endmacro %}

{# Why there is no amount, from a fixed list. #}
{% macro cost_wording(reason, language) -%}
    {%- set sentences = {
        'de': {
            'design': 'Kosten je Fall setzen einen Vergleich mit anderen Gebieten voraus.',
            'scope': 'Die Evaluation gilt keiner einzelnen Maßnahme.',
            'not_assessable': 'Die Veränderung ist nicht beurteilbar.',
            'indistinguishable': 'Das Intervall der Veränderung schließt 0 ein.',
            'against': 'Die Veränderung ist ungünstig.',
            'costs': 'Ist-Kosten in Euro liegen nicht vor.',
            'nothing_reached': 'Es ist kein Ergebnis eingetragen, auf das sich die Kosten verteilen.',
        },
        'en': {
            'design': 'Costs per case need a comparison with other areas.',
            'scope': 'The evaluation is not about one intervention.',
            'not_assessable': 'The change cannot be assessed.',
            'indistinguishable': 'The interval of the change includes 0.',
            'against': 'The change is unfavourable.',
            'costs': 'There are no actual costs in euros.',
            'nothing_reached': 'No result is recorded that the costs could be spread over.',
        },
    }[language] -%}
    case {{ reason }}
        {%- for name, sentence in sentences.items() %}
        when '{{ name }}' then '{{ sentence }}'
        {%- endfor %}
    end
{%- endmacro %}
