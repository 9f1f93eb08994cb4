"""Differences, similar areas, rank correlations and segregation: what the tables say of invented figures."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from command_line import City
from compiled_marts import Cell, Figures, compiled_sql, rows_of
from oracles import exact

PARTS = [f"p{number:02}" for number in range(12)]
SUPPRESSED = "suppressed_primary"


def shares(indicator: str, counts: list[int], year: int = 2024, total: int = 1000) -> list[Cell]:
    return [
        Cell(indicator, area, year, count, total)
        for area, count in zip(PARTS[: len(counts)], counts, strict=True)
    ]


def drawn(seed: int, n: int = 12) -> list[int]:
    return Random(seed).sample(range(50, 900), n)  # noqa: S311 - invented figures


# Rank correlations.


@pytest.fixture(scope="module")
def correlations(small_city: City) -> str:
    return compiled_sql(small_city.home, "fct_indicator_correlation")


def test_correlation_is_of_the_shown_values_in_the_latest_common_year(correlations: str) -> None:
    a, b, old = drawn(1), drawn(2), drawn(3)
    cells = [
        *shares("a", a), *shares("b", b), *shares("a", old, 2023), *shares("b", a, 2023),
        *shares("c", old, 2022), *shares("a", b, 2022),
    ]  # fmt: skip
    found = {(r["indicator_id"], r["other_indicator_id"]): r for r in rows_of(correlations, Figures(cells))}
    assert set(found) == {("a", "b"), ("a", "c")}, "each pair once; b and c share no year"
    assert (found["a", "b"]["year"], found["a", "c"]["year"]) == (2024, 2022)
    assert found["a", "b"]["rho"] == pytest.approx(exact.spearman(a, b), abs=1e-11)
    assert found["a", "c"]["rho"] == pytest.approx(exact.spearman(b, old), abs=1e-11)
    for row in found.values():
        assert row["note_de"] == "Gebietszusammenhang, kein Schluss auf Personen"
        assert row["rho_lower"] < row["rho"] < row["rho_upper"]


def test_hidden_value_leaves_its_area_out_of_the_pair_and_n_says_so(correlations: str) -> None:
    a, b = drawn(4), drawn(5)
    cells = shares("a", a) + shares("b", b)
    hidden = [replace(cell, status=SUPPRESSED) if cell == cells[14] else cell for cell in cells]
    (row,) = rows_of(correlations, Figures(hidden))
    assert row["n_areas"] == 11
    without = [(x, y) for i, (x, y) in enumerate(zip(a, b, strict=True)) if i != 2]
    assert row["rho"] == pytest.approx(exact.spearman(*map(list, zip(*without, strict=True))), abs=1e-11)
    other = [replace(cell, numerator=999) if cell == cells[14] else cell for cell in hidden]
    assert rows_of(correlations, Figures(other)) == [row], "whatever the hidden value is"


def test_counts_few_areas_and_constants_are_not_correlated(correlations: str) -> None:
    cells = [*shares("a", drawn(6)), *shares("size", drawn(7)), *shares("flat", [50] * 12)]
    cells += [cell for cell in shares("few", drawn(8)) if cell.area not in PARTS[:3]]
    assert rows_of(correlations, Figures(cells, statistics={"size": "count"})) == []


def test_areas_no_longer_valid_are_not_correlated(correlations: str) -> None:
    cells = shares("a", drawn(9)) + shares("b", drawn(10))
    (row,) = rows_of(correlations, Figures(cells, validity={"p00": (None, "2024-12-31")}))
    assert row["n_areas"] == 11
    (row,) = rows_of(correlations, Figures(cells, validity={"p00": ("2024-12-31", "2025-01-01")}))
    assert row["n_areas"] == 12


# Similar areas.


@pytest.fixture(scope="module")
def peers(small_city: City) -> str:
    return compiled_sql(small_city.home, "fct_area_peer")


@pytest.fixture(scope="module")
def context(small_city: City) -> list[str]:
    """Four indicators of kind context of the catalogue."""
    manifest = json.loads((small_city.home / "work" / "dbt_target" / "manifest.json").read_text())
    kinds = {metric["name"]: metric["config"]["meta"].get("kind") for metric in manifest["metrics"].values()}
    return sorted(name for name, kind in kinds.items() if kind == "context")[:4]


def peer_cells(context: list[str]) -> list[Cell]:
    return [cell for seed, name in enumerate(context) for cell in shares(name, drawn(20 + seed))]


def nearest(cells: list[Cell]) -> dict[str, list[str]]:
    """By the definition: z values, root mean square over what both show, ties by id."""
    table: dict[str, dict[str, float]] = {}
    for cell in cells:
        if cell.status == "ok" and cell.numerator is not None:
            table.setdefault(cell.indicator, {})[cell.area] = cell.numerator / 10
    z = {}
    for name, column in table.items():
        mean = sum(column.values()) / len(column)
        deviation = (sum((v - mean) ** 2 for v in column.values()) / len(column)) ** 0.5
        z[name] = {area: (v - mean) / deviation for area, v in column.items()}

    def distance(one: str, other: str) -> float:
        both = [column[one] - column[other] for column in z.values() if one in column and other in column]
        return round((sum(d * d for d in both) / len(both)) ** 0.5, 6)

    return {
        one: sorted((other for other in PARTS if other != one), key=lambda o: (distance(one, o), o))[:5]
        for one in PARTS
    }


def named(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda r: (r["area_id"], r["peer_rank"])):
        found.setdefault(row["area_id"], []).append(row["peer_area_id"])
    return found


def test_peers_are_the_five_nearest_by_standardised_context_indicators(
    peers: str, context: list[str]
) -> None:
    cells = peer_cells(context)
    cells += shares("judged", drawn(30)) + shares(context[0], drawn(31), 2023)
    rows = rows_of(peers, Figures(cells))
    assert named(rows) == nearest([c for c in cells if c.indicator != "judged" and c.year == 2024])
    assert {(r["year"], r["n_indicators"], tuple(r["indicator_ids"])) for r in rows} == {
        (2024, 4, tuple(context))
    }


def test_peers_depend_neither_on_the_order_of_rows_nor_on_the_last_bits(
    peers: str, context: list[str]
) -> None:
    """Two areas are twins of each other: ties go by id. Noise of one in a billion changes nothing."""
    cells = [replace(c, numerator=100) if c.area in {"p03", "p07"} else c for c in peer_cells(context)]
    expected = named(rows_of(peers, Figures(cells)))
    assert expected["p03"][0] == "p07"
    noise = Random(7)  # noqa: S311 - invented figures
    for round_number in range(3):
        noisy = [replace(c, numerator=(c.numerator or 0) * (1 + noise.uniform(-1e-9, 1e-9))) for c in cells]
        shuffled = Figures(noisy, order=Random(round_number))  # noqa: S311 - invented figures
        assert named(rows_of(peers, shuffled, threads=2)) == expected


def test_hidden_value_shortens_the_distance_to_what_both_show(peers: str, context: list[str]) -> None:
    cells = [
        replace(c, status=SUPPRESSED) if (c.indicator, c.area) == (context[1], "p05") else c
        for c in peer_cells(context)
    ]
    rows = rows_of(peers, Figures(cells))
    assert named(rows) == nearest(cells)
    assert {r["n_indicators"] for r in rows if "p05" in (r["area_id"], r["peer_area_id"])} == {3}
    moved = [replace(c, numerator=1) if c.status == SUPPRESSED else c for c in cells]
    assert rows_of(peers, Figures(moved)) == rows, "whatever the hidden value is"


def test_indicator_hidden_for_many_areas_is_left_out_for_all(peers: str, context: list[str]) -> None:
    cells = [
        replace(c, status=SUPPRESSED) if c.indicator == context[0] and c.area in PARTS[:2] else c
        for c in peer_cells(context)
    ]
    rows = rows_of(peers, Figures(cells))
    assert {tuple(r["indicator_ids"]) for r in rows} == {tuple(context[1:])}
    assert named(rows) == nearest([c for c in cells if c.indicator != context[0]])


# Segregation.


@pytest.fixture(scope="module")
def segregation(small_city: City) -> str:
    return compiled_sql(small_city.home, "fct_segregation")


GROUP, TOTAL = [120, 300, 80, 40, 260], [1000, 1200, 900, 1500, 1400]


def city_of(group: list[int], total: list[int]) -> list[Cell]:
    return [Cell("g", area, 2024, a, t) for area, a, t in zip(PARTS, group, total, strict=False)]


def test_segregation_of_a_level_has_the_published_numbers_and_what_chance_would_give(
    segregation: str,
) -> None:
    (row,) = rows_of(segregation, Figures(city_of(GROUP, TOTAL)))
    expected = {"d": 0.3076923, "isolation": 0.1823294, "gini": 0.3416667, "theil_h": 0.0797915}
    assert {name: row[name] for name in expected} == pytest.approx(expected, abs=5e-8)
    whole, members = sum(TOTAL), sum(GROUP)
    deviations = sum(exact.mean_absolute_deviation(t, members, whole) for t in TOTAL)
    by_chance = float(deviations * whole / (2 * members * (whole - members)))
    assert row["d_expected"] == pytest.approx(by_chance, abs=1e-6)
    assert (row["n_areas"], row["group_total"], row["total"]) == (5, members, whole)


@pytest.mark.parametrize(
    "status", [SUPPRESSED, "suppressed_source", "not_available", "below_min_denominator"]
)
def test_one_cell_that_is_not_shown_hides_the_whole_level(segregation: str, status: str) -> None:
    cells = city_of(GROUP, TOTAL)
    cells[2] = replace(cells[2], status=status)
    (row,) = rows_of(segregation, Figures(cells))
    assert row["value_status"] == status
    figures = (
        "d",
        "isolation",
        "gini",
        "theil_h",
        "d_expected",
        "isolation_expected",
        "group_total",
        "total",
    )
    assert {row[name] for name in figures} == {None}


def test_area_where_nobody_lives_is_no_gap(segregation: str) -> None:
    cells = [*city_of(GROUP, TOTAL), Cell("g", "p11", 2024, None, None, "not_applicable")]
    (row,) = rows_of(segregation, Figures(cells, empty=[("g", "p11", 2024)]))
    assert (row["value_status"], row["n_areas"]) == ("ok", 5)
    (row,) = rows_of(segregation, Figures(cells))
    assert row["value_status"] == "not_applicable"


def test_estimated_counts_with_fractions_have_no_expected_value(segregation: str) -> None:
    cells = city_of(GROUP, TOTAL)
    cells[0] = replace(cells[0], numerator=120.5)
    (row,) = rows_of(segregation, Figures(cells))
    assert row["d"] > 0
    assert row["d_expected"] is None


def test_group_of_nobody_or_everybody_is_not_segregated(segregation: str) -> None:
    for group in ([0] * 5, TOTAL):
        (row,) = rows_of(segregation, Figures(city_of(group, TOTAL)))
        assert (row["value_status"], row["d"], row["d_expected"]) == ("not_applicable", None, None)


# Differences.


@pytest.fixture(scope="module")
def differences(small_city: City) -> str:
    return compiled_sql(small_city.home, "fct_indicator_difference")


def series(area: str, now: tuple[int, int], then: tuple[int, int], indicator: str = "a") -> list[Cell]:
    return [Cell(indicator, area, 2024, *now), Cell(indicator, area, 2019, *then)]


def test_difference_to_the_city_and_change_over_five_years_have_newcombe_limits(differences: str) -> None:
    """p00 is 7 % of the city, p01 a fifth: its rest is 900 of 8000."""
    cells = series("city", (1300, 10_000), (1000, 10_000))
    cells += series("p00", (56, 70), (48, 80)) + series("p01", (400, 2000), (500, 2000))
    found = {row["area_id"]: row for row in rows_of(differences, Figures(cells))}
    for area, now, other in (("p00", (56, 70), (1300, 10_000)), ("p01", (400, 2000), (900, 8000))):
        row = found[area]
        assert row["difference"] == pytest.approx(100 * (now[0] / now[1] - other[0] / other[1]), abs=1e-9)
        limits = [100 * limit for limit in exact.newcombe(*now, *other)]
        assert [row["difference_lower"], row["difference_upper"]] == pytest.approx(limits, abs=1e-7)
        assert row["is_rest_of_city"] is (area == "p01")
    assert found["p00"]["change"] == pytest.approx(20, abs=1e-9)
    golden = [5.24314724, 33.38726540]
    assert [found["p00"]["change_lower"], found["p00"]["change_upper"]] == pytest.approx(golden, abs=1e-7)
    assert found["city"]["difference"] is None, "the city is not compared with itself"


def test_change_needs_a_shown_earlier_value_and_no_break(differences: str) -> None:
    names = ("plain", "broken", "bridged", "before", "hidden", "young", "now_hidden", "estimated")
    cells = [cell for name in names for cell in series("p00", (56, 70), (48, 80), name)]
    cells += [Cell(name, "p01", 2024, 5, 90) for name in names]
    cells = [replace(c, status=SUPPRESSED) if (c.indicator, c.year) == ("hidden", 2019) else c for c in cells]
    cells = [c for c in cells if (c.indicator, c.year) != ("young", 2019)]
    cells = [
        replace(c, status=SUPPRESSED) if (c.indicator, c.year, c.area) == ("now_hidden", 2024, "p00") else c
        for c in cells
    ]
    cells = [
        replace(c, flags=["estimated"]) if (c.indicator, c.year) == ("estimated", 2019) else c for c in cells
    ]
    breaks = [("broken", "2022", False), ("bridged", "2022", True), ("before", "2019", False)]
    found = {
        row["indicator_id"]: row
        for row in rows_of(differences, Figures(cells, breaks=breaks))
        if row["area_id"] == "p00"
    }
    assert {name: row["change_status"] for name, row in found.items()} == {
        "plain": "ok", "broken": "series_break", "bridged": "ok", "before": "ok",
        "hidden": "no_earlier_value", "young": "no_earlier_value", "now_hidden": "no_value",
        "estimated": "ok",
    }  # fmt: skip
    for row in found.values():
        told = [row[name] is not None for name in ("change", "change_lower", "earlier_period_id")]
        assert set(told) == {row["change_status"] == "ok"}
    assert [name for name, row in found.items() if row["is_estimated"]] == ["estimated"]
