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
)

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
