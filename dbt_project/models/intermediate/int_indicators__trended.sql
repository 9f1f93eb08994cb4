{% set y = ['y1', 'y2', 'y3', 'y4', 'y5'] %}
{% set w = ['w1', 'w2', 'w3', 'w4', 'w5'] %}
{% set logits = ['logit1', 'logit2', 'logit3', 'logit4', 'logit5'] %}
with

valued as (
    select * from {{ ref('int_indicators__valued') }}
),

breaks as (
    select * from {{ ref('stg_workspace__series_breaks') }}
),

-- What the test runs on: events and trials of a proportion (independent units, so divided by the design effect), else
-- the value and its weight 1 / variance. Sums over several years overlap from one year to the next, and a test on them
-- would count the same events again.
measured as (
    select
        indicator_id,
        area_id,
        cell_number,
        series_number,
        year,
        ci_method,
        statistic = 'proportion' and ci_method = 'wilson' as is_proportion,
        case
            when not regexp_full_match(period_id, '\d{4}') then null
            when ci_method = 'wilson' then numerator / design_effect
            when ci_method = 'byar_exact' then value
        end as y,
        case
            when ci_method = 'wilson' then denominator / design_effect
            when ci_method = 'byar_exact' then 1 / pow((ci_upper - ci_lower) / 3.92, 2)
        end as w
    from valued
    where value_status = 'ok' and ci_method <> 'none'
),

-- A series with a break between its first and its last year is not one series. A break may name areas.
broken_years as (
    select
        indicator_id,
        area_ids,
        unnest(range({{ period_year('period_id') }}, {{ period_year('period_id') }} + 4)) as year
    from breaks
    where not is_bridged
),

broken as (
    select
        indicator_id,
        year,
        bool_or(area_ids is null) as is_everywhere,
        flatten(list(coalesce(area_ids, cast([] as varchar[])))) as area_ids
    from broken_years
    group by indicator_id, year
),

joined as (
    select
        measured.cell_number,
        measured.series_number,
        measured.year,
        measured.ci_method,
        measured.is_proportion,
        measured.y,
        measured.w,
        coalesce(broken.is_everywhere or list_contains(broken.area_ids, measured.area_id), false) as is_broken
    from measured
    left join broken on measured.indicator_id = broken.indicator_id and measured.year = broken.year
),

five_years as (
    select
        *,
        lag(year, 4) over the_series as first_year,
        {% for back in [4, 3, 2, 1] -%}
        lag(y, {{ back }}) over the_series as y{{ 5 - back }},
        lag(w, {{ back }}) over the_series as w{{ 5 - back }},
        {% endfor -%}
        y as y5,
        w as w5
    from joined
    window the_series as (partition by series_number order by year)
),

-- Five consecutive years, and no year with none or all: the logit has no value there.
usable as (
    select
        *,
        not is_broken
        and year - first_year = 4
        and least(y1, y2, y3, y4, y5) > 0
        and y1 + y2 + y3 + y4 + y5 is not null
        and w1 + w2 + w3 + w4 + w5 is not null
        and (
            (is_proportion and least(w1 - y1, w2 - y2, w3 - y3, w4 - y4, w5 - y5) > 0)
            or ci_method = 'byar_exact'
        ) as is_usable
    from five_years
),

transformed as (
    select
        *,
        {% for t in range(5) -%}
        case when is_usable and is_proportion then ln({{ y[t] }} / ({{ w[t] }} - {{ y[t] }})) end as {{ logits[t] }},
        {% endfor -%}
        is_usable and not is_proportion as is_weighted
    from usable
),

tested as (
    select
        cell_number,
        case
            when is_weighted then {{ trend_chi_square_weighted(y, w) }}
            else {{ trend_chi_square_proportion(y, w) }}
        end as chi_square,
        case
            when is_weighted then {{ trend_direction(y, w) }}
            else {{ trend_direction(logits) }}
        end as direction
    from transformed
    where is_usable
)

select
    cell_number,
    case
        when chi_square <= {{ chi_square_998() }} then 'no_significant_change'
        when direction = 1 then 'increasing'
        when direction = -1 then 'decreasing'
        else 'no_significant_change'
    end as trend
from tested
