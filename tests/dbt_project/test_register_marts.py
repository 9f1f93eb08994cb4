"""Tables of bodies and of what accompanies the cycle: who may see a row, and what it says of invented rows.

Lives here: the models as they stand, on a few rows in memory, and the audit of the public file. Must not live
here: seats (test_seat_macros.py), invariants (test_invariants.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from rendered import MACROS, model_sql

from orchestration.release.audit_register import register_problems

MARTS = MACROS.parent / "models" / "marts" / "planning"
CITY = "select 'stadt-0' as city_area_id"


def rows_of(mart: str, tables: dict[str, str]) -> list[dict[str, Any]]:
    """What a mart makes of these tables, each a query."""
    sql = model_sql(MARTS / f"{mart}.sql", {name: f"({query})" for name, query in tables.items()}, {})
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(f"select * from ({sql}) order by all")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# Commentaries.

FIGURES = "select 'total' as breakdown_id, v.* from (values {}) as v (release_number, indicator_id, area_id,"
FIGURES += " period_id, value_status, value)"
THEN = FIGURES.format(
    "(1, 'poverty', 'teil-1', '2022', 'ok', 20.0), (1, 'poverty', 'stadt-0', '2022', 'ok', 15.0),"
    "(1, 'rent', 'teil-1', '2022', 'suppressed_primary', null), (1, 'gone', 'stadt-0', '2022', 'ok', 1.0)"
)
NOW = FIGURES.format(
    "(2, 'poverty', 'teil-1', '2022', 'ok', 21.0), (2, 'poverty', 'stadt-0', '2022', 'ok', 15.0),"
    "(2, 'rent', 'teil-1', '2022', 'ok', 7.5)"
)
COMMENTS = """
select *, 'Text' as text_de, null as text_en, 'soziales' as office_id, 'x' as file_name, 2 as row_number,
    release_number is null as is_quoted, date '2024-01-01' as written_on, '2022' as period_id
from (values
    ('changed', 'indicator', 'poverty', null, 'teil-1', 1), ('same', 'indicator', 'poverty', null, null, 1),
    ('shown_now', 'area', 'teil-1', 'rent', null, 1), ('vanished', 'indicator', 'gone', null, null, 1),
    ('of_this_build', 'indicator', 'poverty', null, 'teil-1', 2),
    ('of_a_release_not_held', 'indicator', 'poverty', null, 'teil-1', 7),
    ('quoted', 'indicator', 'poverty', null, 'teil-1', null), ('of_an_area', 'area', 'teil-1', null, null, 1),
    ('of_a_goal', 'goal', 'Z-1', 'poverty', 'teil-1', 1), ('of_a_draft', 'goal', 'Z-2', null, null, 1)
) as v (commentary_id, subject_kind, subject_id, indicator_id, area_id, release_number)
"""
GOALS = "select * from (values ('goal', 'Z-1', true), ('goal', 'Z-2', false)) as v (kind, item_id, is_public)"


@pytest.fixture(scope="module")
def commentaries() -> dict[str, dict[str, Any]]:
    rows = rows_of(
        "fct_commentary",
        {
            "stg_register__commentaries": COMMENTS,
            "stg_workspace__workspace": CITY,
            "stg_workspace__build": "select 2 as release_number",
            "stg_workspace__frozen_values": THEN,
            "int_indicators__assembled": NOW,
            "int_register__items": GOALS,
        },
    )
    return {row["commentary_id"]: row for row in rows}


@pytest.mark.parametrize(
    ("commentary", "has_changed"),
    [
        ("changed", True),
        ("same", False),
        ("shown_now", True),
        ("vanished", True),
        ("of_this_build", False),
        ("of_a_release_not_held", None),
        ("quoted", None),
        ("of_an_area", None),
        ("of_a_goal", True),
        ("of_a_draft", None),
    ],
)
def test_commentary_says_whether_its_figure_changed_since(
    commentary: str, has_changed: bool | None, commentaries: dict[str, dict[str, Any]]
) -> None:
    assert commentaries[commentary]["has_changed_since"] is has_changed


def test_commentary_is_public_unless_its_goal_is_a_draft(commentaries: dict[str, dict[str, Any]]) -> None:
    assert {name for name, row in commentaries.items() if not row["is_public"]} == {"of_a_draft"}
    assert commentaries["same"]["area_id"] == "stadt-0", "where no area is named the city is meant"


# Sector plans, participation, lights.

ITEMS = """
select * from (values
    ('goal', 'Z-1', true), ('goal', 'Z-2', false), ('strategy', 'S-1', true), ('strategy', 'S-2', false),
    ('intervention', 'M-1', true), ('intervention', 'M-2', false), ('need', 'B-1', true),
    ('need', 'B-2', false)
) as v (kind, item_id, is_public)
"""
PLANS = """
select *, 'school' as kind, 'Plan' as title_de, null as title_en, null as legal_basis_de,
    'schule' as owner_office, 'x' as file_name, 2 as row_number, null::date as valid_from,
    null::date as valid_to
from (values
    ('open', ['Z-1'], ['M-1']), ('draft_goal', ['Z-1', 'Z-2'], []), ('idea', ['Z-1'], ['M-2']),
    ('alone', [], [])
) as v (sector_plan_id, goal_ids, intervention_ids)
"""
OFFICES = "select 'schule' as office_id, 'Schulamt' as name_de, null as name_en"


def test_sector_plan_that_names_a_draft_stays_with_the_house() -> None:
    rows = rows_of(
        "dim_sector_plan",
        {"stg_register__sector_plans": PLANS, "stg_register__offices": OFFICES, "int_register__items": ITEMS},
    )
    assert {row["sector_plan_id"] for row in rows if row["is_public"]} == {"open", "alone"}
    assert len(rows) == 4


def test_participation_that_led_to_a_challenge_or_a_wish_stays_with_the_house() -> None:
    events = """
    select *, 'walk' as format, 'Rundgang' as title_de, 'stadt-0' as area_id, 'x' as file_name,
        []::varchar[] as groups_reached, []::varchar[] as groups_missed, 12 as n_participants,
        2 as row_number, date '2023-01-01' as held_on
    from (values
        ('need', [], ['B-1']), ('wish', [], ['B-1', 'B-2']), ('challenge', ['H-1'], ['B-1']),
        ('nothing', [], [])
    ) as v (participation_id, challenge_ids, need_ids)
    """
    rows = rows_of(
        "fct_participation",
        {"stg_register__participation_events": events, "int_register__items": ITEMS},
    )
    assert {row["participation_id"] for row in rows if row["is_public"]} == {"need", "nothing"}


def test_lights_are_never_public_and_the_latest_is_marked() -> None:
    reports = """
    select *, 'x' as file_name, 'Text' as text_de, []::varchar[] as deviation_reasons, 2 as row_number
    from (values ('M-1', 'green', date '2023-01-01'), ('M-1', 'red', date '2023-06-01'))
        as v (intervention_id, light, as_of)
    """
    rows = rows_of("fct_steering_report", {"stg_register__steering_reports": reports})
    assert [(row["light"], row["is_latest"], row["is_public"]) for row in rows] == [
        ("green", False, False),
        ("red", True, False),
    ]


# The part of the offices.


def test_matrix_of_offices_and_goals_counts_what_was_decided() -> None:
    goals = """
    select * from (values ('Z-1', 'jugend', ['soziales']), ('Z-2', 'schule', []))
        as v (goal_id, lead_office, co_offices)
    """
    strategies = """
    select * from (values ('S-1', 'jugend', ['gesundheit'], ['Z-1']), ('S-2', 'schule', [], ['Z-1']))
        as v (strategy_id, lead_office, co_offices, goal_ids)
    """
    interventions = """
    select * from (values ('M-1', 'soziales', ['soziales'], 'S-1', []), ('M-2', 'wohnen', [], null, ['Z-1']))
        as v (intervention_id, lead_office, co_offices, strategy_id, goal_ids)
    """
    rows = rows_of(
        "fct_office_goal",
        {
            "stg_register__goals": goals,
            "stg_register__strategies": strategies,
            "stg_register__interventions": interventions,
            "stg_register__sector_plans": PLANS,
            "int_register__items": ITEMS,
        },
    )
    counts = {
        (row["office_id"], row["goal_id"]): (
            row["role"], row["n_strategies"], row["n_interventions"], row["n_sector_plans"]
        )
        for row in rows
    }  # fmt: skip
    assert counts == {
        ("gesundheit", "Z-1"): ("other", 1, 0, 0),
        ("jugend", "Z-1"): ("lead", 1, 0, 0),
        ("schule", "Z-1"): ("other", 0, 0, 3),
        ("schule", "Z-2"): ("lead", 0, 0, 1),
        ("soziales", "Z-1"): ("co", 0, 1, 0),  # by the strategy that the intervention carries out
    }
    assert {row["goal_id"] for row in rows if row["is_public"]} == {"Z-1"}


# The timetable of a paper.


def test_steps_of_a_paper_are_its_timetable() -> None:
    steps = """
    select *, 'P-1' as paper_id, 'x' as file_name, position + 1 as row_number
    from (values
        (1, 'STG', 'SI-1', date '2022-09-15', 'noted'), (2, 'SEN', null, date '2022-10-01', 'adopted'),
        (3, 'RAT', 'SI-2', date '2022-12-01', 'open')
    ) as v (position, body_id, meeting_id, planned_on, result)
    """
    rows = rows_of(
        "fct_paper_step",
        {
            "stg_register__paper_steps": steps,
            "stg_register__papers": "select 'P-1' as paper_id, '1/22' as number, 'Ziele' as title_de,"
            " true as is_public",
            "stg_register__meetings": "select * from (values ('SI-1', date '2022-09-20'),"
            " ('SI-2', date '2022-12-08')) as v (meeting_id, held_on)",
            "stg_register__bodies": "select 'RAT' as body_id, 'rat' as kind, 'Rat' as name_de,"
            " null as name_en",
        },
    )
    told = [(row["position"], row["dealt_with_on"], row["days_late"], row["is_last"]) for row in rows]
    assert sorted(told) == [
        (1, date(2022, 9, 20), 5, False),
        (2, date(2022, 10, 1), None, False),  # no meeting is named: it was dealt with on its day
        (3, None, None, True),
    ]


# The public file.

KNOWN = {
    "dim_goal": "goal_id varchar, state varchar, adoption_decision_id varchar",
    "dim_need": "need_id varchar, category varchar, decision_result varchar",
    "dim_intervention": "intervention_id varchar, state varchar",
    "dim_paper": "paper_id varchar",
}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("fct_steering_report", "'M-1' as intervention_id"),
        ("dim_sector_plan", "['Z-1', 'Z-2'] as goal_ids, [] as intervention_ids"),
        ("dim_sector_plan", "[] as goal_ids, ['M-2'] as intervention_ids"),
        ("fct_participation", "['H-1'] as challenge_ids, [] as need_ids"),
        ("fct_participation", "[] as challenge_ids, ['B-2'] as need_ids"),
        ("fct_commentary", "'goal' as subject_kind, 'Z-2' as subject_id"),
        ("fct_office_goal", "'Z-2' as goal_id"),
        ("fct_paper_step", "'P-2' as paper_id"),
        ("dim_goal", "'Z-1' as goal_id, 'withdrawn' as state, null as adoption_decision_id"),
    ],
)
def test_audit_finds_what_must_not_be_in_the_public_file(table: str, row: str) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute("attach ':memory:' as sozialraum")
        for known, columns in KNOWN.items():
            connection.execute(f"create table sozialraum.main.{known} ({columns})")
        connection.execute("insert into sozialraum.main.dim_goal values ('Z-1', 'in_force', 'D-1')")
        connection.execute("insert into sozialraum.main.dim_need values ('B-1', 'need', 'accepted')")
        connection.execute("insert into sozialraum.main.dim_intervention values ('M-1', 'running')")
        connection.execute("insert into sozialraum.main.dim_paper values ('P-1')")
        tables = dict.fromkeys(KNOWN)
        assert register_problems(connection, tables) == []
        if table in KNOWN:
            connection.execute(f"insert into sozialraum.main.{table} by name select {row}")
        else:
            connection.execute(f"create table sozialraum.main.{table} as select {row}")
        (problem,) = register_problems(connection, {**tables, table: None})
        assert problem.startswith(f"The public file's {table} holds 1 row")
