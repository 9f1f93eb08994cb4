"""Targets on invented figures: the models from the register's row to fct_target_attainment, run in memory.

Lives here: turning rows of targets and figures of areas into the rows of the mart. Must not live
here: claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from rendered import model_sql

MODELS = Path(__file__).resolve().parents[2] / "dbt_project" / "models"
CHAIN = (
    *(MODELS / "intermediate" / f"int_targets__{step}.sql"
      for step in ("described", "valued", "placed", "measured", "milestones", "projected")),
    MODELS / "marts" / "planning" / "fct_target_attainment.sql",
)  # fmt: skip
# What the chain reads, with the columns that it uses.
READ = {
    "stg_register__targets": "target_id varchar, goal_id varchar, indicator_id varchar, area_id varchar,"
    " breakdown_id varchar, baseline_period_id varchar, target_type varchar, polarity varchar, path varchar,"
    " progress_method varchar, milestone_de varchar, interim varchar[], baseline_release bigint,"
    " baseline_value decimal(28, 6), target_value decimal(28, 6), target_lo decimal(28, 6),"
    " target_hi decimal(28, 6), relative_change decimal(28, 6), tolerance decimal(28, 6),"
    " partly_from decimal(28, 6), target_year integer, done_on date",
    "int_indicators__compiled": "indicator_id varchar, statistic varchar, polarity varchar,"
    " multiplier integer, ci_method varchar, design_effect double",
    "int_register__items": "kind varchar, item_id varchar, is_public boolean",
    "int_indicators__assembled": "indicator_id varchar, area_id varchar, area_version_id varchar,"
    " level varchar, period_id varchar, breakdown_id varchar, value_status varchar, year integer,"
    " numerator double, denominator double, value double, ci_lower double, ci_upper double",
    "stg_workspace__workspace": "city_area_id varchar",
    "stg_workspace__series_breaks": "indicator_id varchar, period_id varchar, is_bridged boolean,"
    " area_ids varchar[]",
}
DEFAULTS: Mapping[str, Any] = {
    "goal_id": "g",
    "indicator_id": "share",
    "area_id": "a",
    "breakdown_id": "total",
    "baseline_period_id": "2020",
    "target_year": 2025,
    "interim": [],
}
# indicator -> what is counted, what is better, per how many
INDICATORS = {
    "share": ("proportion", "higher_worse", 100, "wilson"),
    "rate": ("rate", "higher_worse", 1000, "byar_exact"),
    "good": ("proportion", "higher_better", 100, "wilson"),
    "amount": ("mean", "higher_worse", 1, "none"),
    "neutral": ("proportion", "neutral", 100, "wilson"),
}


@dataclass(frozen=True)
class Figure:
    """A value of an area in a year; half: half the width of its interval."""

    year: int
    value: float | None
    half: float | None = None
    area: str = "a"
    indicator: str = "share"
    numerator: float | None = None
    denominator: float | None = None
    status: str = "ok"

    def row(self) -> dict[str, Any]:
        half = self.half if self.value is not None else None
        return {
            "indicator_id": self.indicator, "area_id": self.area, "area_version_id": self.area,
            "level": "part", "period_id": str(self.year), "breakdown_id": "total",
            "value_status": self.status, "year": self.year, "numerator": self.numerator,
            "denominator": self.denominator, "value": self.value,
            "ci_lower": None if half is None or self.value is None else self.value - half,
            "ci_upper": None if half is None or self.value is None else self.value + half,
        }  # fmt: skip


@cache
def _sql(model: Path) -> str:
    """The SQL of a model whose tables have their own names; rendering it takes longer than running it."""
    return model_sql(model, {name: name for name in (*READ, *(one.stem for one in CHAIN))}, {})


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    connection.execute(f"create table {table} ({READ[table]})")
    for row in rows:
        marks = ", ".join(f"${name}" for name in row)
        connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", dict(row))


def attained(
    targets: Mapping[str, Mapping[str, Any]],
    figures: Iterable[Figure],
    breaks: Iterable[tuple[str, int]] = (),
) -> dict[tuple[str, int], dict[str, Any]]:
    """(target, year) -> row of fct_target_attainment. breaks: (indicator, year)."""
    with duckdb.connect(":memory:") as connection:
        _fill(
            connection,
            "stg_register__targets",
            ({"target_id": key, **DEFAULTS, **one} for key, one in targets.items()),
        )
        _fill(
            connection,
            "int_indicators__compiled",
            (
                {"indicator_id": name, "statistic": statistic, "polarity": polarity, "multiplier": per,
                 "ci_method": method, "design_effect": 1.0}
                for name, (statistic, polarity, per, method) in INDICATORS.items()
            ),
        )  # fmt: skip
        items = ({"kind": "target", "item_id": key, "is_public": True} for key in targets)
        _fill(connection, "int_register__items", items)
        _fill(connection, "int_indicators__assembled", (one.row() for one in figures))
        _fill(connection, "stg_workspace__workspace", [{"city_area_id": "city"}])
        cut = ({"indicator_id": name, "period_id": str(year), "is_bridged": False} for name, year in breaks)
        _fill(connection, "stg_workspace__series_breaks", cut)
        for model in CHAIN:
            connection.execute(f"create table {model.stem} as {_sql(model)}")
        found = connection.execute("select * from fct_target_attainment")
        columns = [column[0] for column in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        return {(row["target_id"], row["year"]): row for row in rows}
