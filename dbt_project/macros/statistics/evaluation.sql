{# Difference in differences of proportions: change of the treated area less the change of its comparison areas, as a
   fraction of 1. Comparison areas enter as one group of summed counts; shares are never averaged. #}
{% macro difference_in_differences(t0_events, t0_trials, t1_events, t1_trials, c0_events, c0_trials, c1_events, c1_trials) -%}
    (cast({{ t1_events }} as double) / {{ t1_trials }} - cast({{ t0_events }} as double) / {{ t0_trials }})
    - (cast({{ c1_events }} as double) / {{ c1_trials }} - cast({{ c0_events }} as double) / {{ c0_trials }})
{%- endmacro %}

{# Its standard error from counting alone (binomial): shown as "Zählunsicherheit" only. It knows nothing of shocks that
   hit a whole area, and calls an effect far too often; the inference is by placebo. #}
{% macro counting_error(pairs) -%}
    sqrt(
        {%- for events, trials in pairs %}
        {{ proportion_variance(events, trials) }}
        {{- ' +' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{% macro proportion_variance(events, trials) -%}
    (cast({{ events }} as double) / {{ trials }} * (1 - cast({{ events }} as double) / {{ trials }}) / {{ trials }})
{%- endmacro %}

{# How far differences of areas without an intervention stray beyond counting: the mean of their squares less the mean
   of their squared counting errors, at least 0. effects, errors: lists of the untreated areas, in one unit.
   Source: method of moments as in DerSimonian and Laird 1986, Control. Clin. Trials 7, p. 183, around 0, equal weights. #}
{% macro stray_variance(effects, errors) -%}
    greatest(
        (
            list_sum(list_transform({{ effects }}, lambda effect : pow(effect, 2)))
            - list_sum(list_transform({{ errors }}, lambda error : pow(error, 2)))
        ) / len({{ effects }}),
        0
    )
{%- endmacro %}

{# The standard error by which an area's difference is measured before it is ranked among the others: small areas stray
   further than large ones by counting alone, and would be called an effect too often (docs/decisions/0016). #}
{% macro placebo_error(counting_error, stray_variance) -%}
    sqrt(pow({{ counting_error }}, 2) + {{ stray_variance }})
{%- endmacro %}

{# Placebo inference for one treated area: effect in its standard errors; placebos is the list of the same statistic of
   every untreated area (m >= 20). p = share of areas, the treated one among them, at least as far from zero.
   Source: Abadie, Diamond and Hainmueller 2010, J. Am. Stat. Assoc. 105, p. 493 (permutation over untreated units). #}
{% macro placebo_p(effect, placebos) -%}
    (1.0 + len(list_filter({{ placebos }}, lambda placebo : abs(placebo) >= abs({{ effect }})))) / (1 + len({{ placebos }}))
{%- endmacro %}

{# Half width of the 95 % interval that inverting this test gives, in standard errors of the treated area: effects that
   far from the estimate are not rejected. NULL with fewer than 20 placebos: 1 / 20 is the smallest p that 19 could give. #}
{% macro placebo_half_width(placebos) -%}
    case
        when len({{ placebos }}) >= 20
            then list_reverse_sort(list_transform({{ placebos }}, lambda placebo : abs(placebo)))[
                cast(floor(0.05 * (len({{ placebos }}) + 1) - 1) as integer) + 1
            ]
    end
{%- endmacro %}

{# What may be said about an effect. favourable: +1 where a higher value is better, -1 where it is worse.
   Never a causal word; the list of sentences is fixed (effect_wording). #}
{% macro effect_class(lower, upper, favourable) -%}
    case
        when {{ lower }} is null or {{ upper }} is null or {{ favourable }} is null then 'not_assessable'
        when {{ lower }} <= 0 and {{ upper }} >= 0 then 'indistinguishable'
        when ({{ lower }} > 0) = ({{ favourable }} > 0) then 'consistent'
        else 'against'
    end
{%- endmacro %}

{% macro effect_wording(effect_class, language) -%}
    {%- set sentences = {
        'de': {
            'consistent': 'Veränderung stimmt mit Wirkung überein',
            'indistinguishable': 'Veränderung ist von den Vergleichsgebieten nicht unterscheidbar',
            'against': 'Veränderung spricht gegen eine Wirkung',
            'indistinguishable_course': 'Veränderung ist vom früheren Verlauf nicht unterscheidbar',
            'description_course': 'Beschreibung der Zeitreihe, keine Aussage über eine Wirkung',
            'appraisal': 'Einschätzung ohne Kennzahl, keine Aussage über eine Wirkung',
            'description': 'Beschreibung von Soll und Ist, keine Aussage über eine Wirkung',
            'not_assessable': 'Wirkung nicht beurteilbar',
        },
        'en': {
            'consistent': 'Change is consistent with an effect',
            'indistinguishable': 'Change cannot be distinguished from the comparison areas',
            'against': 'Change speaks against an effect',
            'indistinguishable_course': 'Change cannot be distinguished from the earlier course',
            'description_course': 'Description of the time series, no statement on an effect',
            'appraisal': 'Appraisal without a figure, no statement on an effect',
            'description': 'Description of plan and actual, no statement on an effect',
            'not_assessable': 'Effect cannot be assessed',
        },
    }[language] -%}
    case {{ effect_class }}
        {%- for class, sentence in sentences.items() %}
        when '{{ class }}' then '{{ sentence }}'
        {%- endfor %}
    end
{%- endmacro %}

{# Which sentence: an interrupted time series compares with its own earlier course, not with other areas. #}
{% macro wording_key(effect_class, design) -%}
    case
        when {{ design }} = 'qualitative' then 'appraisal'
        when {{ effect_class }} is null and {{ design }} = 'its' then 'description_course'
        when {{ effect_class }} is null then 'description'
        when {{ design }} = 'its' and {{ effect_class }} = 'indistinguishable' then 'indistinguishable_course'
        else {{ effect_class }}
    end
{%- endmacro %}
