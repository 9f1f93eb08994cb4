"""Indicators, areas, deliveries: select, filter and order on published tables.

Lives here: one typed function per question; values are bound, table names are literals. The planning register
is asked in register_queries.py, the stock in stock_queries.py; no other module holds SQL. Must not live here:
arithmetic on values, wording, formatting, anything of Streamlit.
"""

from __future__ import annotations

from typing import Any

from dashboards.records import (
    Area,
    Change,
    Delivery,
    Indicator,
    Level,
    Mark,
    ReleaseNote,
    SpecialPopulation,
    Summary,
    Value,
    Workspace,
)
from dashboards.release import Release
from dashboards.typed import typed

VALUE_COLUMNS = """
    v.indicator_id, v.area_id, v.level, v.period_id,
    a.name as area_name, a.code as area_code, v.area_id = w.city_area_id as is_city,
    v.numerator, v.denominator, v.value, v.ci_lower, v.ci_upper, v.value_status, v.value_flags,
    v.benchmark_value, v.comparison, v.trend, v.trend_evaluation, v.year, v.rank, v.rank_of,
    v.interval_reason, v.missing_part
    from sozialraum.main.fct_indicator_value v
    join sozialraum.main.dim_area a on a.area_version_id = v.area_version_id
    cross join sozialraum.main.dim_workspace w
"""

# A level of more areas is for those who choose it: its list is longer than anybody reads.
MOST_AREAS = 200

# Order of the fields where only some fit: what decisions of social planning turn on most often comes first.
FIELDS = """[
    'demography', 'income', 'education', 'employment', 'health', 'housing', 'inclusion', 'environment',
    'mobility'
]"""


def workspace(release: Release) -> Workspace:
    """The city the release is about."""
    return typed(Workspace, release.rows("select * from sozialraum.main.dim_workspace"))[0]


def release_note(release: Release) -> ReleaseNote:
    """What the release says about itself."""
    return typed(ReleaseNote, release.rows("select * from sozialraum.main.dim_release"))[0]


def levels(release: Release) -> list[Level]:
    """Levels of areas, the city first."""
    return typed(Level, release.rows("select * from sozialraum.main.dim_level order by rank, level"))


def areas(release: Release) -> list[Area]:
    """Areas in force or once in force, one row per identity, ordered by level and code; remainders
    included.
    """
    sql = """
        select
            a.area_id, a.level, a.code, a.name, a.parent_area_id,
            coalesce(a.is_remainder, false) as is_remainder, a.area_id = w.city_area_id as is_city
        from sozialraum.main.dim_area a
        cross join sozialraum.main.dim_workspace w
        join sozialraum.main.dim_level l on l.level = a.level
        qualify row_number() over (partition by a.area_id order by a.valid_from desc) = 1
        order by l.rank, a.level, a.code
    """
    return typed(Area, release.rows(sql))


def indicators(release: Release) -> list[Indicator]:
    """All indicators of the release by field and id."""
    sql = "select * from sozialraum.main.dim_indicator order by living_condition, indicator_id"
    return typed(Indicator, release.rows(sql))


def summaries(release: Release, indicator_id: str) -> list[Summary]:
    """Levels and periods in which an indicator is expected, newest first, finest level that is read first."""
    sql = f"""
        select s.* from sozialraum.main.fct_indicator_summary s
        join sozialraum.main.dim_level l on l.level = s.level
        where s.indicator_id = ? and s.breakdown_id = 'total'
        order by s.year desc, s.period_id desc, s.n_areas > {MOST_AREAS}, l.rank desc
    """
    return typed(Summary, release.rows(sql, [indicator_id]))


def attention(release: Release) -> list[Summary]:
    """Latest period of each evaluated indicator at the finest level that is read as a list and has values:
    most unfavourable areas first.
    """
    sql = f"""
        select s.* from sozialraum.main.fct_indicator_summary s
        join sozialraum.main.dim_level l on l.level = s.level
        join sozialraum.main.dim_indicator i on i.indicator_id = s.indicator_id
        where s.breakdown_id = 'total' and s.n_ok > 0 and l.rank > 0
        qualify row_number() over (
            partition by s.indicator_id
            order by s.n_areas > {MOST_AREAS}, l.rank desc, s.year desc, s.period_id desc
        ) = 1
        order by s.n_worse desc, i.polarity = 'neutral', s.indicator_id
    """
    return typed(Summary, release.rows(sql))


def values(release: Release, indicator_id: str, level: str, period_id: str) -> list[Value]:
    """Values of the areas of a level in one period: by rank, areas without a value last by code. None of
    an area that did not exist then and is estimated for its series only.
    """
    sql = f"""
        select {VALUE_COLUMNS}
        where v.indicator_id = ? and v.level = ? and v.period_id = ? and v.breakdown_id = 'total'
            and (a.valid_from is null or year(a.valid_from) <= v.year)
        order by v.rank nulls last, a.code
    """
    return typed(Value, release.rows(sql, [indicator_id, level, period_id]))


def series(release: Release, indicator_id: str, area_id: str) -> list[Value]:
    """Values of one area over time, oldest first; single years only, so that points do not overlap."""
    sql = f"""
        select {VALUE_COLUMNS}
        where v.indicator_id = ? and v.area_id = ? and v.breakdown_id = 'total'
            and v.period_id not like '%..%'
        order by v.year, v.period_id
    """
    return typed(Value, release.rows(sql, [indicator_id, area_id]))


def city_values(release: Release) -> list[Value]:
    """Latest value of each indicator for the whole city: one per field in turn, population first; within a
    field those whose trend is unfavourable, then those with a trend, then the others.
    """
    sql = f"""
        with latest as (
            select {VALUE_COLUMNS}
            where v.area_id = w.city_area_id and v.breakdown_id = 'total' and v.value is not null
            qualify row_number() over (
                partition by v.indicator_id order by v.year desc, v.period_id desc
            ) = 1
        )
        select latest.* from latest
        join sozialraum.main.dim_indicator i on i.indicator_id = latest.indicator_id
        order by
            row_number() over (
                partition by i.living_condition
                order by latest.indicator_id <> 'pop_total', i.polarity = 'neutral',
                    latest.trend_evaluation <> 'worse',
                    latest.trend not in ('increasing', 'decreasing'), latest.indicator_id
            ),
            list_position({FIELDS}, i.living_condition), latest.indicator_id
    """
    return typed(Value, release.rows(sql))


def geometries(release: Release, level: str) -> list[dict[str, Any]]:
    """GeoJSON text per area of a level, for areas that have one."""
    sql = """
        select area_id, code, name, geometry_geojson from sozialraum.main.dim_area
        where level = ? and geometry_geojson is not null
        qualify row_number() over (partition by area_id order by valid_from desc) = 1
        order by code
    """
    return release.rows(sql, [level])


def deliveries(release: Release, indicator_id: str, period_id: str) -> list[Delivery]:
    """Deliveries a figure rests on, newest first."""
    sql = """
        select d.* from sozialraum.main.dim_delivery d
        join sozialraum.main.fct_indicator_delivery f on f.delivery_id = d.delivery_id
        where f.indicator_id = ? and f.period_id = ?
        order by d.received_at desc, d.delivery_id
    """
    return typed(Delivery, release.rows(sql, [indicator_id, period_id]))


def changes(release: Release) -> list[Change]:
    """Indicators whose published values differ from the previous release, most changed first."""
    sql = """
        select * from sozialraum.main.fct_release_change
        where n_changed > 0 or n_new > 0 or n_vanished > 0
        order by n_changed desc, n_vanished desc, n_new desc, indicator_id
    """
    return typed(Change, release.rows(sql))


def oldest_data(release: Release) -> list[Indicator]:
    """Indicators by the age of their last period, oldest first."""
    sql = """
        select * from sozialraum.main.dim_indicator
        where last_period_id is not null order by last_year, last_period_id, indicator_id
    """
    return typed(Indicator, release.rows(sql))


def series_breaks(release: Release, indicator_id: str) -> list[Mark]:
    """Breaks in what the indicator counts."""
    sql = """
        select period_id, cast(left(period_id, 4) as integer) as year, kind, reason_de as label_de,
            reason_en as label_en
        from sozialraum.main.fct_series_break where indicator_id = ? order by period_id
    """
    return typed(Mark, release.rows(sql, [indicator_id]))


def context_events(release: Release) -> list[Mark]:
    """What changed in the world around the figures."""
    sql = """
        select period_id, cast(left(period_id, 4) as integer) as year, kind, label_de, label_en
        from sozialraum.main.fct_context_event order by period_id
    """
    return typed(Mark, release.rows(sql))


def special_populations(release: Release, area_id: str, year: int) -> list[SpecialPopulation]:
    """Institutions in an area at the end of a year."""
    sql = """
        select kind, note_de, note_en from sozialraum.main.dim_special_population
        where area_id = ?
            and make_date(?, 12, 31) >= coalesce(valid_from, date '0001-01-01')
            and make_date(?, 12, 31) < coalesce(valid_to, date '9999-12-31')
        order by kind, note_de
    """
    return typed(SpecialPopulation, release.rows(sql, [area_id, year, year]))
