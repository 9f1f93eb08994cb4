"""What a number or a row of the register came from, and what rests on it, read from a release.

Lives here: walking fct_lineage both ways, down to files and rows, up to decisions. Must not live here: how a
release is found and verified (queried_release.py) and printing (cli_trace.py).

Ids: an id of the register (`Z-2022-02`), an offer, a delivery, or a number, whose parts are joined by @:
`<indicator or variable>@<area>@<period>`, with `@<breakdown>` for a part, a gap
`<service type>@<area>@<period>`, a target in a year `<target>@<period>`, an index `<index>@<edition>@<area>`,
coverage `<level>@<living condition>@<life phase>`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestration.metric_conditions import WrongQuery
from orchestration.queried_release import published_files
from orchestration.release.content import opened
from orchestration.settings import Audience, Settings
from orchestration.trace_items import (
    ITEMS,
    MAIN,
    TOTAL,
    WITHOUT_PLACE,
    numbers_like,
    parts_of,
    tables_in,
)
from orchestration.trace_links import gather_links

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_SHOWN = 20  # delivered rows of one number; sums over a city rest on thousands
STEPS = 12  # no chain of the cycle is longer; stops at circles through follow-ups
NEAREST = 3  # ids that are proposed for one that names nothing
_ENDS = ("from_kind", "from_id", "to_kind", "to_id", "relation")
_COLUMNS = (*_ENDS, "decided_release", "is_quoted", "decision_id", "file_name", "row_number")
# way -> the end a walk stands on, the end it goes to
_WALKS = {"came_from": ("to", "from"), "rests_on_it": ("from", "to")}


@dataclass
class Trace:
    """One traced id. came_from, rests_on_it: links, nearest first. n_delivered: how many rows of files.

    file_name, row_number: where a row of the register stands itself.
    """

    release: int
    kind: str
    id: str
    file_name: str | None = None
    row_number: int | None = None
    came_from: list[dict[str, Any]] = field(default_factory=list)
    rests_on_it: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    delivered: list[dict[str, Any]] = field(default_factory=list)
    n_delivered: int = 0


def _rows(connection: DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _item_ids(held: set[str]) -> str:
    """SQL of (kind, id, rank) of all rows that are traced by an id of their own."""
    found = [
        f"select '{kind}' as kind, {column} as id, {rank} as rank from {MAIN}.{table}"
        for rank, (kind, (table, column)) in enumerate(ITEMS.items())
        if table in held
    ]
    return " union all ".join(found)


def _kind_of(connection: DuckDBPyConnection, traced: str) -> str:
    """What kind of thing the id names; raises WrongQuery with the nearest ids where it names nothing."""
    held = tables_in(connection)
    ids = _item_ids(held)
    known = _rows(connection, f"select kind from ({ids}) where id = ? order by rank", [traced])
    if known:
        return str(known[0]["kind"])
    for kind, table, key, parts in numbers_like(traced):
        where = " and ".join(f"{column} = ?" for column in key)
        if table in held and _rows(connection, f"select 1 from {MAIN}.{table} where {where} limit 1", parts):
            return kind
    near = _near_numbers(connection, traced, held) if "@" in traced else []
    named = [str(row["id"]) for row in _rows(connection, f"select distinct id from ({ids}) order by id")]
    near += difflib.get_close_matches(traced, named, n=NEAREST, cutoff=0.5)
    proposals = f" The nearest: {', '.join(near[:NEAREST])}." if near else ""
    raise WrongQuery(
        f"{traced!r} is nothing that this release holds.{proposals} Expected: an id of the planning register "
        "such as Z-2022-02, a number such as sgb2_quota@stadt-0@2024, an offer or a delivery."
    )


def _near_numbers(connection: DuckDBPyConnection, traced: str, held: set[str]) -> list[str]:
    """Numbers that there are, with each part of the id replaced by the nearest there is, best first."""
    found: list[str] = []
    for _, table, key, parts in numbers_like(traced):
        if table not in held:
            continue
        where: list[str] = []
        for column, part in zip(key, parts, strict=True):
            before = " and ".join(f"{name} = ?" for name in key[: len(where)]) or "true"
            sql = f"select distinct {column} as part from {MAIN}.{table} where {before} order by part"
            there = [str(row["part"]) for row in _rows(connection, sql, where)]
            near = difflib.get_close_matches(part, there, n=1, cutoff=0.5)
            if not near:
                break
            where.append(near[0])
        else:
            found.append("@".join(where[:-1] if key[-1] == "breakdown_id" and where[-1] == TOTAL else where))
    return sorted(found, key=lambda one: -difflib.SequenceMatcher(None, traced, one).ratio())


def _walked(connection: DuckDBPyConnection, kind: str, traced: str, way: str) -> list[dict[str, Any]]:
    """All links up or down from an item, nearest first, each once."""
    here, there = _WALKS[way]
    columns = ", ".join(f"links.{name}" for name in _COLUMNS)
    sql = f"""
        with recursive walked as (
            select 1 as step, links.{there}_kind as next_kind, links.{there}_id as next_id, {columns}
            from links where links.{here}_kind = ? and links.{here}_id = ?
            union
            select walked.step + 1, links.{there}_kind, links.{there}_id, {columns}
            from links
            join walked on links.{here}_kind = walked.next_kind and links.{here}_id = walked.next_id
            where walked.step < {STEPS}
        )
        select min(step) as step, {", ".join(_COLUMNS)} from walked
        group by all order by step, from_kind, from_id, to_kind, to_id, relation
    """
    return _rows(connection, sql, [kind, traced])


def _delivered(connection: DuckDBPyConnection, kind: str, traced: str) -> list[dict[str, Any]]:
    """Rows of delivered files that a number, a gap, an offer or a delivery rests on."""
    if kind in {"indicator_value", "observation"}:
        what, area, period, breakdown = parts_of(kind, traced)
        variables = (
            "select unnest([numerator_variable_id, denominator_variable_id])"
            f" from {MAIN}.dim_indicator where indicator_id = $1"
        )
        return _rows(
            connection,
            f"""
            select distinct s.variable_id, d.file_name, s.row_number, s.column_name, d.sha256, d.delivery_id
            from {MAIN}.fct_observation_source s
            join {MAIN}.dim_delivery d on d.delivery_id = s.delivery_id
            where s.variable_id in ({variables if kind == "indicator_value" else "select $1"})
                and s.area_id = $2 and s.period_id = $3 and s.breakdown_id in ($4, '{TOTAL}')
            -- Of a part whose cells are not known one by one: those of the total.
            qualify s.breakdown_id = $4 or not bool_or(s.breakdown_id = $4) over (partition by s.variable_id)
            order by s.variable_id, d.file_name, s.row_number, s.column_name
            """,
            [what, area, period, breakdown],
        )
    if kind == "gap":
        return _gap_rows(connection, *traced.split("@"))
    column = {"offer": "o.offer_id", "delivery": "d.delivery_id"}.get(kind)
    if column is None:
        return []
    return _rows(
        connection,
        f"""
        select distinct d.file_name, {"o.row_number" if kind == "offer" else "null as row_number"},
            d.sha256, d.delivery_id
        from {MAIN}.dim_delivery d left join {MAIN}.dim_offer o on o.delivery_id = d.delivery_id
        where {column} = ?
        """,
        [traced],
    )


def _gap_rows(
    connection: DuckDBPyConnection, service_type: str, area: str, period: str
) -> list[dict[str, Any]]:
    """Offers of the service whose place lies in the area, and the rows of the population."""
    return _rows(
        connection,
        f"""
        select o.service_type as variable_id, d.file_name, o.row_number, null as column_name, d.sha256,
            d.delivery_id
        from {MAIN}.fct_offer_area a
        join {MAIN}.dim_offer o on o.offer_id = a.offer_id
        join {MAIN}.dim_delivery d on d.delivery_id = o.delivery_id
        where o.service_type = $1 and a.area_id = $2 and a.is_counted
        union all
        select s.variable_id, d.file_name, s.row_number, s.column_name, d.sha256, d.delivery_id
        from {MAIN}.fct_need_gap g
        join {MAIN}.fct_observation_source s
            on s.variable_id = g.population_variable_id and s.area_id = g.area_id
            and s.period_id = g.period_id and s.breakdown_id = 'total'
        join {MAIN}.dim_delivery d on d.delivery_id = s.delivery_id
        where g.service_type = $1 and g.area_id = $2 and g.inventory_period_id = $3
        order by 1, 2, 3
        """,
        [service_type, area, period],
    )


def _place(connection: DuckDBPyConnection, kind: str, traced: str) -> tuple[str | None, int | None]:
    """File and row of a row of the register."""
    if kind not in ITEMS or kind in WITHOUT_PLACE:
        return None, None
    table, column = ITEMS[kind]
    sql = f"select file_name, row_number from {MAIN}.{table} where {column} = ?"
    (row, *_) = _rows(connection, sql, [traced])
    return str(row["file_name"]), int(row["row_number"])


def _decisions(connection: DuckDBPyConnection, ids: set[str]) -> list[dict[str, Any]]:
    return _rows(
        connection,
        f"""
        select decision_id, decided_on, body_name_de as body, subject_kind, subject_id, result, votes_yes,
            votes_no, votes_abstain, paper_number, decided_release, is_quoted, file_name, row_number
        from {MAIN}.dim_decision where list_contains(?, decision_id) order by decided_on, decision_id
        """,
        [sorted(ids)],
    )


def _numbers(kind: str, traced: str, links: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The item itself and the numbers and gaps it came from: what has delivered rows.

    The observations of an indicator value have the same rows as the value.
    """
    found = [
        (str(link["from_kind"]), str(link["from_id"]))
        for link in links
        if link["from_kind"] != "observation" or link["to_kind"] != "indicator_value"
    ]
    return list(dict.fromkeys([(kind, traced), *found]))


def trace(settings: Settings, traced: str, audience: Audience) -> Trace:
    """Everything the current release knows of an id, both ways.

    Raises WrongQuery for an id that names nothing (with the nearest ones), ReleaseAltered.
    """
    number, database, _ = published_files(settings, None, audience)
    with opened(database) as connection:
        kind = _kind_of(connection, traced)
        found = Trace(number, kind, traced, *_place(connection, kind, traced))
        gather_links(connection, kind, traced)
        found.came_from = _walked(connection, kind, traced, "came_from")
        found.rests_on_it = _walked(connection, kind, traced, "rests_on_it")
        delivered = [
            {"of": of, **row}
            for of_kind, of in _numbers(kind, traced, found.came_from)
            for row in _delivered(connection, of_kind, of)
        ]
        found.n_delivered, found.delivered = len(delivered), delivered[:ROWS_SHOWN]
        links = [*found.came_from, *found.rests_on_it]
        found.decisions = _decisions(connection, {str(one["decision_id"]) for one in links} | {traced})
    return found
