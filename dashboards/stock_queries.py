"""Offers, gaps, reachability and delivered cells: select, filter and order on published tables.

Lives here: one typed function per question; values are bound, table names are literals. Must not live here:
arithmetic on values, wording, formatting, anything of Streamlit.
"""

from __future__ import annotations

from dashboards.release import Release
from dashboards.stock_records import (
    Completeness,
    Gap,
    Offer,
    Priority,
    PriorityPart,
    Reach,
    ReachRule,
    Service,
    SourceCell,
    Standard,
)
from dashboards.typed import typed

# The newest version of each area carries its name.
AREAS = """(
    select area_id, name, code from sozialraum.main.dim_area
    qualify row_number() over (partition by area_id order by valid_from desc) = 1
)"""
# Offers with their area and the delivered file.
OFFERS = f"""
    select
        o.*, a.name as area_name, a.code as area_code,
        d.file_name, d.received_at, d.publisher, d.licence
    from sozialraum.main.dim_offer o
    left join {AREAS} a on a.area_id = o.area_id
    left join sozialraum.main.dim_delivery d on d.delivery_id = o.delivery_id
"""
# Stock and gap of each area of a level in the newest period, for the group that the service is for: only its
# population is known.
GAPS = f"""
    select g.*, a.name as area_name, a.code as area_code, g.area_id = w.city_area_id as is_city
    from sozialraum.main.fct_need_gap g
    join {AREAS} a on a.area_id = g.area_id
    join sozialraum.main.dim_service_type t
        on t.service_type = g.service_type and t.target_group = g.target_group
    cross join sozialraum.main.dim_workspace w
    where g.service_type = ? and g.level = ?
    qualify 1 = rank() over (
        partition by g.area_id, g.target_group order by g.year desc, g.period_id desc
    )
"""


def services(release: Release) -> list[Service]:
    """Service types that were delivered, by name; first those with a standard, because only they have a gap,
    then those with a stock.
    """
    sql = """
        select s.* from sozialraum.main.dim_service_type s
        where s.service_type in (
            select service_type from sozialraum.main.dim_offer
            union select service_type from sozialraum.main.fct_need_gap
            union select service_type from sozialraum.main.fct_accessibility_rule
        )
        order by
            s.service_type not in (select service_type from sozialraum.main.dim_standard),
            s.service_type not in (select service_type from sozialraum.main.fct_need_gap),
            s.name_de
    """
    return typed(Service, release.rows(sql))


def standards(release: Release) -> list[Standard]:
    """Standards (Richtwerte) by service type, the one in force first."""
    sql = "select * from sozialraum.main.dim_standard order by service_type, valid_from desc, standard_id"
    return typed(Standard, release.rows(sql))


def completeness(release: Release) -> list[Completeness]:
    """What each register says about its offers, complete registers first."""
    sql = """
        select * from sozialraum.main.fct_inventory_summary
        order by is_register_complete desc, service_type, extract_id
    """
    return typed(Completeness, release.rows(sql))


def counted(release: Release) -> dict[str, int]:
    """How many offers the complete registers hold, and how many name their capacity."""
    sql = """
        select count(*) as n_offers, count(capacity) as n_with_capacity
        from sozialraum.main.dim_offer where is_register_complete and not is_vanished
    """
    return {key: int(value) for key, value in release.rows(sql)[0].items()}


def offers(release: Release, service_type: str) -> list[Offer]:
    """Offers of a service type with the delivered file and row, by area."""
    sql = f"""
        {OFFERS}
        where o.service_type = ? and not o.is_vanished
        order by a.code nulls last, o.title, o.offer_id
    """
    return typed(Offer, release.rows(sql, [service_type]))


def offers_of_incomplete_registers(release: Release) -> list[Offer]:
    """Offers of registers known to be incomplete: a layer of the map, never counted."""
    sql = f"""
        {OFFERS}
        where not o.is_register_complete and o.longitude is not null
        order by o.service_type, o.offer_id
    """
    return typed(Offer, release.rows(sql))


def one_offer_per_register(release: Release) -> list[Offer]:
    """One offer of each complete register: who published it, and under which licence."""
    sql = f"""
        {OFFERS}
        where o.is_register_complete
        qualify row_number() over (partition by o.extract_id order by o.offer_id) = 1
        order by o.extract_id
    """
    return typed(Offer, release.rows(sql))


def offers_within(release: Release, area_id: str) -> set[str]:
    """Ids of the offers that lie in an area of any level, social spaces included."""
    sql = "select offer_id from sozialraum.main.fct_offer_area where area_id = ?"
    return {row["offer_id"] for row in release.rows(sql, [area_id])}


def gap_levels(release: Release, service_type: str) -> list[str]:
    """Levels for which the stock of a service type is published, finest first."""
    sql = """
        select distinct g.level, l.rank from sozialraum.main.fct_need_gap g
        join sozialraum.main.dim_level l on l.level = g.level
        where g.service_type = ? order by l.rank desc
    """
    return [row["level"] for row in release.rows(sql, [service_type])]


def gaps(release: Release, service_type: str, level: str) -> list[Gap]:
    """Stock and gap of all areas of a level in the newest period: the largest gap first, areas without one
    by code.
    """
    sql = f"""
        {GAPS}
        order by g.gap desc nulls last, a.code, g.target_group
    """
    return typed(Gap, release.rows(sql, [service_type, level]))


def by_supply(release: Release, service_type: str, level: str) -> list[Gap]:
    """The same areas, the lowest supply per 1,000 first, areas without a ratio last by code."""
    sql = f"""
        {GAPS}
        order by g.supply_per_1000 nulls last, a.code, g.target_group
    """
    return typed(Gap, release.rows(sql, [service_type, level]))


def reach(release: Release, service_type: str, level: str) -> list[Reach]:
    """Distance to the nearest offer, the longest first."""
    sql = f"""
        select f.*, a.name as area_name, a.code as area_code, o.title as nearest_title
        from sozialraum.main.fct_accessibility f
        join {AREAS} a on a.area_id = f.area_id
        left join sozialraum.main.dim_offer o on o.offer_id = f.nearest_offer_id
        where f.service_type = ? and f.level = ?
        qualify rank() over (partition by f.area_id order by f.year desc, f.period_id desc) = 1
        order by f.distance_m desc nulls last, a.code
    """
    return typed(Reach, release.rows(sql, [service_type, level]))


def reach_rule(release: Release, service_type: str) -> list[ReachRule]:
    """Whether distances of a service type may be told, and at which level."""
    sql = (
        "select * from sozialraum.main.fct_accessibility_rule where service_type = ? order by is_allowed desc"
    )
    return typed(ReachRule, release.rows(sql, [service_type]))


def source_cells(
    release: Release, variables: tuple[str, ...], area_id: str, period_id: str, limit: int
) -> list[SourceCell]:
    """The first `limit` delivered cells of each variable, each with the number of all."""
    sql = """
        select
            s.variable_id, v.name_de as variable_de, v.name_en as variable_en, d.file_name, s.row_number,
            s.column_name, d.received_at, count(*) over (partition by s.variable_id) as n_cells
        from sozialraum.main.fct_observation_source s
        join sozialraum.main.dim_delivery d on d.delivery_id = s.delivery_id
        left join sozialraum.main.dim_variable v on v.variable_id = s.variable_id
        where list_contains(string_split(?, '|'), s.variable_id) and s.area_id = ? and s.period_id = ?
        and s.breakdown_id = 'total'
        qualify row_number() over (partition by s.variable_id order by d.file_name, s.row_number) <= ?
        order by list_position(string_split(?, '|'), s.variable_id), d.file_name, s.row_number
    """
    wanted = "|".join(variables)
    return typed(SourceCell, release.rows(sql, [wanted, area_id, period_id, limit, wanted]))


def priorities(release: Release, service_type: str, level: str) -> list[Priority]:
    """Areas in the order of their priority for a service type; none where the release knows no ranking."""
    tables = "select table_name from information_schema.tables where table_catalog = 'sozialraum'"
    if "fct_priority" not in {row["table_name"] for row in release.rows(tables)}:
        return []
    sql = f"""
        select p.*, a.name as area_name, a.code as area_code
        from sozialraum.main.fct_priority p
        join {AREAS} a on a.area_id = p.area_id
        where p.service_type = ? and p.level = ?
        order by p.weighting_id, p.rank nulls last, a.code
    """
    return typed(Priority, release.rows(sql, [service_type, level]))


def priority_parts(release: Release, service_type: str) -> list[PriorityPart]:
    """What each component adds to the score of each area, the heaviest component first."""
    sql = """
        select * from sozialraum.main.fct_priority_component
        where service_type = ? order by weighting_id, area_id, weight desc, component
    """
    return typed(PriorityPart, release.rows(sql, [service_type]))
