"""A work database with a handful of rows, and short ways to publish it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from orchestration import release
from orchestration.release.pointer import write_manifest
from orchestration.settings import Settings
from orchestration.stages import Stages

AREAS = ("stadtteil-101", "stadtteil-102", "stadtteil-103")
PLAIN_TABLES = {
    "dim_area": "area_version_id varchar, area_id varchar, level varchar, geometry_geojson varchar",
    "dim_variable": "variable_id varchar",
    "dim_period": "period_id varchar",
    "dim_workspace": "workspace_id varchar",
    "dim_indicator": "indicator_id varchar, name_de varchar",
    "dim_delivery": "delivery_id varchar, received_at timestamp",
    "dim_column": "table_name varchar, column_name varchar, type varchar, unit varchar, description varchar",
}
Row = tuple[str, str, float | None, str]


def settings_in(folder: Path) -> Settings:
    return Settings(workspace=folder / "ws", inbox=folder / "ws" / "inbox", home=folder / "home")


def rows_with(changes: Mapping[tuple[str, str], tuple[float | None, str]] | None = None) -> list[Row]:
    """Indicator x area with values 10, 11, ...; `changes` replaces value and status of single cells."""
    rows: list[Row] = []
    for indicator in ("share_a", "share_b"):
        for number, area in enumerate(AREAS):
            value, status = (changes or {}).get((indicator, area), (10.0 + number, "ok"))
            rows.append((indicator, area, value, status))
    return rows


def write_work_database(path: Path, rows: Sequence[Row], received_at: str = "2025-01-01") -> Path:
    """A closed database like the one a build leaves, with the rows in the given order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for table, columns in PLAIN_TABLES.items():
            connection.execute(f"create table {table} ({columns})")
        connection.executemany(
            "insert into dim_area values (?, ?, 'stadtteil', null)", [[f"{a}@1", a] for a in AREAS]
        )
        connection.execute("insert into dim_delivery values ('d-1', ?::timestamp)", [received_at])
        connection.execute("insert into dim_column values ('dim_area', 'area_id', 'VARCHAR', null, 'Area.')")
        connection.execute("comment on table dim_area is 'One row per area''s version.'")
        connection.execute("comment on column dim_area.area_id is 'Identity over time.'")
        connection.execute("create view dim_level as select 'stadtteil' as level")
        connection.execute("create schema staging")
        connection.execute("create table staging.stg_secret as select 3 as unsuppressed")
        connection.execute(
            "create table fct_indicator_value (indicator_id varchar, area_version_id varchar,"
            " area_id varchar, period_id varchar, breakdown_id varchar, numerator decimal(18, 4),"
            " denominator decimal(18, 4), value double, ci_lower double, rank bigint,"
            " value_status varchar, value_flags varchar[])"
        )
        connection.executemany(
            "insert into fct_indicator_value values"
            " ($1, $2 || '@1', $2, '2024', 'total', $3, 100, $3, $3,"
            " case when $3 is not null then 1 end, $4, [])",
            [list(row) for row in rows],
        )
        connection.execute(
            "create table fct_observation as select 'v' as variable_id, area_version_id, area_id, period_id,"
            " breakdown_id, value, value_status, 'd-1' as delivery_id from fct_indicator_value"
            " where indicator_id = 'share_a'"
        )
    return path


def publish_rows(settings: Settings, rows: Sequence[Row] | None = None, **other: Any) -> int:
    """Write a work database and publish it."""
    received_at = other.pop("received_at", "2025-01-01")
    work = write_work_database(settings.work_database, rows_with() if rows is None else rows, received_at)
    return publish_work(settings, work, **other)


def publish_work(settings: Settings, work: Path, **other: Any) -> int:
    semantic_manifest = work.parent / "semantic_manifest.json"
    semantic_manifest.write_text('{"metrics": []}')
    shas: Sequence[str] = other.pop("shas", ["a" * 64])
    arguments: dict[str, Any] = {
        "workspace_id": "small",
        "workspace_digest": "w1",
        "product_version": "0.1.0",
        "fingerprint": "f1",
        "inputs": [
            {"delivery_id": f"x-{sha[:12]}", "extract_id": "x", "sha256": sha, "file_name": "x.csv"}
            for sha in shas
        ],
        "stages": Stages(),
        "n_checks": 12,
        "work_database": work,
        "semantic_manifest": semantic_manifest,
        "disclosure_note_de": "Keine Unterdrückung.",
        "disclosure_note_en": "Nothing is suppressed.",
    }
    return release.publish(settings, **{**arguments, **other})


def date_release(folder: Path, day: str) -> None:
    """Make a published release one of another day, with the checksum that a build of that day had written."""
    folder.chmod(0o755)
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").unlink()
    content.pop("checksum")
    write_manifest(folder, content | {"built_at": f"{day}T12:00:00+00:00"})


def database(settings: Settings, number: int, audience: str = "public") -> Path:
    return settings.releases / f"{number:06d}" / f"{audience}.duckdb"


def read(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """Read a published file the way readers do."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach '{path}' as sozialraum (read_only)")
        connection.execute("use sozialraum")
        return connection.execute(sql).fetchall()
