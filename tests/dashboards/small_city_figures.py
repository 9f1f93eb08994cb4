"""Figures of the invented city: seeded, plausible, with hidden and missing cells at known places.

Hidden: part "<district>03" in every indicator but the share under 18. Missing: part 104 in the last year. The
hidden numbers are never written, as in a real release.
"""

from __future__ import annotations

import math
import random
from typing import Any

FIRST_YEAR, LAST_YEAR = 2017, 2024
Z95 = 1.959963984540054
WORDS = {
    "neutral": ("higher", "lower"),
    "higher_worse": ("worse", "better"),
    "higher_better": ("better", "worse"),
}
Row = dict[str, Any]


def wilson(x: float, n: float) -> tuple[float, float]:
    """Wilson score limits of a proportion (Wilson 1927)."""
    root = Z95 * math.sqrt(Z95**2 + 4 * x * (1 - x / n))
    return (2 * x + Z95**2 - root) / (2 * (n + Z95**2)), (2 * x + Z95**2 + root) / (2 * (n + Z95**2))


def counts(indicator: Row, areas: list[Row], year: int, drift: float) -> dict[str, tuple[float, float]]:
    """Numerator and denominator per area; parents are sums of their children."""
    out: dict[str, tuple[float, float]] = {}
    for area in (a for a in areas if "size" in a):
        seed = f"{indicator['indicator_id']}{area['area_id']}"
        rng = random.Random(seed)  # noqa: S311 - a seed, not a secret
        n = round(area["size"] * 0.8)
        share = (
            indicator["typical"]
            * math.exp(rng.gauss(0, 0.3))
            * (1 + 0.04 * math.sin(area["size"] + 2.3 * year))
        )
        x = float(round(n * min(share + drift, 0.95)))
        if indicator["statistic"] == "count":
            x, n = float(area["size"] + (year - FIRST_YEAR) * 25), 0
        out[area["area_id"]] = (x, float(n))
        for parent in (area["parent"], "stadt-0"):
            a, b = out.get(parent, (0.0, 0.0))
            out[parent] = (a + x, b + n)
    return out


def value_rows(indicators: list[Row], areas: list[Row], drift: float) -> list[Row]:
    """fct_indicator_value: one row per indicator, area and year."""
    rows: list[Row] = []
    for indicator in indicators:
        for year in range(indicator["first_year"], LAST_YEAR + 1):
            found = counts(indicator, areas, year, drift)
            rows += ranked([value_row(indicator, area, year, found) for area in areas])
    return rows


def state(indicator: Row, area: Row, year: int) -> str:
    """Status of a cell; only parts of districts are ever hidden or missing."""
    if indicator["statistic"] == "count" or "size" not in area:
        return "ok"
    if area["code"].endswith("03") and indicator["indicator_id"] != "pop_under_18_share":
        return "suppressed"
    return "not_available" if area["code"] == "104" and year == LAST_YEAR else "ok"


def value_row(indicator: Row, area: Row, year: int, found: dict[str, tuple[float, float]]) -> Row:
    """One cell; a hidden or missing one has no number anywhere."""
    count, m = indicator["statistic"] == "count", indicator["multiplier"]
    (x, n), (city_x, city_n) = found[area["area_id"]], found["stadt-0"]
    status = state(indicator, area, year)
    row: Row = {
        "indicator_id": indicator["indicator_id"],
        "area_id": area["area_id"],
        "area_version_id": f"{area['area_id']}@2010",
        "level": area["level"],
        "period_id": str(year),
        "year": year,
        "breakdown_id": "total",
        "value_status": status,
        "value_flags": ["provisional"] if (year, area["code"]) == (LAST_YEAR, "102") else [],
        "benchmark_area_id": "stadt-0",
        "comparison": "not_compared",
        "trend": "cannot_be_calculated",
        "trend_evaluation": "not_compared",
        "interval_reason": "no_value",
        "missing_part": "denominator" if status == "not_available" else None,
    }
    if status != "ok":
        return row
    row["trend"] = "increasing" if year > 2021 else "cannot_be_calculated"
    row["trend_evaluation"] = WORDS[indicator["polarity"]][0] if year > 2021 else "not_compared"
    if count:
        return row | {"numerator": x, "value": x, "interval_reason": "full_count"}
    low, high = (limit * m for limit in wilson(x, n))
    city = round(city_x / city_n * m, 10)
    if area["level"] != "stadt":
        over, under = WORDS[indicator["polarity"]]
        row["comparison"] = over if city < low else under if city > high else "similar"
    return row | {
        "numerator": x,
        "denominator": n,
        "value": round(x / n * m, 10),
        "ci_lower": low,
        "ci_upper": high,
        "benchmark_value": city,
        "interval_reason": None,
    }


def ranked(rows: list[Row]) -> list[Row]:
    """Rank 1 = highest value within a level; ties share the lowest rank."""
    for row in (r for r in rows if "value" in r):
        peers = [r["value"] for r in rows if r["level"] == row["level"] and "value" in r]
        row |= {"rank": 1 + sum(v > row["value"] for v in peers), "rank_of": len(peers)}
    return rows


def summary_rows(values: list[Row]) -> list[Row]:
    """fct_indicator_summary: counts per indicator, level and year."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    city = {(v["indicator_id"], v["period_id"]): v["value"] for v in values if v["level"] == "stadt"}
    for row in values:
        groups.setdefault((row["indicator_id"], row["level"], row["period_id"]), []).append(row)
    out = []
    for (indicator, level, period), rows in groups.items():
        ok = sorted((r for r in rows if "value" in r), key=lambda r: r["value"])
        words = ("better", "similar", "worse", "higher", "lower")
        compared = sum(r["comparison"] != "not_compared" for r in rows)
        out.append(
            {
                "indicator_id": indicator,
                "level": level,
                "period_id": period,
                "year": int(period),
                "breakdown_id": "total",
                "n_areas": len(rows),
                "n_ok": len(ok),
                "n_suppressed": sum(r["value_status"] == "suppressed" for r in rows),
                "n_missing": sum(r["value_status"] == "not_available" for r in rows),
                **{f"n_{word}": sum(r["comparison"] == word for r in rows) for word in words},
                "n_flagged_by_chance": round(0.05 * compared, 1),
                "city_value": city[indicator, period],
                "lowest_value": ok[0]["value"],
                "lowest_area_id": ok[0]["area_id"],
                "highest_value": ok[-1]["value"],
                "highest_area_id": ok[-1]["area_id"],
            }
        )
    return out
