"""Landing: one Parquet file per delivery and kind, text as delivered, complete or not there at all.

Lives here: the schema of the landing folders, writing, reading, tidying. Must not live here: what is right or
wrong with a delivery. To add a kind, add one entry to COLUMNS.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.atomic import PRIVATE_FOLDER, environment_errors, make_folder, write_bytes
from orchestration.extracts.validation import Landed
from orchestration.findings import Finding
from orchestration.settings import Settings

DIGEST_KEY = b"contract_digest"
EMPTY_FILE = "_empty.parquet"  # keeps the folder readable as a table while nothing is delivered
NUMBERS = frozenset({"row_number"})  # every other column is text
_PLACE = ("level", "area_code", "area_id")
COLUMNS: dict[str, tuple[str, ...]] = {
    "observations": (
        "delivery_id",
        "extract_id",
        "row_number",
        "column_name",
        "variable_id",
        *_PLACE,
        "period_id",
        "breakdown_id",
        "value_text",
        "value_status",
        "value_flags",
    ),
    "offers": (
        "delivery_id",
        "extract_id",
        "row_number",
        "offer_id",
        "title",
        "service_type",
        "provider",
        "provider_type",
        "target_group",
        "address",
        *_PLACE,
        "x",
        "y",
        "x_m",
        "y_m",
        "capacity",
        "capacity_unit",
        "valid_from",
        "valid_to",
        "languages",
        "opening_hours",
        "cost",
        "funding_source",
        "legal_basis",
        "obligation",
        "barrier_free",
        "last_verified_on",
        "reach",
        "period_id",
    ),
    "areas": (
        "delivery_id",
        "extract_id",
        "row_number",
        *_PLACE,
        "name",
        "geometry_wkt",
        "geometry_geojson",
        "x_m",
        "y_m",
        "diameter_m",
        "border_m",
        "neighbour_ids",
    ),
    "register": ("delivery_id", "extract_id", "row_number", "column_name", "value_text"),
    "findings": (
        "delivery_id",
        "extract_id",
        "file_name",
        "row_number",
        "column_name",
        "cell",
        "rule",
        "severity",
        "message",
        "expected",
    ),
}
KEPT_EMPTY = frozenset(
    {"value_flags", "neighbour_ids"}
)  # lists: nothing is an empty list, not an unknown one


@dataclass(frozen=True)
class Delivery:
    """Which delivery is landed. digest: of everything the landed content depends on beside the bytes."""

    delivery_id: str
    extract_id: str
    file_name: str
    digest: str


def landed_path(settings: Settings, kind: str, delivery_id: str) -> Path:
    """Where a delivery of a kind is landed."""
    return settings.landing / kind / f"{delivery_id}.parquet"


def prepare_landing(settings: Settings) -> None:
    """Create every landing folder with its empty file, so that readers always find each table."""
    make_folder(settings.landing, PRIVATE_FOLDER)
    for kind, columns in COLUMNS.items():
        folder = make_folder(settings.landing / kind, PRIVATE_FOLDER)
        path = folder / EMPTY_FILE
        if not path.exists() or list(pq.read_schema(path).names) != list(columns):
            _write(path, kind, pd.DataFrame(columns=list(columns)), "")


def write_landing(
    settings: Settings, delivery: Delivery, landed: Landed, findings: Iterable[Finding]
) -> None:
    """Land an accepted delivery: its findings first, its content last, so that content means complete."""
    prepare_landing(settings)
    found = pd.DataFrame(
        [finding.as_dict() | {"file_name": delivery.file_name} for finding in findings],
        columns=["file_name", "line", "column", "cell", "rule", "severity", "message", "expected"],
    ).rename(columns={"line": "row_number", "column": "column_name"})
    for kind, frame in (("findings", found), (landed.kind, landed.frame)):
        whole = frame.assign(delivery_id=delivery.delivery_id, extract_id=delivery.extract_id)
        _write(landed_path(settings, kind, delivery.delivery_id), kind, whole, delivery.digest)


def _write(path: Path, kind: str, frame: pd.DataFrame, digest: str) -> None:
    arrays = []
    for name in COLUMNS[kind]:
        values = frame[name].tolist() if name in frame else [None] * len(frame)
        if name in NUMBERS:
            arrays.append(pa.array([None if pd.isna(v) else int(v) for v in values], pa.int64()))
        else:
            arrays.append(pa.array([_text(v, name) for v in values], pa.string()))
    table = pa.table(dict(zip(COLUMNS[kind], arrays, strict=True)))
    table = table.replace_schema_metadata({DIGEST_KEY: digest.encode()})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    write_bytes(path, out.getvalue(), 0o600)


def _text(value: object, name: str) -> str | None:
    text = "" if value is None or value is pd.NA or isinstance(value, float) else str(value)  # NaN is a float
    return text if text or name in KEPT_EMPTY else None


def landed_digest(path: Path) -> str | None:
    """The digest a landing file was written under; None when the file is absent or damaged."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowException):
        return None
    return str(metadata.get(DIGEST_KEY, b"").decode())


def read_landing(path: Path) -> pd.DataFrame:
    """A landing file as a frame; absent text is None."""
    frame: pd.DataFrame = pq.read_table(path).to_pandas()
    return frame


def landed_findings(settings: Settings, delivery_id: str) -> list[Finding]:
    """The findings that were recorded when the delivery was landed."""
    path = landed_path(settings, "findings", delivery_id)
    if not path.is_file():
        return []
    return [
        Finding(
            row["file_name"],
            row["row_number"],
            row["column_name"],
            row["rule"],
            row["severity"],
            row["message"],
            row["expected"] or "",
            row["cell"],
        )
        for row in pq.read_table(path).to_pylist()
    ]


def tidy_landing(settings: Settings, kept: Iterable[str]) -> list[str]:
    """Remove landing files of every delivery not in `kept` (delivery ids) and leftovers of killed runs.

    Returns the delivery ids that were removed. Only for the one process that holds the build lock.
    """
    wanted = set(kept)
    removed = set()
    for kind in COLUMNS:
        folder = settings.landing / kind
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            leftover = path.name.endswith(".tmp")
            foreign = path.suffix == ".parquet" and path.stem not in wanted and path.name != EMPTY_FILE
            if leftover or foreign:
                with environment_errors(path):
                    path.unlink(missing_ok=True)
                if foreign:
                    removed.add(path.stem)
    return sorted(removed)
