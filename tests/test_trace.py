"""Every number and every row of the register says what it came from and what rests on it, with file and row.

Lives here: claims about `sozialraum trace`. Must not live here: what the cycle of the demo tells
(test_planning_cycle.py).
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from command_line import City, answered, opened, sozialraum

from orchestration.metric_conditions import WrongQuery
from orchestration.register.columns import RegisterTable
from orchestration.register.tables import REGISTER
from orchestration.settings import Settings
from orchestration.trace_items import ITEMS, NUMBERS
from orchestration.tracing import Trace, trace

# Tables of the register whose rows have no id of their own, and what they are part of.
WITHOUT_ID = {
    "acceptance_bodies": "which body accepts, by area",
    "challenge_ratings": "part of a challenge",
    "resources": "part of an intervention",
    "logic_edges": "part of a logic model",
    "status_events": "part of the history of an item",
    "paper_steps": "part of the way of a paper",
    "steering_reports": "part of an intervention",
    "elections": "part of the seats of a body",
    "election_votes": "part of the seats of a body",
    "priority_weights": "part of the order of areas",
    "priority_overrides": "part of the order of areas",
}
# What a row names and no release holds.
NOT_PUBLISHED = {("findings", "office_id"): "who found it stands in the file only"}
LAST = {"target_attainment", "index_value", "coverage"}  # numbers on which nothing rests


@pytest.fixture(scope="module")
def settings(small_city: City) -> Settings:
    return Settings(small_city.workspace, small_city.inbox, small_city.home)


@pytest.fixture(scope="module")
def internal(small_city: City) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(small_city.home, "internal") as connection:
        yield connection


@functools.cache
def traced(settings: Settings, what: str) -> Trace:
    return trace(settings, what, "internal")


def placed(links: list[dict[str, Any]]) -> bool:
    """Whether any link names its file and row."""
    return any(link["file_name"] and link["row_number"] for link in links)


MOST_ROWS = 12  # of each table of the register; spread over the file


def rows_of(workspace: Path, table: RegisterTable) -> list[dict[str, str]]:
    """Rows of a register table, from its beginning to its end; a trace takes a while."""
    file = workspace / table.file
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    return rows[:: max(1, -(-len(rows) // MOST_ROWS))]


def test_ids_of_every_table_of_the_register_are_traced_to_its_file_and_row(
    settings: Settings, small_city: City
) -> None:
    for stem, table in REGISTER.items():
        if stem in WITHOUT_ID:
            continue
        assert len(table.key) == 1, f"{stem} needs a reason in WITHOUT_ID"
        lines = (small_city.workspace / table.file).read_text(encoding="utf-8").splitlines()
        for row in rows_of(small_city.workspace, table):
            found = traced(settings, row[table.key[0]])
            assert found.file_name == table.file, (stem, row)
            assert found.row_number is not None
            assert lines[found.row_number - 1].startswith(row[table.key[0]]), (stem, row)


def test_what_hangs_together_in_the_register_is_found_both_ways(settings: Settings, small_city: City) -> None:
    """Whatever one row names in another table of the register is among what it came from or rests on it."""
    stems = {stem: table for stem, table in REGISTER.items() if stem not in WITHOUT_ID}
    n_named = 0
    for stem, table in stems.items():
        for row in rows_of(small_city.workspace, table):
            key = row[table.key[0]]
            named = {
                part
                for column in table.columns
                for part in row.get(column.name, "").split("|")
                if part and any(to in stems for to in column.to) and (stem, column.name) not in NOT_PUBLISHED
            }
            if not named:
                continue
            found = traced(settings, key)
            reached = {link["from_id"] for link in found.came_from}
            reached |= {link["to_id"] for link in found.rests_on_it}
            assert named - reached == set(), (stem, key, named - reached)
            for one in named:
                n_named += 1
                other = traced(settings, one)
                back = {link["from_id"] for link in other.came_from}
                back |= {link["to_id"] for link in other.rests_on_it}
                assert key in back, (one, key)
                assert placed([*other.came_from, *other.rests_on_it])
    assert n_named > 20


def some_ids(connection: duckdb.DuckDBPyConnection, kind: str) -> list[str]:
    """Ids of a kind of number: of every status one, and those that the register rests on."""
    table, key = NUMBERS[kind]
    columns = ", ".join(key)
    names = {str(row[0]) for row in connection.execute(f"describe {table}").fetchall()}
    sort = "value_status" if "value_status" in names else key[0]
    rows = connection.execute(
        f"select {columns} from {table}"
        f" qualify row_number() over (partition by {sort} order by {columns}) = 1 order by all limit 12"
    ).fetchall()
    links = connection.execute(
        "select distinct from_id from fct_lineage where from_kind = ? order by 1 limit 3", [kind]
    ).fetchall()
    return ["@".join(part for part in row if part != "total") for row in [*rows, *links]]


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_of_every_kind_are_traced(
    kind: str, settings: Settings, internal: duckdb.DuckDBPyConnection
) -> None:
    ids = some_ids(internal, kind)
    assert ids
    reached = []
    for one in ids:
        found = traced(settings, one)
        # Of a figure that is delivered as it stands, variable and indicator have one name.
        assert found.kind in ({kind, "indicator_value"} if kind == "observation" else {kind})
        reached.append((one, found))
    assert any(found.delivered or placed(found.came_from) for _, found in reached), kind
    if kind not in LAST:
        assert any(found.rests_on_it for _, found in reached), kind


def test_shown_value_names_delivered_rows_and_its_observations(
    settings: Settings, internal: duckdb.DuckDBPyConnection
) -> None:
    rows = internal.execute(
        "select v.indicator_id, area_id, period_id, breakdown_id from fct_indicator_value v"
        " join dim_indicator i using (indicator_id) where value_status = 'ok' and value is not null"
        " qualify row_number() over (partition by indicator_id"
        " order by breakdown_id = 'total', period_id desc, area_id) = 1"
    ).fetchall()
    assert len({row[0] for row in rows}) > 40
    without = []
    for row in rows:
        found = traced(settings, "@".join(part for part in row if part != "total"))
        if not found.n_delivered or not placed(found.came_from):
            without.append(found.id)
    assert without == []


def test_observation_leads_to_figures_and_on_to_the_register(
    settings: Settings, internal: duckdb.DuckDBPyConnection
) -> None:
    (indicator, area, period, variable) = internal.execute(
        "select t.indicator_id, t.area_id, t.baseline_period_id, i.numerator_variable_id from dim_target t"
        " join dim_indicator i using (indicator_id) where i.numerator_variable_id is not null limit 1"
    ).fetchall()[0]
    found = traced(settings, f"{variable}@{area}@{period}")
    kinds = {link["to_kind"] for link in found.rests_on_it}
    assert {"indicator_value", "target", "target_attainment"} <= kinds
    assert f"{indicator}@{area}@{period}" in {link["to_id"] for link in found.rests_on_it}
    assert found.n_delivered > 0


def test_offers_and_deliveries_lead_to_what_rests_on_them(
    settings: Settings, internal: duckdb.DuckDBPyConnection
) -> None:
    (offer, delivery) = internal.execute(
        "select o.offer_id, o.delivery_id from dim_offer o join fct_offer_area a using (offer_id)"
        " join fct_need_gap g on g.area_id = a.area_id and g.service_type = o.service_type"
        " where a.is_counted order by 1 limit 1"
    ).fetchall()[0]
    assert {"gap"} == {link["to_kind"] for link in traced(settings, offer).rests_on_it if link["step"] == 1}
    lists = traced(settings, delivery).rests_on_it
    assert offer in {link["to_id"] for link in lists}
    (figures,) = internal.execute(
        "select delivery_id from fct_indicator_delivery order by 1 limit 1"
    ).fetchall()[0]
    assert {link["to_kind"] for link in traced(settings, figures).rests_on_it} >= {"indicator_value"}


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("Z-2022-20", "Z-2022-02"),
        ("child_poverty_sgb2_under_51@stadt-0@2024", "child_poverty_sgb2_under_15@stadt-0@2024"),
        ("population@stadt-0@2042", "population@stadt-0@2024"),
        ("childcare_center@stadt-0@2024", "childcare_centre@stadt-0@2024"),
        ("ZW-2022-01@1024", "ZW-2022-01@2024"),
        ("stadt@education@childhod_youth", "stadt@education@childhood_youth"),
    ],
)
def test_unknown_id_comes_with_the_nearest_ones(wrong: str, near: str, settings: Settings) -> None:
    with pytest.raises(WrongQuery) as told:
        traced(settings, wrong)
    assert near in str(told.value)


@pytest.mark.parametrize("wrong", ["", "@@", "'; drop table x; --", "Z" * 5000])
def test_id_that_names_nothing_is_a_sentence_and_exit_2(wrong: str, small_city: City) -> None:
    done = sozialraum("trace", "--home", str(small_city.home), "--", wrong)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "nothing that this release holds" in done.stderr


def test_every_kind_has_its_table_and_no_id_names_two(internal: duckdb.DuckDBPyConnection) -> None:
    """An id that named two things would be traced as the first of them."""
    seen: dict[str, str] = {}
    for kind, (table, column) in ITEMS.items():
        for (one,) in internal.execute(f"select distinct {column} from {table}").fetchall():
            assert seen.setdefault(one, kind) == kind, one


def test_public_trace_names_no_row_that_the_public_file_does_not_hold(small_city: City) -> None:
    home = ["--home", str(small_city.home)]
    found = answered("trace", "Z-2022-02", *home)
    with opened(small_city.home, "public") as public:
        known = {
            str(row[0])
            for table, column in ITEMS.values()
            for row in public.execute(f"select {column} from {table}").fetchall()
        }
    for link in [*found["came_from"], *found["rests_on_it"]]:
        for end in ("from", "to"):
            if link[f"{end}_kind"] in ITEMS:
                assert link[f"{end}_id"] in known, link
