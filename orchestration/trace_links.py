"""The links of one traced id: those of the lineage, details of the register, and the numbers beside it.

Lives here: which number is counted in which. Must not live here: which ids there are (trace_items.py) and
walking the links (tracing.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orchestration.trace_items import DETAILS, MAIN, TOTAL, Link, parts_of, tables_in

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = (
    "from_kind, from_id, to_kind, to_id, relation, decided_release, is_quoted, decision_id, file_name,"
    " row_number"
)


def _id(*parts: str, breakdown: str | None = None) -> str:
    """SQL of the id of a number."""
    sql = " || '@' || ".join(parts)
    return (
        f"{sql} || case when {breakdown} = '{TOTAL}' then '' else '@' || {breakdown} end"
        if breakdown
        else sql
    )


VALUE = _id("w.indicator_id", "w.area_id", "w.period_id", breakdown="w.breakdown_id")
SAME_PLACE = (
    "{0}.area_id = {1}.area_id and {0}.period_id = {1}.period_id and {0}.breakdown_id = {1}.breakdown_id"
)
# The first delivered cell of an observation, else of the total that it is a part of.
FIRST_CELL = f"""
    left join lateral (
        select arg_min(
                (d.file_name, s.row_number), (s.breakdown_id <> t.breakdown_id, d.file_name, s.row_number)
            ) as first
        from {MAIN}.fct_observation_source as s join {MAIN}.dim_delivery as d on s.delivery_id = d.delivery_id
        where s.variable_id = t.variable_id and s.area_id = t.area_id and s.period_id = t.period_id
            and s.breakdown_id in (t.breakdown_id, '{TOTAL}')
    ) as cell on true
"""
TARGETS = f"join {MAIN}.dim_target as p on t.target_id = p.target_id"
ATTAINMENT = _id("t.target_id", "t.period_id")
GAP = _id("t.service_type", "t.area_id", "t.inventory_period_id")
STANDARDS = f"left join {MAIN}.dim_standard as p on t.standard_id = p.standard_id"
PLANNED = "p.file_name, p.row_number"
# Indicator values that matter to the traced number, as a table `wanted`: kind -> SQL of their keys.
WANTED: dict[str, str] = {
    "indicator_value": "select $1, $2, $3, $4",
    "observation": f"""
        select v.indicator_id, v.area_id, v.period_id, v.breakdown_id from {MAIN}.fct_indicator_value as v
        join {MAIN}.dim_indicator as i on v.indicator_id = i.indicator_id
        where $1 in (i.numerator_variable_id, i.denominator_variable_id)
            and v.area_id = $2 and v.period_id = $3 and v.breakdown_id = $4
    """,
    "index_value": f"""
        select indicator_id, area_id, period_id, '{TOTAL}' from {MAIN}.fct_index_component
        where index_id = $1 and edition = $2 and area_id = $3
    """,
    "target_attainment": f"""
        select indicator_id, area_id, period_id, breakdown_id from {MAIN}.fct_target_attainment
        where target_id = $1 and period_id = $2
    """,
}
# Links of the wanted indicator values.
OF_VALUES = (
    Link(
        *("observation", _id("t.variable_id", "t.area_id", "t.period_id", breakdown="t.breakdown_id")),
        *("indicator_value", VALUE, "counted_in", "fct_observation"),
        joined=f"""
            join wanted as w on {SAME_PLACE.format("t", "w")}
            join {MAIN}.dim_indicator as i on w.indicator_id = i.indicator_id
                and t.variable_id in (i.numerator_variable_id, i.denominator_variable_id)
            {FIRST_CELL}
        """,
        place="cell.first[1], cell.first[2]",
    ),
    Link(
        *("indicator_value", VALUE, "index_value", _id("t.index_id", "t.edition", "t.area_id")),
        *("counted_in", "fct_index_component"),
        joined=f"""
            join wanted as w on t.indicator_id = w.indicator_id and t.area_id = w.area_id
                and t.period_id = w.period_id and w.breakdown_id = '{TOTAL}'
        """,
        place="null, null",
    ),
    Link(
        *("indicator_value", VALUE, "target_attainment", ATTAINMENT, "measures", "fct_target_attainment"),
        joined=f"""
            join wanted as w on t.indicator_id = w.indicator_id and {SAME_PLACE.format("t", "w")}
            {TARGETS}
        """,
        place=PLANNED,
    ),
)
# Kind of the traced id -> links that only it needs; $1, $2, ... are the parts of the id.
OF_KIND: dict[str, tuple[Link, ...]] = {
    "target": (
        Link(
            *(
                "target",
                "t.target_id",
                "target_attainment",
                ATTAINMENT,
                "measured_by",
                "fct_target_attainment",
            ),
            where="t.target_id = $1",
            joined=TARGETS,
            place=PLANNED,
        ),
    ),
    "target_attainment": (
        Link(
            *(
                "target",
                "t.target_id",
                "target_attainment",
                ATTAINMENT,
                "measured_by",
                "fct_target_attainment",
            ),
            where="t.target_id = $1 and t.period_id = $2",
            joined=TARGETS,
            place=PLANNED,
        ),
    ),
    "gap": (
        Link(
            *("observation", _id("t.population_variable_id", "t.area_id", "t.period_id")),
            *("gap", GAP, "counted_in", "fct_need_gap"),
            where="t.service_type = $1 and t.area_id = $2 and t.inventory_period_id = $3",
            place="null, null",
        ),
        Link(
            *("standard", "t.standard_id", "gap", GAP, "based_on", "fct_need_gap"),
            where="t.service_type = $1 and t.area_id = $2 and t.inventory_period_id = $3",
            joined=STANDARDS,
            place=PLANNED,
        ),
    ),
    "observation": (
        Link(
            *("observation", _id("t.population_variable_id", "t.area_id", "t.period_id")),
            *("gap", GAP, "counted_in", "fct_need_gap"),
            where=f"t.population_variable_id = $1 and t.area_id = $2 and t.period_id = $3 and $4 = '{TOTAL}'",
            joined=STANDARDS,
            place=PLANNED,
        ),
    ),
    "standard": (
        Link(
            *("standard", "t.standard_id", "gap", GAP, "based_on", "fct_need_gap"),
            where="t.standard_id = $1",
            joined=STANDARDS,
            place=PLANNED,
        ),
    ),
    "offer": (
        Link(
            *("offer", "o.offer_id", "gap", GAP, "counted_in", "fct_need_gap"),
            where="o.offer_id = $1 and a.is_counted",
            joined=f"""
                join {MAIN}.fct_offer_area as a on t.area_id = a.area_id
                join {MAIN}.dim_offer as o on a.offer_id = o.offer_id and t.service_type = o.service_type
                {STANDARDS}
            """,
            place=PLANNED,
        ),
    ),
    "coverage": (
        Link(
            *("delivery", "i.delivery_id", "coverage", "$1 || '@' || $2 || '@' || $3", "counted_in"),
            "fct_coverage",
            where="t.level = $1 and t.living_condition = $2 and t.life_phase = $3",
            joined=f"""
                join {MAIN}.fct_indicator_delivery as i on list_contains(t.indicator_ids, i.indicator_id)
                join {MAIN}.dim_period as p on i.period_id = p.period_id and p.year = t.latest_year
                join {MAIN}.dim_delivery as d on i.delivery_id = d.delivery_id
            """,
            place="d.file_name, null",
        ),
    ),
    # Of a delivery's figures those of the whole city; a delivery reaches thousands of others.
    "delivery": (
        Link(
            *("delivery", "t.delivery_id", "indicator_value"),
            *(_id("t.indicator_id", "c.city_area_id", "t.period_id"), "counted_in", "fct_indicator_delivery"),
            where="t.delivery_id = $1",
            joined=f"""
                cross join {MAIN}.dim_workspace as c
                join {MAIN}.dim_delivery as d on t.delivery_id = d.delivery_id
                semi join {MAIN}.fct_indicator_value as v on v.indicator_id = t.indicator_id
                    and v.period_id = t.period_id and v.area_id = c.city_area_id
            """,
            place="d.file_name, null",
        ),
        Link(
            *("delivery", "t.delivery_id", "offer", "t.offer_id", "lists", "dim_offer"),
            where="t.delivery_id = $1",
            joined=f"join {MAIN}.dim_delivery as d on t.delivery_id = d.delivery_id",
            place="d.file_name, t.row_number",
        ),
    ),
}


def gather_links(connection: DuckDBPyConnection, kind: str, traced: str) -> None:
    """Make the temporary table `links` of everything that may lie on the ways of the traced id."""
    held = tables_in(connection)
    connection.execute(f"create temp table links as select {COLUMNS} from {MAIN}.fct_lineage")
    connection.execute(
        "create temp table wanted"
        " (indicator_id varchar, area_id varchar, period_id varchar, breakdown_id varchar)"
    )
    parts = parts_of(kind, traced)
    if kind in WANTED:
        connection.execute(f"insert into wanted {WANTED[kind]}", _bound(WANTED[kind], parts))
    for link in (*DETAILS, *OF_VALUES, *OF_KIND.get(kind, ())):
        if link.table in held:
            connection.execute(f"insert into links {link.sql}", _bound(link.sql, parts))
    connection.execute("delete from links where from_id is null or to_id is null")


def _bound(sql: str, parts: Sequence[str]) -> list[str]:
    """As many parts as the SQL asks for."""
    return [part for at, part in enumerate(parts, start=1) if f"${at}" in sql]
