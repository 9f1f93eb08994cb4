"""The table macro with which readers try other weights: in the internal file only, and always with it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from small_release import database, publish_work, rows_with, settings_in, write_work_database

from orchestration import release
from orchestration.settings import Settings

COMPONENTS = [
    ("PG", "a", "need_intensity", 100.0, 0.5),
    ("PG", "a", "supply_gap", 0.0, 0.3),
    ("PG", "a", "trend", 50.0, 0.2),
    ("PG", "b", "need_intensity", 0.0, 0.5),
    ("PG", "b", "supply_gap", 100.0, 0.3),
    ("PG", "b", "trend", None, 0.2),
    ("PG", "c", "trend", None, 0.2),
    ("OTHER", "a", "trend", 70.0, 1.0),
]
ONE = "select area_id, score, rank from sozialraum.main.priority_score({}) order by area_id"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def work_database(settings: Settings) -> Path:
    path = write_work_database(settings.home / "work" / "sozialraum.duckdb", rows_with())
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table fct_priority_component (weighting_id varchar, area_version_id varchar,"
            " area_id varchar, component varchar, score double, weight double, is_public boolean)"
        )
        connection.executemany(
            "insert into fct_priority_component values (?, ? || '@1', ?, ?, ?, ?, false)",
            [(weighting, area, area, *rest) for weighting, area, *rest in COMPONENTS],
        )
    return path


def asked(settings: Settings, number: int, arguments: str) -> list[tuple[object, ...]]:
    with duckdb.connect(":memory:") as connection:
        file = database(settings, number, "internal")
        connection.execute(f"attach '{file}' as sozialraum (read_only)")
        return connection.execute(ONE.format(arguments)).fetchall()


def macros(settings: Settings, number: int, audience: str) -> list[str]:
    with duckdb.connect(str(database(settings, number, audience)), read_only=True) as connection:
        found = connection.execute(
            "select function_name from duckdb_functions() where not internal and function_type like '%macro%'"
        )
        return [str(row[0]) for row in found.fetchall()]


def test_reader_tries_other_weights_and_unknown_components_carry_none(settings: Settings) -> None:
    number = publish_work(settings, work_database(settings))
    stored = [("a", 60.0, 1), ("b", 37.5, 2)]
    assert asked(settings, number, "weighting := 'PG'") == stored
    assert asked(
        settings, number, "weighting := 'PG', need_intensity := .1, supply_gap := .7, trend := .2"
    ) == [
        ("a", 20.0, 2),
        ("b", 87.5, 1),
    ]
    assert asked(settings, number, "weighting := 'PG', need_intensity := 0.3, trend := 0") == [
        ("a", 50.0, 1),
        ("b", 50.0, 1),
    ], "ties share a rank"
    assert (
        asked(settings, number, "weighting := 'PG', need_intensity := 0, supply_gap := 0, trend := 0") == []
    )
    assert len(asked(settings, number, "")) == 3, "without a name all weightings are answered"


def test_public_file_knows_no_scores_and_both_files_verify_after_a_rollback(settings: Settings) -> None:
    first = publish_work(settings, work_database(settings))
    second = publish_work(settings, work_database(settings))
    third = release.rollback(settings, first)
    for number in (first, second, third):
        assert macros(settings, number, "internal") == ["priority_score"]
        assert macros(settings, number, "public") == []
        with duckdb.connect(str(database(settings, number, "public")), read_only=True) as connection:
            assert connection.execute("select count(*) from fct_priority_component").fetchall() == [(0,)]
        assert release.verify(settings, number) == []
    assert asked(settings, third, "weighting := 'PG'") == asked(settings, first, "weighting := 'PG'")


def test_database_without_scores_has_no_macro(settings: Settings) -> None:
    path = write_work_database(settings.home / "work" / "sozialraum.duckdb", rows_with())
    assert macros(settings, publish_work(settings, path), "internal") == []
