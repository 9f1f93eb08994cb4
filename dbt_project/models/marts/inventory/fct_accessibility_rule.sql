with

rules as (
    select * from {{ ref('int_inventory__ruled') }}
),

levels as (
    select * from {{ ref('stg_workspace__levels') }}
),

areas as (
    select * from {{ ref('int_areas__versioned') }}
),

-- What stands below the finest level with a population is named, with the reason why it does not help.
finer_levels as (
    select
        rules.service_type,
        ' Für ' || levels.plural_de || ' (mittlerer Durchmesser ' || {{ metres('median(areas.diameter_m)', '.') }}
        || ') liegen keine Einwohnerzahlen vor.' as sentence_de,
        ' There are no population figures for ' || {{ mid_sentence('levels.plural_en') }} || ' (median diameter '
        || {{ metres('median(areas.diameter_m)', ',') }} || ').' as sentence_en,
        levels.level_rank
    from rules
    inner join levels on rules.level_rank < levels.level_rank
    inner join areas on levels.level = areas.level
    group by rules.service_type, levels.level_rank, levels.plural_de, levels.plural_en
    having median(areas.diameter_m) is not null
),

finer_sentences as (
    select
        service_type,
        string_agg(sentence_de, '' order by level_rank) as sentence_de,
        string_agg(sentence_en, '' order by level_rank) as sentence_en
    from finer_levels
    group by service_type
),

worded as (
    select
        rules.service_type,
        rules.level,
        rules.catchment_m,
        rules.median_diameter_m,
        rules.largest_diameter_m,
        rules.is_allowed,
        'Erreichbarkeit von ' || rules.name_de || ' wird nicht berechnet: ' as refusal_de,
        'Reachability of ' || {{ mid_sentence('rules.name_en') }} || ' is not computed: ' as refusal_en,
        levels.plural_de,
        {{ mid_sentence('levels.plural_en') }} as plural_en,
        coalesce(finer_sentences.sentence_de, '') as finer_de,
        coalesce(finer_sentences.sentence_en, '') as finer_en,
        {{ metres('rules.median_diameter_m', '.') }} as median_de,
        {{ metres('rules.median_diameter_m', ',') }} as median_en,
        {{ metres('rules.allowed_diameter_m', '.') }} as allowed_de,
        {{ metres('rules.allowed_diameter_m', ',') }} as allowed_en,
        {{ metres('rules.catchment_m', '.') }} as catchment_de,
        {{ metres('rules.catchment_m', ',') }} as catchment_en,
        case
            when rules.is_allowed then 'allowed'
            when not rules.has_complete_register then 'incomplete'
            when rules.n_counted = 0 then 'closed'
            when rules.n_without_point > 0 then 'points'
            when rules.catchment_m is null then 'catchment'
            when rules.level is null then 'population'
            when rules.median_diameter_m is null then 'outlines'
            else 'wide'
        end as reason,
        rules.incomplete_reason_de,
        rules.incomplete_reason_en,
        rules.n_counted,
        rules.n_without_point
    from rules
    left join levels on rules.level = levels.level
    left join finer_sentences on rules.service_type = finer_sentences.service_type
)

select
    service_type,
    level,
    case reason
        when 'allowed'
            then
                'Entfernungen sind Luftlinien ohne Querung von Sperren, gemessen ab einem Punkt in der Fläche der '
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
                'Distances are straight lines that cross no barrier, measured from a point inside the '
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
