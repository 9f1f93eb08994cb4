"""The same job as a statistician writes it in pandas: merge, groupby, vectorised formulas.

Lives here: one script, readable before fast. Must not live here: anything of the product.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from bench_scales import CITY, MIN_DENOMINATOR, MULTIPLIER, REST_OF_CITY_ABOVE, STANDARD

Z95 = 1.959963984540054
Z998 = 3.090232306167813
CHI_SQUARE_998 = 9.549535706083241
LEVEL_YEAR = ["indicator_id", "level", "year"]
YEARS_OF_TREND = 5


def joined(data: Path) -> pd.DataFrame:
    """One row per indicator, area and year with the numerator's and the denominator's value and status."""
    observations = pd.read_parquet(data / "observations.parquet")
    indicators = pd.read_parquet(data / "indicators.parquet")
    parts = indicators.merge(observations, left_on="numerator", right_on="variable_id")
    parts = parts.drop(columns=["numerator", "variable_id"]).rename(
        columns={"value": "x", "value_status": "x_status"}
    )
    wholes = observations.rename(
        columns={"variable_id": "denominator", "value": "n", "value_status": "n_status"}
    ).drop(columns=["level"])
    table = parts.merge(wholes, on=["denominator", "area_id", "year"], how="left")
    return table.astype({"x": "float64", "n": "float64"})


def with_status(table: pd.DataFrame) -> pd.DataFrame:
    """Primary suppression by threshold and complement, then the other reasons; hidden is hidden."""
    x, n, threshold = table["x"], table["n"], table["threshold"]
    small = ((x > 0) & (x < threshold)) | ((n > 0) & (n < STANDARD.threshold))
    remainder = (n > x) & (n - x < threshold)
    everybody = (n == x) & (x > 0) & (n < table["profile_min_denominator"])
    primary = small | (table["protects_complement"] & (remainder | everybody))
    by_source = (table["x_status"] == "suppressed_source") | (table["n_status"] == "suppressed_source")
    table["value_status"] = np.select(
        [primary, by_source, x.isna() | n.isna(), n == 0, n < MIN_DENOMINATOR],
        [
            "suppressed_primary",
            "suppressed_source",
            "not_available",
            "not_applicable",
            "below_min_denominator",
        ],
        "ok",
    )
    table.loc[table["value_status"] != "ok", ["x", "n"]] = np.nan
    return table


def with_limits(table: pd.DataFrame) -> pd.DataFrame:
    """Value and Wilson limits, 95 and 99.8 %, with the design effect."""
    x = table["x"] / table["design_effect"]
    n = table["n"] / table["design_effect"]
    table["value"] = table["x"] / table["n"] * MULTIPLIER
    for suffix, z in (("", Z95), ("_998", Z998)):
        root = z * np.sqrt(np.maximum(z * z + 4 * x * (1 - x / n), 0))
        lower = (2 * x + z * z - root) / (2 * (n + z * z)) * MULTIPLIER
        upper = (2 * x + z * z + root) / (2 * (n + z * z)) * MULTIPLIER
        table[f"ci_lower{suffix}"] = lower.mask(table["x"] == 0, 0.0)
        table[f"ci_upper{suffix}"] = upper.mask(table["x"] == table["n"], float(MULTIPLIER))
    return table


def with_comparison(table: pd.DataFrame) -> pd.DataFrame:
    """The city's value, for areas above a tenth of it that of the rest; and what the interval says of it."""
    city = table.loc[table["area_id"] == CITY, ["indicator_id", "year", "x", "n"]]
    city = city.rename(columns={"x": "city_x", "n": "city_n"})
    table = table.merge(city, on=["indicator_id", "year"], how="left")
    large = (table["n"] > table["city_n"] * REST_OF_CITY_ABOVE) & (table["city_n"] > table["n"])
    rest = (table["city_x"] - table["x"]) / (table["city_n"] - table["n"])
    benchmark = (table["city_x"] / table["city_n"]).mask(large & (table["city_x"] >= table["x"]), rest)
    table["benchmark_value"] = benchmark.mask(table["area_id"] == CITY) * MULTIPLIER
    above = table["ci_lower"] > table["benchmark_value"]
    inside = table["benchmark_value"].between(table["ci_lower"], table["ci_upper"])
    better = (table["polarity"] == "higher_better") == above
    table["comparison"] = np.select(
        [
            table["benchmark_value"].isna() | table["value"].isna(),
            inside,
            (table["polarity"] == "neutral") & above,
            table["polarity"] == "neutral",
            better,
        ],
        ["not_compared", "similar", "higher", "lower", "better"],
        "worse",
    )
    return table


def with_rank(table: pd.DataFrame) -> pd.DataFrame:
    """Rank 1 is the highest value of the level; ties share the lowest rank."""
    same_level = table.groupby(LEVEL_YEAR)["value"]
    table["rank"] = same_level.rank(method="min", ascending=False)
    table["rank_of"] = same_level.transform("count").where(table["value"].notna())
    return table


def _slope_signs(logits: np.ndarray) -> np.ndarray:
    """Signs of the least-squares slopes on all five years and on each four of them."""
    times = np.arange(1, YEARS_OF_TREND + 1)
    signs = []
    for left_out in range(YEARS_OF_TREND + 1):
        kept = times != left_out
        centred = times[kept] - times[kept].mean()
        signs.append(np.sign(logits[:, kept] @ centred))
    return np.stack(signs, axis=1)


def with_trend(table: pd.DataFrame) -> pd.DataFrame:
    """Chi-square for linear trend over the last five years, and no single year may carry it."""
    table = table.sort_values(["indicator_id", "area_id", "year"], ignore_index=True)
    series = table.groupby(["indicator_id", "area_id"], sort=False)
    lags = range(YEARS_OF_TREND - 1, -1, -1)
    x = np.stack([series["x"].shift(lag).to_numpy() for lag in lags], axis=1)
    n = np.stack([series["n"].shift(lag).to_numpy() for lag in lags], axis=1)
    times = np.arange(1, YEARS_OF_TREND + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        usable = ((x > 0) & (x < n)).all(axis=1)
        all_x, all_n, n_t = x.sum(axis=1), n.sum(axis=1), n @ times
        chi_square = all_n * (all_n * (x @ times) - all_x * n_t) ** 2
        chi_square /= all_x * (all_n - all_x) * (all_n * (n @ times**2) - n_t**2)
        signs = _slope_signs(np.log(x / (n - x)))
    significant = chi_square > CHI_SQUARE_998 * table["design_effect"].to_numpy()
    table["trend"] = np.select(
        [~usable, significant & (signs > 0).all(axis=1), significant & (signs < 0).all(axis=1)],
        ["cannot_be_calculated", "increasing", "decreasing"],
        "no_significant_change",
    )
    return table


def compute(data: Path, result: Path) -> None:
    """Write the indicator mart as a Parquet file."""
    table = with_trend(with_rank(with_comparison(with_limits(with_status(joined(data))))))
    words = ["indicator_id", "area_id", "level", "year", "value_status", "comparison", "trend"]
    limits = ["ci_lower", "ci_upper", "ci_lower_998", "ci_upper_998"]
    columns = [*words, "x", "n", "value", *limits, "benchmark_value", "rank", "rank_of"]
    table[columns].rename(columns={"x": "numerator", "n": "denominator"}).to_parquet(result, index=False)
