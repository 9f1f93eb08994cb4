"""The second round of the demo city: what a newcomer sees who copies it into the inbox and builds again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from command_line import City, answered, copy_of, opened, opened_file, sozialraum

from orchestration.release.pointer import _checksum

REVISED, YEAR = "transfer_receipt_non_unemployed", "2023"
VARIABLE, COLUMN = "transfer_recipients_non_unemployed", 9
LATE, LATE_YEAR = "playground_area_per_child", "2024"


@pytest.fixture(scope="module")
def second_round(tmp_path_factory: pytest.TempPathFactory, small_city: City) -> City:
    """The small city after its second round was copied into the inbox and built."""
    city = copy_of(small_city, tmp_path_factory.mktemp("second_round"))
    for file in sorted((city.workspace / "second_delivery").iterdir()):
        shutil.copy(file, city.inbox / file.name)
    done = sozialraum("build", *city.arguments)
    assert done.returncode == 0, done.stderr
    return city


@pytest.fixture
def release(second_round: City) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(second_round.home) as connection:
        yield connection


def delivered(path: Path) -> dict[str, int]:
    """Code of the area -> recipients in a workbook of the job centre."""
    rows = openpyxl.load_workbook(path)["Stadtteile"].iter_rows(min_row=6, values_only=True)
    found: dict[str, int] = {}
    for row in rows:
        if isinstance(count := row[COLUMN], int):
            found[str(row[0])] = count
    return found


def revised_areas(city: City) -> dict[str, tuple[int, int]]:
    """Code of the area -> recipients at first and as corrected, where they differ."""
    first = delivered(city.inbox / f"jobcenter_sgb2_{YEAR}.xlsx")
    second = delivered(city.inbox / f"jobcenter_sgb2_{YEAR}_berichtigt.xlsx")
    return {code: (first[code], second[code]) for code in first if first[code] != second[code]}


def difference(city: City) -> Any:
    return json.loads(sozialraum("release", "diff", "1", "2", "--home", str(city.home), "--json").stdout)


def test_revised_figure_is_flagged_in_exactly_the_areas_of_the_corrected_file(
    second_round: City, release: duckdb.DuckDBPyConnection
) -> None:
    found = release.execute(
        "select split_part(area_id, '-', 2), value from fct_observation"
        " where 'revised' in value_flags and variable_id = ? and period_id = ? and level <> 'sozialraum'",
        [VARIABLE, YEAR],
    ).fetchall()
    expected = {code: float(new) for code, (_, new) in revised_areas(second_round).items()}
    assert len(expected) == 3
    assert {code: float(value) for code, value in found} == expected


def test_release_diff_names_the_revised_and_the_late_indicator(second_round: City) -> None:
    named = {row["indicator_id"]: row for row in difference(second_round)["indicators"]}
    assert set(named) == {REVISED, LATE}
    assert named[REVISED]["n_changed"] >= 3
    assert named[LATE]["n_new"] > 0
    values = difference(second_round)["values"]
    assert {row["period_id"] for row in values if row["indicator_id"] == REVISED} == {YEAR}
    assert {row["period_id"] for row in values if row["indicator_id"] == LATE} == {LATE_YEAR}


def test_query_as_of_the_day_before_gives_the_number_of_that_day(second_round: City, tmp_path: Path) -> None:
    city = copy_of(second_round, tmp_path)
    manifest = city.home / "releases" / "000001" / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    yesterday = date.fromisoformat(content["built_at"][:10]) - timedelta(days=1)
    content["built_at"] = yesterday.isoformat() + content["built_at"][10:]  # as if a day lay between them
    content["checksum"] = _checksum(content)
    manifest.chmod(0o600)
    manifest.write_text(json.dumps(content), encoding="utf-8")
    code = max(revised_areas(city), key=len)
    asked = ("query", REVISED, "--by", "area", "--level", "stadtteil", "--where", f"year = {YEAR}")

    def answer(*options: str) -> float:
        found = answered(*asked, "--home", str(city.home), *options)
        (row,) = [row for row in found["rows"] if row["area"] == f"stadtteil-{code}"]
        return float(row[REVISED])

    first, now = answer("--as-of", yesterday.isoformat()), answer()
    with opened(city.home) as connection:
        (residents,) = connection.execute(
            "select value from fct_observation where variable_id = 'population' and area_id = ?"
            " and period_id = ? and breakdown_id = 'total'",
            [f"stadtteil-{code}", YEAR],
        ).fetchall()[0]
    before, after = revised_areas(city)[code]
    assert first == pytest.approx(100 * before / float(residents), rel=1e-6)
    assert now == pytest.approx(100 * after / float(residents), rel=1e-6)


def test_late_revision_changes_a_status_while_the_frozen_evaluation_stays(second_round: City) -> None:
    """The target of the benefit guides is missed by the first delivery and reached by the corrected one."""
    told = []
    for number in (1, 2):
        path = second_round.home / f"releases/{number:06d}/internal.duckdb"
        with opened_file(path) as connection:
            told.append(
                [
                    connection.execute(sql).fetchall()
                    for sql in (
                        "select status, status like 'achieved%' from fct_target_attainment"
                        f" where target_id = 'ZW-2022-17' and year = {YEAR}",
                        "select status, actual_value, path_value, attainment from fct_evaluation"
                        " where evaluation_id = 'E-2024-01'",
                        "select has_changed_since from fct_evaluation where evaluation_id = 'E-2024-01'",
                    )
                ]
            )
    (((before, was_reached),), frozen, ((changed,),)), (((after, is_reached),), same, ((changed_since,),)) = (
        told
    )
    assert before != after
    assert (was_reached, is_reached) == (False, True)
    assert frozen == same
    assert (changed, changed_since) == (False, True)
