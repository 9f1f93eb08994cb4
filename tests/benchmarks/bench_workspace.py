"""A workspace for the observations of a scale: geography, profiles, metrics, and the inbox as an office
delivers it.

Lives here: files of a city that is written, not drawn by hand. Must not live here: the numbers
(bench_observations.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import yaml
from bench_scales import BA, CITY, LEVELS, MIN_DENOMINATOR, MULTIPLIER, STANDARD, Indicator, Profile, Scale

PREFIX = {
    "stadt": "S",
    "stadtbezirk": "B",
    "stadtteil": "T",
    "quartier": "Q",
}  # of the key in a delivered file
WORKSPACE = {
    "workspace_id": "bench",
    "name_de": "Messstadt",
    "name_en": "Benchmark city",
    "city_area_id": CITY,
    "is_demo": True,
    "demo_label_de": "Messdaten",
    "demo_label_en": "Benchmark data",
    "crs": "EPSG:25832",
    "contact_office": "Messamt (fiktiv)",
    "feedback_address": "messung@messstadt.example",
    "disclosure_default_profile": STANDARD.profile_id,
}
OTHER_PROFILES = (
    Profile("health_lt5", 5, True, 30),
    Profile("election", 0, False, 50),
    Profile("none", 0, False, 0),
)


def _csv(path: Path, header: str, rows: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def _measure(name: str, profile: Profile) -> dict[str, Any]:
    meta = {
        "label_en": f"Benchmark count {name}",
        "unit": "persons",
        "disclosure_profile": profile.profile_id,
        "is_additive": True,
    }
    return {
        "name": name,
        "label": f"Messgröße {name}",
        "agg": "sum",
        "create_metric": True,
        "expr": f"case when variable_id = '{name}' then metric_value end",
        "config": {"meta": meta},
    }


def _metric(indicator: Indicator) -> dict[str, Any]:
    meta = {
        "name_en": f"Benchmark {indicator.indicator_id}",
        "definition_en": f"Numerator: {indicator.numerator}, denominator: {indicator.denominator}.",
        "living_condition": "demography",
        "statistic": "proportion",
        "unit": "percent",
        "multiplier": MULTIPLIER,
        "decimals": 1,
        "polarity": indicator.polarity,
        "ci_method": "wilson",
        "design_effect": indicator.design_effect,
        "min_denominator": MIN_DENOMINATOR,
        "disclosure_profile": indicator.profile.profile_id,
        "life_phase": "all",
        "source": "Messdaten",
    }
    return {
        "name": indicator.indicator_id,
        "label": f"Messanteil {indicator.indicator_id}",
        "description": f"Zähler: {indicator.numerator}. Nenner: {indicator.denominator}. In Prozent.",
        "type": "ratio",
        "type_params": {"numerator": indicator.numerator, "denominator": indicator.denominator},
        "config": {"meta": meta},
    }


def metrics(scale: Scale) -> dict[str, Any]:
    """The metrics file: a measure per variable, a ratio metric per indicator."""
    semantic_model = {
        "name": "bench",
        "description": "Variables of the benchmark.",
        "model": "ref('fct_observation')",
        "primary_entity": "bench_observation",
        "defaults": {"agg_time_dimension": "year_start"},
        "entities": [
            {"name": name, "type": "foreign", "expr": expr}
            for name, expr in (("area", "area_id"), ("area_level", "level"), ("breakdown", "breakdown_id"))
        ],
        "dimensions": [{"name": "year_start", "type": "time", "type_params": {"time_granularity": "year"}}],
        "measures": [
            *(_measure(name, STANDARD) for name in scale.denominators),
            *(_measure(indicator.numerator, indicator.profile) for indicator in scale.indicators),
        ],
    }
    return {
        "version": 2,
        "semantic_models": [semantic_model],
        "metrics": [_metric(indicator) for indicator in scale.indicators],
    }


def _geography(folder: Path, data: Path) -> None:
    levels = []
    for rank, level in enumerate(LEVELS):
        parent = LEVELS[rank - 1] if rank else ""
        levels.append(
            f"{level};{level.title()};{level.title()};{level.title()};{level.title()};{rank};{parent}"
        )
    _csv(folder / "levels.csv", "level;name_de;name_en;plural_de;plural_en;rank;parent_level", levels)
    areas = duckdb.connect().execute(
        f"select level, code, coalesce(split_part(parent_area_id, '-', 1), ''),"
        f" coalesce(split_part(parent_area_id, '-', 2), '') from read_parquet('{data / 'areas.parquet'}')"
    )
    rows = [
        f"{level};{code};{level.title()} {code};{parent};{parent_code};;"
        for level, code, parent, parent_code in areas.fetchall()
    ]
    _csv(folder / "areas.csv", "level;code;name;parent_level;parent_code;valid_from;valid_to", rows)


def _profiles(folder: Path) -> None:
    rows = [
        f"{p.profile_id};{p.threshold};{str(p.protects_complement).lower()};{p.min_denominator};"
        f"{str(p.threshold > 0).lower()};Messdaten.;Benchmark data."
        for p in (STANDARD, BA, *OTHER_PROFILES)
    ]
    header = "profile_id;threshold;protects_complement;min_denominator;hides;note_de;note_en"
    _csv(folder / "profiles.csv", header, rows)


def expected(scale: Scale) -> list[str]:
    """Lines of indicators.csv: every indicator at every level in every year."""
    span = f"{scale.years[0]}-{scale.years[-1]}"
    return [f"{indicator.indicator_id};{'|'.join(LEVELS)};{span};" for indicator in scale.indicators]


def _extract(scale: Scale) -> dict[str, Any]:
    variables = [*scale.denominators, *(indicator.numerator for indicator in scale.indicators)]
    return {
        "title": "Messdaten nach Gebieten",
        "group": "statistics",
        "owner": "Messamt",
        "publisher": "Messstadt",
        "licence": "DL-DE Zero 2.0",
        "purpose": "Messung der Laufzeit",
        "legal_basis": "Erfundene Zahlen, ohne Personenbezug",
        "due": {"days_after_period": 90},
        "file": {
            "pattern": "bench_*.csv",
            "format": "csv",
            "encoding": "utf-8",
            "delimiter": ";",
            "decimal": ",",
        },
        "columns": [
            {"name": "Gebiet", "type": "code"},
            *({"name": name, "type": "count", "min": 0} for name in variables),
        ],
        "extra_signs": {"*": "suppressed_source", "k.A.": "not_available"},
        "area": {
            "by": "code",
            "column": "Gebiet",
            "patterns": [
                {"match": f"{PREFIX[level]}(\\d+)", "level": level, "code": "\\1"} for level in LEVELS
            ],
        },
        "period": {"file_name": r"_(\d{4})\.csv$"},
        "produces": "observations",
        "observations": [{"column": name, "variable": name} for name in variables],
        "checks": {"unique": ["Gebiet"], "expected_areas": dict(zip(LEVELS, scale.n_areas, strict=True))},
    }


def write_inbox(scale: Scale, data: Path, workspace: Path) -> None:
    """One file a year, an area a line and a variable a column, written by DuckDB."""
    (workspace / "inbox").mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    variables = [*scale.denominators, *(indicator.numerator for indicator in scale.indicators)]
    cells = ", ".join(f"max(shown) filter (variable_id = '{name}') as {name}" for name in variables)
    keys = " ".join(f"when '{level}' then '{prefix}'" for level, prefix in PREFIX.items())
    signs = "when 'ok' then value::varchar when 'suppressed_source' then '*' else 'k.A.'"
    for year in scale.years:
        connection.execute(
            f"copy (select case level {keys} end || split_part(area_id, '-', 2) as \"Gebiet\", {cells}"
            f" from (select *, case value_status {signs} end as shown"
            f" from read_parquet('{data / 'observations.parquet'}') where year = {year})"
            f" group by level, area_id order by level, area_id)"
            f" to '{workspace / 'inbox' / f'bench_{year}.csv'}' (delimiter ';', header)"
        )


def write_workspace(scale: Scale, data: Path, workspace: Path) -> None:
    """Everything of the workspace but the delivered files."""
    files = {
        workspace / "workspace.yml": WORKSPACE,
        workspace / "metrics" / "bench.yml": metrics(scale),
        workspace / "extracts" / "bench.yml": _extract(scale),
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    _geography(workspace / "geography", data)
    _profiles(workspace / "disclosure")
    _csv(workspace / "indicators.csv", "indicator_id;levels;years;note", expected(scale))
