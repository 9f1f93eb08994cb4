"""Berlin's Monitoring Soziale Stadtentwicklung 2013: configuration alone gives the published index.

The published standard scores stand in a file with wrong headers: after id, residents and four scores of the
status come sum, score and class of the status, then the first score of the dynamics.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.real_data

TOLERANCE = 2e-5  # published with five decimals, from shares with five decimals
SCORES = {"s1": 2, "s2": 3, "s3": 4, "s4": 5, "d1": 9}
SUM, SCORE = 6, 7


@pytest.fixture(scope="module")
def release(berlin_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    pointer = json.loads((berlin_home / "current.json").read_text(encoding="utf-8"))
    file = berlin_home / pointer["audiences"]["public"]["file"]
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach '{file}' as sozialraum (read_only)")
        connection.execute("use sozialraum")
        yield connection


@pytest.fixture(scope="module")
def classes(shared_data: Path) -> dict[str, tuple[str, str]]:
    """Number of a planning area -> published classes of status and dynamics; 0 where it is excluded."""
    with (shared_data / "berlin_mss_2013" / "2013-00-1-planning-areas.csv").open(encoding="utf-8") as handle:
        return {row["id"]: (row["status_index"], row["dynamic_index"]) for row in csv.DictReader(handle)}


@pytest.fixture(scope="module")
def published(shared_data: Path, classes: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Number of an included planning area -> its row in the file of standard scores."""
    with (shared_data / "berlin_mss_2013" / "2013-00-3-districts.csv").open(encoding="utf-8") as handle:
        rows = list(csv.reader(handle))[1:]
    return {row[0]: row for row in rows if classes[row[0]][0] != "0"}


def values(release: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    relation = release.sql("select * from fct_index_value where index_id = 'berlin_mss' and edition = '2013'")
    rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    return {row["area_id"].removeprefix("planungsraum-"): row for row in rows}


def test_434_of_434_planning_areas_are_in_both_published_classes(
    release: duckdb.DuckDBPyConnection, classes: dict[str, tuple[str, str]]
) -> None:
    told = {code: (row["status_class"], row["dynamic_class"]) for code, row in values(release).items()}
    included = {code: both for code, both in classes.items() if both[0] != "0"}
    assert (len(told), len(included)) == (447, 434)
    assert {code: told[code] for code in included} == included


def test_marked_planning_areas_take_no_part_and_their_zeros_are_no_values(
    release: duckdb.DuckDBPyConnection, classes: dict[str, tuple[str, str]]
) -> None:
    marked = {code for code, both in classes.items() if both[0] == "0"}
    told = values(release)
    assert {code for code, row in told.items() if not row["eligible"]} == marked
    assert {told[code]["no_status_reason"] for code in marked} == {"excluded"}
    assert all(told[code]["status_score"] is None and told[code]["exclusion_reason_de"] for code in marked)
    cells = release.execute(
        "select split_part(area_id, '-', 2), value, value_status, z from fct_index_component"
    ).fetchall()
    assert {cell[1:] for cell in cells if cell[0] in marked} == {(None, "not_applicable", None)}
    zeros = release.execute("select count(*) from fct_index_component where value = 0").fetchall()
    assert zeros == [(4,)], "real zeros of included areas stay values"


def test_standard_scores_sums_and_scores_are_the_published_ones(
    release: duckdb.DuckDBPyConnection, published: dict[str, list[str]]
) -> None:
    told = values(release)
    for name, column in (("status_sum", SUM), ("status_score", SCORE)):
        expected = {code: float(row[column]) for code, row in published.items()}
        assert {code: told[code][name] for code in expected} == pytest.approx(expected, abs=TOLERANCE), name
    cells = release.execute(
        "select component_id, split_part(area_id, '-', 2), z from fct_index_component where z is not null"
    ).fetchall()
    for component, column in SCORES.items():
        expected = {code: float(row[column]) for code, row in published.items()}
        found = {code: z for name, code, z in cells if name == component}
        assert found == pytest.approx(expected, abs=TOLERANCE), component


def test_contributions_add_up_to_the_published_sum(release: duckdb.DuckDBPyConnection) -> None:
    different = release.execute(
        "select area_id, sum(contribution) * 4 as added, any_value(status_sum) as published"
        " from fct_index_component inner join fct_index_value using (index_id, edition, area_id)"
        " where part = 'status' and contribution is not null group by area_id"
        " having abs(added - published) > 1e-9"
    ).fetchall()
    assert different == []


def test_published_shares_have_no_interval_and_the_index_says_why_it_has_none(
    release: duckdb.DuckDBPyConnection,
) -> None:
    reasons = release.execute(
        "select no_rank_interval_reason, count(*), count(rank_lower), count(rank)"
        " from fct_index_value group by 1"
    ).fetchall()
    assert set(reasons) == {("component_without_interval", 434, 0, 434), ("no_score", 13, 0, 0)}
    edition = "select is_comparable_over_time, n_areas, n_eligible, n_scored from dim_index"
    assert release.execute(edition).fetchall() == [(False, 447, 434, 434)]


def test_residents_of_planning_areas_add_up_to_the_city(release: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select level, sum(value)::bigint from fct_observation"
        " where variable_id = 'population' and breakdown_id = 'total' and year = 2013 group by 1"
    )
    assert {total for _, total in release.execute(query).fetchall()} == {3_469_621}
