"""`release diff` as the revision report, and which release answers for a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from small_release import AREAS, date_release, publish_work, rows_with, settings_in, write_work_database

from orchestration import release
from orchestration.metric_conditions import WrongQuery
from orchestration.queried_release import release_as_of
from orchestration.release.pointer import PRUNED
from orchestration.settings import Settings

Said = tuple[float, str, str]  # value, comparison, trend


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def publish(settings: Settings, said: dict[str, Said], status: str) -> None:
    """Publish share_a by area, with limits two points to each side, and the status of one target."""
    rows = [row for row in rows_with() if row[0] == "share_a"]
    work = write_work_database(settings.work_database, rows)
    with duckdb.connect(str(work)) as connection:
        connection.execute("alter table fct_indicator_value add column ci_upper double")
        for name in ("comparison", "trend"):
            connection.execute(f"alter table fct_indicator_value add column {name} varchar")
        for area, (value, comparison, trend) in said.items():
            connection.execute(
                "update fct_indicator_value set value = $1, numerator = $1, ci_lower = $1 - 2,"
                " ci_upper = $1 + 2, comparison = $2, trend = $3 where area_id = $4",
                [value, comparison, trend, area],
            )
        connection.execute(
            "create table dim_goal as"
            " select 'g1' as goal_id, 'adopted' as state, 'd1' as adoption_decision_id"
        )
        connection.execute(
            "create table fct_target_attainment as select 't1' as target_id, 'g1' as goal_id,"
            " '2024' as period_id, 'share_a' as indicator_id, ? as area_id, ? as status",
            [AREAS[0], status],
        )
    publish_work(settings, work)


@pytest.fixture
def revised(settings: Settings) -> Settings:
    """Three values were revised: by 1 point, by 3 points, and by 1 point that turns what it says."""
    before = dict.fromkeys(AREAS, (10.0, "similar", "no_significant_change"))
    after = {
        AREAS[0]: (11.0, "similar", "no_significant_change"),
        AREAS[1]: (7.0, "similar", "decreasing"),
        AREAS[2]: (11.0, "higher", "no_significant_change"),
    }
    publish(settings, before, "on_track")
    publish(settings, after, "insufficient")
    return settings


def test_change_is_beyond_when_it_exceeds_half_the_width_of_the_old_interval(revised: Settings) -> None:
    values = {row["area_id"]: row for row in release.diff(revised, 1, 2)["values"]}
    assert [values[area]["exceeds_interval"] for area in AREAS] == [False, True, False]
    assert [values[area]["comparison_flips"] for area in AREAS] == [False, False, True]
    assert [values[area]["trend_flips"] for area in AREAS] == [False, True, False]
    assert (values[AREAS[2]]["earlier_comparison"], values[AREAS[2]]["later_comparison"]) == (
        "similar",
        "higher",
    )


def test_report_counts_what_matters_per_indicator_and_in_all(revised: Settings) -> None:
    report = release.diff(revised, 1, 2)
    (row,) = report["indicators"]
    assert (row["n_changed"], row["n_beyond_interval"]) == (3, 1)
    assert (row["n_comparison_flips"], row["n_trend_flips"]) == (1, 1)
    assert report["summary"] == {
        "n_indicators": 1,
        "n_changed": 3,
        "n_new": 0,
        "n_vanished": 0,
        "n_beyond_interval": 1,
        "n_comparison_flips": 1,
        "n_trend_flips": 1,
        "n_targets_otherwise": 1,
    }


def test_target_that_is_assessed_otherwise_is_named_with_both_words(revised: Settings) -> None:
    (target,) = release.diff(revised, 1, 2)["targets"]
    assert (target["target_id"], target["earlier_status"], target["later_status"]) == (
        "t1",
        "on_track",
        "insufficient",
    )


def test_release_of_a_product_without_limits_says_that_it_does_not_know(settings: Settings) -> None:
    for number in (1, 2):
        rows = rows_with({("share_a", AREAS[0]): (10.0 + number, "ok")})
        publish_work(settings, write_work_database(settings.work_database, rows))
    (value,) = release.diff(settings, 1, 2)["values"]
    assert (value["kind"], value["exceeds_interval"], value["comparison_flips"]) == ("changed", None, None)


def test_as_of_a_day_is_the_last_release_published_by_it_and_never_an_older_one(settings: Settings) -> None:
    for number, day in enumerate(("2024-02-01", "2024-05-01", "2024-08-01"), start=1):
        rows = rows_with({("share_a", AREAS[0]): (10.0 + number, "ok")})
        publish_work(settings, write_work_database(settings.work_database, rows))
        date_release(settings.releases / f"{number:06d}", day)
    days = [date(2024, 2, 1), date(2024, 4, 30), date(2024, 5, 1), date(2025, 1, 1)]
    assert [release_as_of(settings, day) for day in days] == [1, 1, 2, 3]
    with pytest.raises(WrongQuery, match="No release was published by 2024-01-31"):
        release_as_of(settings, date(2024, 1, 31))
    (settings.releases / "000002" / PRUNED).touch()
    with pytest.raises(WrongQuery, match="Release 2, the last one published by 2024-06-01, was pruned"):
        release_as_of(settings, date(2024, 6, 1))
