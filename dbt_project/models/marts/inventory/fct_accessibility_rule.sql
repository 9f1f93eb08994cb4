with

worded as (
    select * from {{ ref('int_inventory__worded') }}
)

select
    service_type,
    level,
    case reason
        when 'allowed'
            then
                'Entfernungen sind Luftlinien, über Sperren nur auf Brücken, gemessen ab einem Punkt in der Fläche der '
                || plural_de || ', deren mittlerer Durchmesser ' || median_de || ' beträgt; zulässig sind '
                || allowed_de || ', die Hälfte des Einzugsbereichs von ' || catchment_de || '.' || finer_de
        when 'incomplete'
            then refusal_de || 'Die Liste mit Koordinaten ist unvollständig (' || incomplete_reason_de || ').'
        when 'closed' then refusal_de || 'Am Stichtag besteht kein solches Angebot.'
        when 'points'
            then refusal_de || n_without_point || ' von ' || n_counted || ' Angeboten haben keine Koordinaten.'
        when 'catchment' then refusal_de || 'Für sie ist kein Einzugsbereich festgelegt.'
        when 'population' then refusal_de || 'Einwohnerzahlen der Zielgruppe liegen nicht vor.'
        when 'outlines' then refusal_de || 'Umrisse der ' || plural_de || ' liegen nicht vor.'
        else
            refusal_de || 'Einwohnerzahlen liegen höchstens für ' || plural_de || ' vor, deren mittlerer Durchmesser '
            || median_de || ' beträgt; zulässig wären ' || allowed_de || ', die Hälfte des Einzugsbereichs von '
            || catchment_de || '.' || finer_de
    end as reason_de,
    case reason
        when 'allowed'
            then
                'Distances are straight lines, over barriers only on bridges, measured from a point inside the '
                || plural_en || ', whose median diameter is ' || median_en || '; up to '
                || allowed_en || ' is allowed, half the catchment of ' || catchment_en || '.' || finer_en
        when 'incomplete' then refusal_en || 'the list with coordinates is incomplete (' || incomplete_reason_en || ').'
        when 'closed' then refusal_en || 'no such service exists on the reference day.'
        when 'points'
            then refusal_en || n_without_point || ' of ' || n_counted || ' services have no coordinates.'
        when 'catchment' then refusal_en || 'no catchment is set for them.'
        when 'population' then refusal_en || 'there are no population figures for the target group.'
        when 'outlines' then refusal_en || 'there are no outlines of the ' || plural_en || '.'
        else
            refusal_en || 'population figures exist at best for ' || plural_en || ', whose median diameter is '
            || median_en || '; up to ' || allowed_en || ' would be allowed, half the catchment of '
            || catchment_en || '.' || finer_en
    end as reason_en,
    cast(catchment_m as integer) as catchment_m,
    {{ round_significant('median_diameter_m') }} as median_diameter_m,
    {{ round_significant('largest_diameter_m') }} as largest_diameter_m,
    is_allowed
from worded
