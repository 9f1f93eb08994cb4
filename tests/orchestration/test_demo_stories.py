"""The stories of the demo city: every case a planner will meet is told once, and its figures bear it out.

Lives here: one claim per case, on the register of the full city and on the figures behind it; what needs a
release is asked of the small city. Must not live here: the rules of the register.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pytest
from command_line import City as BuiltCity
from command_line import opened
from fixtures.true_effects import CONCERNED, TRUE_EFFECTS
from oracles.comparisons import morans_i, placebo, standardised

from orchestration.demo import effects, write_demo, writing
from orchestration.demo.chance import YEARS
from orchestration.demo.figures import Figures
from orchestration.demo.measures import MEASURES, counted, interval, share
from orchestration.demo.mistakes import SECOND_ROUND_SIZE, SECOND_ROUND_YEAR
from orchestration.demo.offers import childcare_centres, meeting_places, schools
from orchestration.demo.places import Named, early_care_place, named_places, revised_place
from orchestration.workspace import load_workspace

PLANNING = Path(__file__).resolve().parents[2] / "seeds" / "demo" / "planning"
TEXTS = Path(effects.__file__).parent / "register"
SEED = 2021
SURE = 0.05  # share of placebo areas below which a difference is told apart from chance
Rows = list[dict[str, str]]


def rows(stem: str) -> Rows:
    with (PLANNING / f"{stem}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def row(stem: str, key: str) -> dict[str, str]:
    (found,) = [one for one in rows(stem) if next(iter(one.values())) == key]
    return found


def states(key: str) -> list[str]:
    return [one["to_state"] for one in rows("status_events") if one["entity_id"] == key]


@pytest.fixture(scope="module")
def figures() -> Figures:
    return writing.city_figures(SEED, 1.0)


@pytest.fixture(scope="module")
def places(figures: Figures) -> dict[str, Named]:
    return named_places(figures)


@pytest.fixture(scope="module")
def internal(small_city: BuiltCity) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(small_city.home, "internal") as connection:
        yield connection


def neighbourhoods(figures: Figures) -> list[Named]:
    return [Named(place) for place in figures.city.neighbourhoods]


def compared(
    figures: Figures, indicator: str, area: str, first: int, last: int, traits: Sequence[str]
) -> tuple[float, float]:
    """The placebo test of an outcome, from the true figures of all neighbourhoods."""
    what, whole, _ = MEASURES[indicator]
    everywhere = neighbourhoods(figures)
    before, after = (
        [(counted(figures, what, one, year), counted(figures, whole, one, year)) for one in everywhere]
        for year in (first, last)
    )
    alike = [standardised([share(figures, trait, one, first) for one in everywhere]) for trait in traits]
    treated = [str(one) for one in everywhere].index(area)
    return placebo(before, after, list(zip(*alike, strict=True)), treated)


def outcome(figures: Figures, key: str) -> tuple[float, float]:
    """The placebo test of an outcome of the register."""
    told = row("evaluation_outcomes", key)
    traits = row("evaluations", told["evaluation_id"])["matching_indicators"].split("|")
    first, last = int(told["baseline_period_id"]), int(told["followup_period_id"])
    return compared(figures, told["indicator_id"], told["area_id"], first, last, traits)


def quoted(stem: str, key: str) -> str:
    return " ".join(row(stem, key).values())


# The city and its two cycles.


def test_register_has_the_size_of_a_city_that_works_with_it(figures: Figures) -> None:
    sizes = {"goals": 25, "targets": 40, "needs": 60, "interventions": 45, "evaluations": 12}
    assert all(len(rows(stem)) >= least for stem, least in sizes.items())
    assert sum(len(offers(figures)) for offers in (childcare_centres, meeting_places, schools)) >= 400


def test_first_cycle_has_eleven_conferences_and_is_closed() -> None:
    ended = [one for one in rows("bodies") if one["kind"] == "sozialraumkonferenz" and one["valid_to"]]
    assert len(ended) == 11
    assert len([one for one in rows("bodies") if one["kind"] == "sozialraumkonferenz"]) == 11 + 15
    over = {"achieved", "partly_achieved", "not_achieved"}
    assert all(states(one["goal_id"])[-1] in over for one in rows("goals") if one["goal_id"][:6] == "Z-2014")
    first = [one["strategy_id"] for one in rows("strategies") if one["strategy_id"][:6] == "S-2014"]
    assert {states(key)[-1] for key in first} == {"completed"}


def test_second_cycle_runs() -> None:
    current = {states(one["strategy_id"])[-1] for one in rows("strategies") if one["strategy_id"] > "S-2022"}
    assert current == {"running"}


def test_two_findings_of_the_first_cycle_begin_the_second() -> None:
    begun = {
        (one["creates_kind"], one["creates_id"])
        for one in rows("followups")
        if one["followup_id"].startswith("FM-2020") and one["creates_id"]
    }
    assert len(begun) >= 2
    for kind, key in begun:
        (first, *_) = [
            one for one in rows("status_events") if (one["entity"], one["entity_id"]) == (kind, key)
        ]
        assert first["at"] >= "2021-01-01"


# Findings and challenges.


def test_one_problem_is_clustered_and_one_is_scattered(figures: Figures, places: dict[str, Named]) -> None:
    city = figures.city.neighbourhoods
    beside = [[j for j, b in enumerate(city) if a is not b and a.polygon.intersects(b.polygon)] for a in city]
    for key, is_clustered in (("F-2012-02", True), ("F-2021-02", False)):
        finding = row("findings", key)
        year = int(finding["period_id"])
        values = [share(figures, finding["indicator_id"], one, year) for one in neighbourhoods(figures)]
        index, p = morans_i(values, beside)
        assert (p < SURE) == is_clustered, (key, index, p)
    named = [places[f"st_verstreut_{n}"] for n in (1, 2, 3)]
    assert all(one.name in row("findings", "F-2021-02")["text_de"] for one in named)
    assert not any(a.place.polygon.intersects(b.place.polygon) for a in named for b in named if a is not b)


def test_one_area_is_extreme_only_by_small_numbers(figures: Figures, places: dict[str, Named]) -> None:
    finding, here = row("findings", "F-2021-03"), places["st_klein"]
    indicator, year = finding["indicator_id"], int(finding["period_id"])
    values = sorted((share(figures, indicator, one, year) for one in neighbourhoods(figures)), reverse=True)
    assert values.index(share(figures, indicator, here, year)) < len(values) / 10
    low, high = interval(figures, indicator, here, year)
    assert low <= share(figures, indicator, places["stadt"], year) <= high
    assert states("H-2021-07")[-1] == "rejected"


def test_one_indicator_is_missing_where_it_is_needed() -> None:
    assert row("challenges", "H-2021-03")["finding_ids"] == ""
    with (PLANNING.parent / "indicators.csv").open(encoding="utf-8") as source:
        levels = {one["indicator_id"]: one["levels"] for one in csv.DictReader(source, delimiter=";")}
    assert "sozialraum" not in levels["loneliness_survey"]
    assert states("Z-2022-05")[-1] == "adopted"


def test_politics_and_welfare_associations_set_other_priorities() -> None:
    def mean(challenge: str, role: str) -> float:
        given = [
            (float(one["score"]), float(one["weight"]))
            for one in rows("challenge_ratings")
            if (one["challenge_id"], one["rater_role"]) == (challenge, role)
        ]
        return sum(score * weight for score, weight in given) / sum(weight for _, weight in given)

    assert mean("H-2021-04", "welfare") - mean("H-2021-04", "politics") > 1.5
    assert mean("H-2021-09", "politics") - mean("H-2021-09", "welfare") > 1.5


# Goals.


def test_one_goal_has_no_measure_and_one_no_strategy() -> None:
    parents = {one["parent_id"] for one in rows("goals")}
    leaves = [
        one["goal_id"]
        for one in rows("goals")
        if one["goal_id"] not in parents and states(one["goal_id"])[-1] == "in_force"
    ]
    measured = {one["goal_id"] for one in rows("targets")}
    on_the_way = {goal for one in rows("strategies") for goal in one["goal_ids"].split("|")}
    assert [goal for goal in leaves if goal not in measured] == ["Z-2022-03"]
    assert [goal for goal in leaves if goal not in on_the_way] == ["Z-2022-13"]


def test_one_goal_is_smaller_than_chance(figures: Figures, places: dict[str, Named]) -> None:
    target = row("targets", "ZW-2022-14")
    low, high = interval(
        figures, target["indicator_id"], places["st_klein"], int(target["baseline_period_id"])
    )
    step = abs(float(target["target_value"]) - float(target["baseline_value"]))
    assert 0 < step < (high - low) / 2


# Needs.


def test_all_four_fields_of_gap_and_need_occur(internal: duckdb.DuckDBPyConnection) -> None:
    fields = internal.execute("select distinct field from fct_need_gap where field is not null").fetchall()
    assert {field for (field,) in fields} == {"gap_and_need", "gap_only", "need_only", "neither"}


def test_a_wish_is_rejected_and_a_need_returned() -> None:
    assert (states("W-2023-01")[0], states("W-2023-01")[-1]) == ("wish", "rejected")
    assert states("B-2023-06")[-2:] == ["returned", "under_review"]


def test_needs_outside_the_social_spaces_have_another_body_or_none(places: dict[str, Named]) -> None:
    (decision,) = [one for one in rows("decisions") if one["subject_id"] == "B-2022-11"]
    assert decision["body_id"] == f"bezirksvertretung_{places['bz_aussen'].code}"
    assert "decision" not in states("B-2025-05")
    assert states("B-2025-05")[-1] == "ready_for_conference"


# Interventions.


def test_one_intervention_is_shared_by_offices_and_one_is_a_mandate() -> None:
    shared, mandate = row("interventions", "M-2023-11"), row("interventions", "M-2024-03")
    assert len({shared["lead_office"], *shared["co_offices"].split("|")}) >= 2
    assert (mandate["need_ids"], mandate["mandate_reason_de"] != "") == ("", True)


def test_late_over_budget_stopped_and_without_staff() -> None:
    late = [one for one in rows("milestones") if one["intervention_id"] == "M-2023-06" and one["done_on"]]
    assert all(one["done_on"] > one["due_on"] for one in late)
    money = [one for one in rows("resources") if one["intervention_id"] == "M-2023-08" and one["actual"]]
    spent, given = (
        sum(float(one[column]) for one in money if one["kind"] == "budget")
        for column in ("actual", "approved")
    )
    assert spent > 1.2 * given
    assert states("M-2023-09")[-2:] == ["aborted", "evaluated"]
    staff = [
        one
        for one in rows("resources")
        if (one["intervention_id"], one["kind"]) == ("M-2023-01", "staff_fte")
    ]
    assert all(float(one["actual"]) < float(one["approved"]) for one in staff)


# Effects, real and apparent.


def test_what_acted_is_exactly_what_the_fixture_knows(
    figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "add_effects", lambda _: None)
    without = writing.city_figures(SEED, 1.0)
    moved = {
        key
        for key in without.parts
        if key in figures.parts and (without.parts[key] != figures.parts[key]).any()
    }
    assert moved == set(TRUE_EFFECTS)
    for key, place in (
        ("children_under_3_in_day_care", early_care_place(without)),
        ("transfer_recipients_non_unemployed", revised_place(without)),
    ):
        here = figures.city.members(place)
        elsewhere = np.setdiff1d(np.arange(figures.city.n_quarters), here)
        assert (without.parts[key][elsewhere] == figures.parts[key][elsewhere]).all()
        concerned = without.parts[CONCERNED[key]][here].sum(axis=0)
        change = (figures.parts[key] - without.parts[key])[here].sum(axis=0) / concerned
        for year in YEARS:
            assert change[YEARS.index(year)] == pytest.approx(TRUE_EFFECTS[key].get(year, 0), abs=0.006)


def test_true_effect_is_found(figures: Figures) -> None:
    effect, p = outcome(figures, "E-2020-01-2")
    assert effect > 0 and p < SURE
    assert row("evaluation_findings", "EF-2020-01")["verdict"] == "attained"


def test_return_to_the_usual_looks_fine_and_is_no_effect(figures: Figures) -> None:
    assert row("evaluation_findings", "EF-2020-02")["verdict"] == "attained"
    target, told = row("targets", "ZW-2014-07"), row("evaluation_outcomes", "E-2020-02-2")
    assert int(told["baseline_period_id"]) < int(
        target["baseline_period_id"]
    )  # before the year it was chosen by
    _, p = outcome(figures, "E-2020-02-2")
    assert p > 4 * SURE


def test_target_is_reached_by_the_context_alone(figures: Figures) -> None:
    assert row("evaluation_findings", "EF-2020-04")["verdict"] == "attained"
    _, p = outcome(figures, "E-2020-03-2")
    assert p > 4 * SURE
    city = Named(figures.city.places["stadt"][0])
    first, last = (share(figures, "all_day_primary_participation", city, year) for year in (2014, 2019))
    assert last - first > 3  # it rose everywhere


def test_effect_of_the_second_cycle_is_not_distinguishable(figures: Figures) -> None:
    _, p = outcome(figures, "E-2026-01-2")
    assert p > SURE


def test_target_is_missed_because_the_conditions_changed() -> None:
    finding = row("evaluation_findings", "EF-2020-06")
    assert finding["verdict"] == "not_attained"
    assert {reason.split(".")[0] for reason in finding["deviation_reasons"].split("|")} == {"framework"}


def test_outcome_without_baseline_is_not_judged(internal: duckdb.DuckDBPyConnection) -> None:
    told = row("evaluation_outcomes", "E-2024-02-1")
    found = internal.execute(
        "select count(value) from fct_indicator_value where indicator_id = ? and period_id = ?",
        [told["indicator_id"], told["baseline_period_id"]],
    ).fetchone()
    assert found == (0,)
    assert internal.execute(
        "select baseline_value, effect_class from fct_evaluation where outcome_id = 'E-2024-02-1'"
    ).fetchall() == [(None, "not_assessable")]


def test_late_revision_decides_whether_the_target_is_reached(
    figures: Figures, places: dict[str, Named]
) -> None:
    target, here = row("targets", "ZW-2022-17"), places["st_revidiert"]
    true = share(figures, target["indicator_id"], here, SECOND_ROUND_YEAR)
    at_first = true + 100 * SECOND_ROUND_SIZE / counted(figures, (0, None), here, SECOND_ROUND_YEAR)
    assert int(target["target_year"]) == SECOND_ROUND_YEAR
    assert true <= float(target["target_value"]) < at_first


def test_each_kind_of_reason_for_a_deviation_occurs() -> None:
    alone = [
        {reason.split(".")[0] for reason in one["deviation_reasons"].split("|")}
        for one in rows("evaluation_findings")
        if one["deviation_reasons"]
    ]
    for kind in ("process", "project_design", "framework"):
        assert {kind} in alone


# Bodies.


def test_a_lot_decided_the_last_seat_and_two_seats_are_those_of_welfare_associations() -> None:
    (election,) = rows("elections")
    assert election["lot_winner_ids"] == "gruppe_e" and election["lot_witness_de"]
    held = [one for one in rows("memberships") if one["body_id"] == "steuerungsgremium"]
    assert sum(int(one["seats"]) for one in held if one["seat_kind"] == "welfare") == 2
    assert sum(int(one["seats"]) for one in held if one["is_voting"] == "true") == 14


def test_lights_tell_late_costly_stopped_and_understaffed() -> None:
    uneasy = {one["intervention_id"] for one in rows("steering_reports") if one["light"] != "green"}
    assert {"M-2023-06", "M-2023-08", "M-2023-09", "M-2023-01"} <= uneasy


# The texts.


def test_no_text_holds_a_measured_figure_that_does_not_come_from_the_city() -> None:
    literal = re.compile(r"\d(,\d+)? (Prozent|Prozentpunkt)")
    found = [
        (file.name, match.group())
        for file in TEXTS.rglob("*.csv")
        for match in literal.finditer(re.sub(r"\{[^}]*\}", "", file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_quoted_value_is_the_figure_of_its_text(figures: Figures, places: dict[str, Named]) -> None:
    by_id = {str(one): one for one in places.values()}
    for one in rows("findings"):
        value = share(figures, one["indicator_id"], by_id[one["area_id"]], int(one["period_id"]))
        assert float(one["quoted_value"]) == round(value, 1)
        assert f"{round(value, 1)}".replace(".", ",") in one["text_de"], one["finding_id"]


@pytest.mark.parametrize(("seed", "scale"), [(1, 0.1), (3, 0.05), (5, 0.1)])
def test_other_cities_tell_the_stories_without_an_error(seed: int, scale: float, tmp_path: Path) -> None:
    write_demo(tmp_path / "city", seed, scale)
    _, findings = load_workspace(tmp_path / "city")
    assert [one for one in findings if one.severity == "error"] == []
    assert [one.rule for one in findings if one.severity == "warning"] == ["goal_without_target"]
