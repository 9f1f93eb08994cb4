"""Each type of target on invented figures: what counts as the value, the way, reached, and partly."""

from __future__ import annotations

from typing import Any

import pytest
from target_pipeline import Figure, attained

Row = dict[str, Any]
FALLING = (24.0, 23.0, 22.0, 21.0, 20.0, 18.5, 17.0, 15.5)
YEARS = range(2016, 2024)
SERIES = [Figure(year, value, 1.0) for year, value in zip(YEARS, FALLING, strict=True)]


def latest(target: Row, figures: list[Figure] | None = None, **more: Any) -> Row:
    """The row of the last year with a value."""
    rows = attained({"t": target}, figures if figures is not None else SERIES, **more).values()
    (row,) = (one for one in rows if one["is_latest"])
    return row


def ending(
    value: float, half: float | None = None, indicator: str = "share", first: float = 20.0
) -> list[Figure]:
    """A series from its first value in 2020 to this one in 2025."""
    return [
        Figure(2020, first, half, indicator=indicator),
        Figure(2025, value, half, indicator=indicator),
    ]


def test_reach_goes_from_its_baseline_to_its_value() -> None:
    row = latest({"target_type": "reach", "baseline_value": 20, "target_value": 10})
    assert (row["actual_value"], row["path_value"], row["target_value"]) == (15.5, 14, 10)
    assert (row["attainment"], row["plan_attainment"], row["progress_ratio"]) == pytest.approx(
        (0.45, 0.75, 0.75)
    )
    assert (row["status"], row["method"], row["verdict"]) == ("acceleration_needed_uncertain", "linear", None)
    assert row["required_annual_change"] == pytest.approx(-2.75)
    assert row["observed_annual_change"] == pytest.approx(-1.5)


@pytest.mark.parametrize(
    ("value", "settings", "expected"),
    [
        (10.0, {}, "attained"),
        (10.4, {}, "partly"),
        (10.4, {"tolerance": 0.5}, "attained"),
        (14.0, {}, "partly"),
        (14.1, {}, "not_attained"),
        (14.1, {"partly_from": 0.5}, "partly"),
        (13.0, {"partly_from": 0.8}, "not_attained"),
        (25.0, {}, "not_attained"),
    ],
)
def test_verdict_follows_the_tolerance_and_the_share_of_the_goals_own_rule(
    value: float, settings: Row, expected: str
) -> None:
    target = {"target_type": "reach", "baseline_value": 20, "target_value": 10, **settings}
    assert latest(target, ending(value))["verdict"] == expected


def test_both_polarities_are_mirrors_of_each_other() -> None:
    """A share of 20 on its way to 10, and the share of the others, 80 on its way to 90."""
    falling = latest({"target_type": "reach", "baseline_value": 20, "target_value": 10})
    mirrored = [Figure(one.year, 100 - (one.value or 0), 1.0, indicator="good") for one in SERIES]
    rising = latest(
        {"target_type": "reach", "indicator_id": "good", "baseline_value": 80, "target_value": 90}, mirrored
    )
    same = ("attainment", "plan_attainment", "progress_ratio", "ratio_lower", "ratio_upper", "deviation")
    assert [falling[name] for name in same] == pytest.approx([rising[name] for name in same])
    assert (falling["status"], falling["forecast"]) == (rising["status"], rising["forecast"])
    assert falling["projected_value"] == pytest.approx(100 - rising["projected_value"])


@pytest.mark.parametrize(
    ("value", "half", "status", "verdict"),
    [
        (19.0, 0.2, "achieved", "attained"),
        (20.4, 0.2, "achieved_uncertain", "attained"),
        (20.6, 0.2, "moving_away_uncertain", "not_attained"),
        (22.0, 0.2, "moving_away", "not_attained"),
        (22.0, None, "moving_away", "not_attained"),
    ],
)
def test_what_is_to_be_kept_is_kept_within_its_tolerance(
    value: float, half: float | None, status: str, verdict: str
) -> None:
    row = latest({"target_type": "maintain", "baseline_value": 20, "tolerance": 0.5}, ending(value, half))
    assert (row["status"], row["verdict"]) == (status, verdict)
    assert (row["target_value"], row["path_value"]) == (20, 20)
    assert (row["attainment"], row["progress_ratio"], row["status_reason"]) == (None, None, None)
    assert row["is_smaller_than_noise"] is False


def test_what_is_to_be_kept_may_be_a_floor_below_the_baseline() -> None:
    target = {"target_type": "maintain", "indicator_id": "good", "baseline_value": 20, "target_value": 18}
    row = latest(target, ending(18.5, indicator="good"))
    assert (row["status"], row["path_value"]) == ("achieved", 18)


def counted(area: float, city: float, year: int) -> list[Figure]:
    """1,000 people in the area, 10,000 in the city; shares in per cent."""
    return [
        Figure(year, area, 1.0, numerator=area * 10, denominator=1000),
        Figure(year, city, 0.5, "city", numerator=city * 100, denominator=10_000),
    ]


def test_gap_is_the_area_less_the_rest_of_the_city_with_the_interval_of_a_difference() -> None:
    """20 % here, 12 % in the city: 1,000 of the 9,000 others, so a gap of 20 - 11.1 and not of 8."""
    target = {"target_type": "reduce_gap", "baseline_value": 8.9, "target_value": 4}
    row = latest(target, [*counted(20, 12, 2020), *counted(17, 12.5, 2025)])
    assert row["actual_value"] == pytest.approx(17 - 100 * (1250 - 170) / 9000)
    assert row["baseline_lower"] < 8.9 < row["baseline_upper"]
    rest_upper = 100 * 0.1267  # Wilson 95 % of 1,080 in 9,000
    assert row["actual_lower"] == pytest.approx(5 - (1.0 + (rest_upper - 12) ** 2) ** 0.5, abs=0.01)
    assert row["attainment"] == pytest.approx((5 - 8.9) / (4 - 8.9))
    assert row["verdict"] == "partly"


@pytest.mark.parametrize(
    ("city", "value_status"),
    [
        ([], "not_available"),
        ([Figure(2025, None, area="city", status="suppressed_primary")], "suppressed_primary"),
        ([Figure(2025, 12.0, area="city")], "not_applicable"),
    ],
)
def test_gap_without_a_rest_of_the_city_says_so(city: list[Figure], value_status: str) -> None:
    figures = [Figure(2025, 20.0, 1.0, numerator=200, denominator=1000), *city]
    target = {"target_type": "reduce_gap", "baseline_value": 8.9, "target_value": 4}
    row = attained({"t": target}, figures)["t", 2025]
    assert (row["actual_value"], row["status"]) == (None, "not_assessable")
    assert (row["value_status"], row["status_reason"]) == (value_status, "no_rest_of_city")


def test_relative_change_aims_at_the_baseline_less_so_many_per_cent() -> None:
    row = latest({"target_type": "relative_change", "baseline_value": 20, "relative_change": -25})
    assert (row["target_value"], row["attainment"]) == (15, pytest.approx(0.9))


@pytest.mark.parametrize(
    ("baseline", "value", "attainment", "verdict"),
    [
        (20.0, 18.0, 0.5, "not_attained"),
        (20.0, 16.0, 1.0, "attained"),
        (20.0, 14.0, 1.0, "attained"),
        (20.0, 11.0, 0.75, "partly"),
        (20.0, 8.0, 0.0, "not_attained"),
        (20.0, 24.0, -1.0, "not_attained"),
        (8.0, 10.0, 0.5, "not_attained"),
        (8.0, 13.0, 1.0, "attained"),
        (8.0, 20.0, 0.0, "not_attained"),
        (14.0, 13.0, None, "attained"),
        (14.0, 17.0, None, "not_attained"),
    ],
)
def test_range_counts_the_distance_to_its_nearer_bound_from_either_side(
    baseline: float, value: float, attainment: float | None, verdict: str
) -> None:
    """From 12 to 16: inside is attained, beyond the other bound is as far away as before it."""
    target = {
        "target_type": "range", "indicator_id": "neutral", "baseline_value": baseline,
        "target_lo": 12, "target_hi": 16,
    }  # fmt: skip
    row = latest(target, ending(value, indicator="neutral", first=baseline))
    assert (row["attainment"], row["verdict"]) == (attainment, verdict)
    assert row["target_value"] == min(max(baseline, 12), 16)


def test_range_is_surely_attained_only_with_its_whole_interval() -> None:
    target = {"target_type": "range", "baseline_value": 20, "target_lo": 12, "target_hi": 16}
    assert latest(target, ending(14.0, 1.0))["status"] == "achieved"
    assert latest(target, ending(14.0, 3.0))["status"] == "achieved_uncertain"


@pytest.mark.parametrize(
    ("year", "done_on", "status", "reason", "attainment", "verdict"),
    [
        (2023, "2023-12-31", "achieved", None, 1.0, "attained"),
        (2023, "2024-01-01", "insufficient", None, 0.0, "not_attained"),
        (2023, None, "insufficient", None, 0.0, "not_attained"),
        (2024, None, "not_assessable", "not_due", None, "not_assessable"),
        (2030, "2022-05-01", "achieved", None, 1.0, "attained"),
    ],
)
def test_milestone_is_done_by_the_end_of_its_year_or_not(
    year: int, done_on: str | None, status: str, reason: str | None, attainment: float | None, verdict: str
) -> None:
    """The figures end in 2023: a milestone of 2024 is not due yet."""
    target = {
        "target_type": "milestone", "indicator_id": None, "baseline_period_id": None,
        "target_year": year, "done_on": done_on,
    }  # fmt: skip
    row = latest(target)
    assert (row["year"], row["status"], row["status_reason"]) == (year, status, reason)
    assert (row["attainment"], row["verdict"]) == (attainment, verdict)
    assert (row["indicator_id"], row["method"], row["actual_value"], row["path_value"]) == (None,) * 4


def test_each_rule_of_progress_has_its_own_ratio_of_the_same_figures() -> None:
    target = {"target_type": "reach", "baseline_value": 20, "target_value": 10, "target_year": 2026}
    rows = attained(
        {rule: {**target, "progress_method": rule} for rule in ("linear", "cagr", "sustainability")}, SERIES
    )
    found = {rule: rows[rule, 2023] for rule in ("linear", "cagr", "sustainability")}
    assert {rule: row["method"] for rule, row in found.items()} == {rule: rule for rule in found}
    growth = ((15.5 / 20) ** (1 / 3) - 1) / ((10 / 20) ** (1 / 6) - 1)
    assert found["linear"]["progress_ratio"] == pytest.approx(0.9)
    assert found["cagr"]["progress_ratio"] == pytest.approx(growth)
    # 22 five years ago: 1.3 a year for three years are 3.9 of the 5.5 still to go.
    assert found["sustainability"]["progress_ratio"] == pytest.approx(3.9 / 5.5)
    assert found["sustainability"]["status"] == "insufficient_uncertain"
    for row in found.values():
        assert row["ratio_lower"] < row["progress_ratio"] < row["ratio_upper"]


@pytest.mark.parametrize(
    ("rule", "figures", "reason"),
    [
        ("sustainability", SERIES[4:], "too_few_years"),
        ("cagr", [Figure(2020, 20.0), Figure(2023, -3.0)], "no_growth_rate"),
    ],
)
def test_rule_that_has_nothing_to_say_says_why(rule: str, figures: list[Figure], reason: str) -> None:
    target = {"indicator_id": "share", "target_type": "reach", "baseline_value": 20, "target_value": 30}
    row = latest({**target, "polarity": "higher_better", "progress_method": rule}, figures)
    assert (row["status"], row["status_reason"]) == ("not_assessable", reason)


def test_five_years_across_a_break_are_too_few() -> None:
    target = {"target_type": "reach", "baseline_value": 20, "target_value": 10}
    row = latest({**target, "progress_method": "sustainability"}, breaks=[("share", 2019)])
    assert (row["status"], row["status_reason"]) == ("not_assessable", "too_few_years")
    assert latest(target, breaks=[("share", 2019)])["status"] == "acceleration_needed_uncertain"
    assert latest(target, breaks=[("share", 2022)])["status_reason"] == "series_break"


def test_value_lies_on_the_path_that_the_interim_values_draw() -> None:
    target = {
        "target_type": "reach",
        "baseline_value": 20,
        "target_value": 10,
        "interim": ["2022=19", "2024=13"],
    }
    rows = attained({"line": target, "steps": {**target, "path": "steps"}}, SERIES)
    assert [rows["line", year]["path_value"] for year in range(2020, 2026)] == [20, 19.5, 19, 16, 13, 10]
    assert [rows["steps", year]["path_value"] for year in range(2020, 2026)] == [20, 20, 19, 19, 13, 10]
    assert rows["line", 2023]["deviation"] == 0.5
    assert rows["steps", 2021]["plan_attainment"] is None  # the path has not moved yet
    assert rows["line", 2023]["progress_ratio"] == pytest.approx(0.75)  # the ratio knows no interim value


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"target_type": "reach", "target_value": 14.5}, "likely"),
        ({"target_type": "reach", "target_value": 14.1}, "toss_up"),
        ({"target_type": "reach", "target_value": 13.6}, "unlikely"),
        ({"target_type": "reach", "target_value": 13.6, "tolerance": 1}, "likely"),
        ({"target_type": "reach", "target_value": 0}, "unlikely"),
        ({"target_type": "maintain"}, "likely"),
        ({"target_type": "range", "target_lo": 12, "target_hi": 16}, "likely"),
        ({"target_type": "range", "target_lo": 16, "target_hi": 18}, "unlikely"),
    ],
)
def test_forecast_weighs_the_projection_against_what_attains_the_target(target: Row, expected: str) -> None:
    row = latest({"baseline_value": 20, **target})
    assert (row["forecast"], row["projection_status"]) == (expected, "ok")


@pytest.mark.parametrize(
    ("figures", "year", "reason"),
    [(SERIES[5:], 2025, "too_few_points"), (SERIES, 2023, "target_year_reached")],
)
def test_forecast_that_cannot_be_made_says_why(figures: list[Figure], year: int, reason: str) -> None:
    row = latest(
        {"target_type": "reach", "baseline_value": 20, "target_value": 10, "target_year": year}, figures
    )
    assert (row["forecast"], row["projection_status"]) == ("not_assessable", reason)
