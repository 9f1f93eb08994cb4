"""One row per offer of social infrastructure.

Lives here: the mapping of delivered columns to the fields of an offer. Must not live here: where it lies
(areas.py). A capacity that is not delivered is unknown, not 0.
"""

from __future__ import annotations

import difflib
import re

import numpy as np
import pandas as pd

from orchestration.extracts.areas import wgs84_points
from orchestration.extracts.contract import Contract, FieldSource
from orchestration.extracts.geography import Geography
from orchestration.extracts.periods import read_date
from orchestration.extracts.polygons import METRE_DECIMALS, WGS84, transformed
from orchestration.extracts.table import LINE, REPEATED_FINDINGS, Complaints, Table
from orchestration.extracts.values import Readings

FIELDS = (
    "offer_id",
    "title",
    "service_type",
    "provider",
    "provider_type",
    "target_group",
    "address",
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
)
DATES = frozenset({"valid_from", "valid_to", "last_verified_on"})
BETWEEN_LANGUAGES = re.compile(r"\s*[,;/|]\s*")
MANDATORY = ("offer_id", "title", "service_type")
COORDINATE_DECIMALS = 7  # about one centimetre


def offers(
    table: Table,
    contract: Contract,
    readings: dict[str, Readings],
    places: pd.DataFrame,
    geography: Geography,
    complaints: Complaints,
) -> pd.DataFrame:
    """One row per delivered row in the city: row_number, the fields, area, period and coordinates.

    x, y: degrees (WGS84). x_m, y_m: metres in the workspace's projected system, where distances are computed.
    """
    if contract.offers is None:
        raise ValueError("offers needs a contract with the section `offers`")
    frame = pd.DataFrame({"row_number": table.frame[LINE].to_numpy()}, index=table.frame.index)
    for field in FIELDS:
        source = getattr(contract.offers, field)
        frame[field] = _field(field, source, table, readings, complaints)
    for field in ("level", "area_code", "period_id"):
        frame[field] = places[field].astype(object)
    frame["area_id"] = frame["level"] + "-" + frame["area_code"]
    x, y = wgs84_points(table, contract)
    frame["x"], frame["y"] = _coordinate(x), _coordinate(y)
    x_m, y_m = transformed(x, y, WGS84, geography.crs)
    frame["x_m"], frame["y_m"] = _coordinate(x_m, METRE_DECIMALS), _coordinate(y_m, METRE_DECIMALS)
    frame = frame[(frame["area_code"] != "") & (frame["period_id"] != "")]
    _complain_doubled(frame, complaints)
    return frame.reset_index(drop=True)


def _coordinate(values: np.ndarray, decimals: int = COORDINATE_DECIMALS) -> list[str]:
    return [f"{value:.{decimals}f}" if np.isfinite(value) else "" for value in values]


def _field(
    field: str,
    source: FieldSource | None,
    table: Table,
    readings: dict[str, Readings],
    complaints: Complaints,
) -> list[str]:
    """The text of one field for every row, "" where there is none."""
    if source is None:
        return [""] * len(table.frame)
    if source.column is None:
        return [source.constant or ""] * len(table.frame)
    if source.column not in table.frame:
        return [""] * len(table.frame)
    if field == "capacity" and source.column in readings:
        return list(readings[source.column].text)
    texts = [" ".join(text.split()) or source.if_empty or "" for text in table.frame[source.column].tolist()]
    lines = table.frame[LINE].tolist()
    if field in MANDATORY:
        for line, text in zip(lines, texts, strict=True):
            if not text:
                complaints.add(
                    "empty_field",
                    f"the {field} is empty.",
                    "a value in every row",
                    line=line,
                    column=source.column,
                )
    if source.categories is not None:
        return _translated(source, texts, lines, field, complaints)
    if field == "languages":
        return ["|".join(dict.fromkeys(filter(None, BETWEEN_LANGUAGES.split(text)))) for text in texts]
    if field in DATES:
        days = [read_date(text) for text in texts]
        return ["" if day is None else day.isoformat() for day in days]
    return texts


def _translated(
    source: FieldSource, texts: list[str], lines: list[int], field: str, complaints: Complaints
) -> list[str]:
    """Delivered categories as the contract's ids; an unknown one is an error, an empty one stays empty."""
    known = {" ".join(key.split()): value for key, value in (source.categories or {}).items()}
    for line, text in zip(lines, texts, strict=True):
        if text and text not in known:
            near = difflib.get_close_matches(text, list(known), n=1)
            complaints.add(
                "unknown_category",
                f"{text[:60]!r} is no known {field}.",
                f"one of {', '.join(map(repr, known))}" + (f"; the nearest is {near[0]!r}" if near else ""),
                line=line,
                column=source.column,
            )
    return [known.get(text, "") for text in texts]


def _complain_doubled(frame: pd.DataFrame, complaints: Complaints) -> None:
    if complaints.count("duplicate_key") > REPEATED_FINDINGS:
        return  # enough are listed, and most would be the same lines again
    reported = complaints.lines("duplicate_key")
    doubled = frame[frame.duplicated(["offer_id", "period_id"], keep=False) & (frame["offer_id"] != "")]
    for _, members in doubled.groupby(["offer_id", "period_id"], sort=False):
        first, *later = (int(line) for line in members["row_number"])
        for line in later:
            if line not in reported:
                offer = members["offer_id"].iloc[0]
                complaints.add(
                    "duplicate_key",
                    f"offer {offer!r} stands in lines {first} and {line}.",
                    "each offer once",
                    line=line,
                )
