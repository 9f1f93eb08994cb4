"""One mart of the analysis on invented figures: its SQL as the small city's build compiled it, run in memory.

Lives here: turning figures per indicator, area and year into the tables that a mart reads, and its rows. Must
not live here: claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import duckdb

READ = {
    "int_indicators__assembled": "indicator_id varchar, area_version_id varchar, area_id varchar,"
    " level varchar, period_id varchar, breakdown_id varchar, benchmark_area_id varchar,"
    " value_status varchar, value_flags varchar[], year integer, numerator double,"
    " denominator double, value double",
    "int_indicators__compiled": "indicator_id varchar, statistic varchar, ci_method varchar,"
    " multiplier integer, design_effect double, numerator_variable_id varchar,"
    " denominator_variable_id varchar",
    "int_variables__compiled": "variable_id varchar, unit varchar, is_additive boolean",
    "int_areas__versioned": "area_version_id varchar, area_id varchar, level varchar, parent_area_id varchar,"
    " valid_from date, valid_to date, is_social_space boolean",
    "int_observations__protected": "variable_id varchar, area_version_id varchar, period_id varchar,"
    " breakdown_id varchar, value double",
    "stg_workspace__series_breaks": "indicator_id varchar, period_id varchar, is_bridged boolean",
}


@dataclass(frozen=True)
class Cell:
    """One indicator value: a count of a total, or a reason why there is none."""

    indicator: str
    area: str
    year: int
    numerator: float | None
    denominator: float | None = 1000
    status: str = "ok"
    flags: Sequence[str] = ()

    def row(self, level: str) -> list[Any]:
        shown = self.status == "ok"
        numerator = self.numerator if shown else None
        denominator = self.denominator if shown else None
        value = 100 * numerator / denominator if numerator is not None and denominator else None
        return [self.indicator, f"{self.area}@1", self.area, level, str(self.year), "total", "city",
                self.status, list(self.flags), self.year, numerator, denominator, value]  # fmt: skip


@dataclass
class Figures:
    """What a mart reads. All areas are of level part, but for the city."""

    cells: Sequence[Cell]
    statistics: Mapping[str, str] = field(default_factory=dict)
    breaks: Iterable[tuple[str, str, bool]] = ()
    validity: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    empty: Iterable[tuple[str, str, int]] = ()
    order: Random | None = None

    def tables(self) -> dict[str, list[list[Any]]]:
        indicators = sorted({cell.indicator for cell in self.cells})
        areas = sorted({cell.area for cell in self.cells})
        tables = {
            "int_indicators__assembled": [
                cell.row("city" if cell.area == "city" else "part") for cell in self.cells
            ],
            "int_indicators__compiled": [
                [name, self.statistics.get(name, "proportion"), "wilson", 100, 1.0, f"{name}_n", f"{name}_d"]
                for name in indicators
            ],
            "int_variables__compiled": [
                [f"{name}_{part}", "persons", True] for name in indicators for part in "nd"
            ],
            "int_areas__versioned": [
                [f"{area}@1", area, "city", None, None, None, False]
                if area == "city"
                else [f"{area}@1", area, "part", "city", *self.validity.get(area, (None, None)), False]
                for area in areas
            ],
            "int_observations__protected": [
                [f"{name}_d", f"{area}@1", str(year), "total", 0] for name, area, year in self.empty
            ],
            "stg_workspace__series_breaks": [list(one) for one in self.breaks],
        }
        if self.order:
            for rows in tables.values():
                self.order.shuffle(rows)
        return tables


def compiled_sql(home: Path, mart: str) -> str:
    """The SQL of a mart with all macros and constants in it."""
    manifest = json.loads((home / "work" / "dbt_target" / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["nodes"][f"model.sozialraum.{mart}"]["compiled_code"])


def rows_of(sql: str, figures: Figures, threads: int = 1) -> list[dict[str, Any]]:
    """What the mart makes of these figures, in the order of all its columns."""
    with duckdb.connect(":memory:", config={"threads": threads}) as connection:
        connection.execute("attach ':memory:' as sozialraum")
        for schema in ("intermediate", "staging"):
            connection.execute(f"create schema if not exists sozialraum.{schema}")
        for table, rows in figures.tables().items():
            schema = "staging" if table.startswith("stg_") else "intermediate"
            connection.execute(f"create table sozialraum.{schema}.{table} ({READ[table]})")
            if rows:
                marks = ", ".join("?" for _ in rows[0])
                connection.executemany(f"insert into sozialraum.{schema}.{table} values ({marks})", rows)
        found = connection.execute(f"select * from ({sql}) order by all")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
