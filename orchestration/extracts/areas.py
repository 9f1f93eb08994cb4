"""Which area a delivered row belongs to: by code, by name, by point in polygon, or constant.

Lives here: reading of area keys and their cross-checks. Must not live here: the areas themselves
(geography.py) and geometry (polygons.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orchestration.extracts.contract import AreaKey, Contract
from orchestration.extracts.geography import Geography, Key, folded
from orchestration.extracts.polygons import WGS84, transformed
from orchestration.extracts.signs import NumberRule, read_number
from orchestration.extracts.table import LINE, Complaints, Table

IGNORED = ("", "ignored")
UNKNOWN = ("", "unknown")


@dataclass(frozen=True)
class Resolver:
    """Reads area keys after one contract."""

    area: AreaKey
    geography: Geography

    def code(self, raw: str, level: str | None = None) -> tuple[Key, bool]:
        """(area, was the key padded) for a delivered code; UNKNOWN or IGNORED when it is no area."""
        key = raw.strip()
        if key in self.area.ignore:
            return IGNORED, False
        padded = key
        if self.area.pad:
            padded = re.sub(r"^([0-9]+)[.,]0+$", r"\1", key)
            padded = padded.zfill(self.area.pad) if padded.isdigit() else padded
        if padded in self.area.ignore:
            return IGNORED, padded != key
        found = self._by_pattern(padded)
        if found is None and (self.area.level or level):
            found = (self.area.level or level or "", padded)
        if found is None or found not in self.geography.versions:
            return UNKNOWN, False
        return found, padded != key

    def _by_pattern(self, key: str) -> Key | None:
        for pattern in self.area.patterns:
            match = re.fullmatch(pattern.match, key)
            if match:
                return pattern.level, match.expand(pattern.code) if pattern.code is not None else key
        return None

    def name(self, raw: str, level: str | None = None) -> Key:
        """The area with a delivered name; UNKNOWN when no or more than one area of the level has it."""
        if folded(raw) in {folded(ignored) for ignored in self.area.ignore}:
            return IGNORED
        for pattern in self.area.patterns if level is None else ():
            match = re.fullmatch(pattern.match, raw.strip())
            if match and pattern.code is not None:
                key = (pattern.level, match.expand(pattern.code))
                return key if key in self.geography.versions else UNKNOWN
            if match:
                level = pattern.level
                break
        wanted = level or self.area.level or ""
        codes = self.geography.by_name.get((wanted, folded(raw)), frozenset())
        return (wanted, next(iter(codes))) if len(codes) == 1 else UNKNOWN


def resolved_areas(
    table: Table, contract: Contract, geography: Geography, complaints: Complaints
) -> pd.DataFrame:
    """The area of every row.

    Result: frame with the index of the table and the columns level and area_code; both "" where the row
    belongs to no area of the city (reported as an error, or as one info when the contract ignores the key).
    """
    area = contract.area
    if area is None:
        raise ValueError("resolved_areas needs a contract with the section `area`")
    resolver = Resolver(area, geography)
    if area.by == "constant":
        keys = [(area.level or "", area.code or "")] * len(table.frame)
        if keys and keys[0] not in geography.versions:
            complaints.add("unknown_area", f"{keys[0]} is no area.", "an area of geography/areas.csv")
    elif area.by == "point":
        keys = _by_point(table, contract, geography, complaints)
    else:
        keys = _by_key(table, resolver, complaints)
    _cross_check(table, resolver, keys, contract.checks.unique, complaints)
    plain = [("", "") if key in (IGNORED, UNKNOWN) else key for key in keys]
    return pd.DataFrame(plain, columns=["level", "area_code"], index=table.frame.index, dtype="str")


def _by_key(table: Table, resolver: Resolver, complaints: Complaints) -> list[Key]:
    """Areas by code or name; each unknown, repaired or ignored key is reported once with its first line."""
    area, column = resolver.area, resolver.area.column or ""
    if column not in table.frame:
        return [UNKNOWN] * len(table.frame)
    delivered = table.frame[column]
    found: dict[str, Key] = {}
    ignored: dict[str, int] = {}
    for text, line, count in table.distinct(column):
        padded = False
        if area.by == "code":
            found[text], padded = resolver.code(text)
        else:
            found[text] = resolver.name(text)
        if found[text] == IGNORED:
            ignored[text] = count
        elif found[text] == UNKNOWN:
            _complain_unknown(text, line, count, resolver, complaints)
        elif padded:
            complaints.add(
                "key_repaired",
                f"key {text!r} is read as {found[text][1]!r} ({count} rows).",
                f"keys of {area.pad} digits with leading zeros",
                line=line,
                column=column,
                severity="warning",
            )
    if ignored:
        reasons = "; ".join(f"{key!r} ({count} rows)" for key, count in sorted(ignored.items()))
        why = "; ".join(dict.fromkeys(area.ignore.values()))
        complaints.add("ignored_keys", f"not in the city: {reasons}. {why}", column=column, severity="info")
    return [found[raw] for raw in delivered.tolist()]


def _complain_unknown(text: str, line: int, count: int, resolver: Resolver, complaints: Complaints) -> None:
    area = resolver.area
    near = resolver.geography.proposals(text.strip(), area.level) if text.strip() else []
    advice = f"; the nearest are {', '.join(near)}" if near else ""
    rows = f" in {count} rows" if count > 1 else ""
    complaints.add(
        "unknown_area",
        f"{area.by} {text!r}{rows} is no area of the workspace.",
        f"an area of geography/areas.csv, or an entry under area.ignore with the reason{advice}",
        line=line,
        column=area.column,
    )


def _by_point(table: Table, contract: Contract, geography: Geography, complaints: Complaints) -> list[Key]:
    area = contract.area
    point = area.point if area else None
    if area is None or point is None:
        return [UNKNOWN] * len(table.frame)
    if not {point.x, point.y} <= set(table.frame.columns):
        return [UNKNOWN] * len(table.frame)  # the missing column has been reported
    polygons = geography.polygons.get(point.polygons)
    if polygons is None:
        complaints.add(
            "polygons_missing",
            f"no outlines of extract {point.polygons!r} are there: no row can be placed.",
            f"an accepted delivery of {point.polygons!r}, in the inbox or earlier",
        )
        return [UNKNOWN] * len(table.frame)
    x, y = wgs84_points(table, contract)
    codes = polygons.containing(x, y)
    outside = []
    for at, code in enumerate(codes):
        if code is None:
            outside.append(int(table.frame[LINE].iloc[at]))
            if point.outside == "refuse":
                place = f"({table.frame[point.x].iloc[at]}, {table.frame[point.y].iloc[at]})"
                complaints.add(
                    "point_outside",
                    f"the point {place} lies in no area.",
                    f"a point inside the outlines of {point.polygons!r}",
                    line=outside[-1],
                )
    if outside and point.outside == "ignore":
        message = f"{len(outside)} points lie outside the city and are left out (first {outside[0]})."
        complaints.add("points_outside", message, severity="info")
    return [UNKNOWN if code is None else (polygons.level, code) for code in codes]


def wgs84_points(table: Table, contract: Contract) -> tuple[np.ndarray, np.ndarray]:
    """x and y of every row in WGS84 degrees; NaN where the row has no point."""
    point = contract.area.point if contract.area else None
    names = (point.x, point.y) if point else ("geometry.x", "geometry.y")
    if not set(names) <= set(table.frame.columns):
        nothing = np.full(len(table.frame), np.nan)
        return nothing, nothing
    rule = NumberRule(contract.file.decimal, "", False, {}, False, True, False)
    x, y = (
        np.array([float(read_number(text, rule).text or "nan") for text in table.frame[name].tolist()])
        for name in names
    )
    return transformed(x, y, point.crs if point else table.crs or WGS84, WGS84)


def _cross_check(
    table: Table, resolver: Resolver, keys: list[Key], unique: list[str], complaints: Complaints
) -> None:
    """One finding per row whose code or name column names another area than its key does."""
    area, geography = resolver.area, resolver.geography
    columns = [c for c in (area.code_column, area.name_column) if c and c in table.frame]
    if not columns:
        return
    verdicts: dict[tuple[object, ...], str | None] = {}
    unknown_spellings: set[str] = set()
    rows = table.frame[[*columns, LINE]].itertuples(index=False, name=None)
    for at, (key, row) in enumerate(zip(keys, rows, strict=True)):
        if key in (IGNORED, UNKNOWN):
            continue
        *texts, line = row
        case = (key, *texts)
        if case not in verdicts:
            said = dict(zip(columns, texts, strict=True))
            verdicts[case] = _contradiction(key, said, resolver)
        message = verdicts[case]
        if message is None or (message.startswith("unknown spelling") and message in unknown_spellings):
            continue
        unknown_spellings.add(message)
        complaints.add(
            "area_conflict",
            f"{_row_key(table, unique, at)}by {area.by} the row lies in {key[1]} ({geography.name(key)}), "
            f"but {message}.",
            "columns that name the same area; ask the office which one is right",
            line=int(line),
            column=area.column or columns[0],
            severity=area.on_conflict,
        )


def _row_key(table: Table, unique: list[str], at: int) -> str:
    """The row's own key ("OBJECTID '122': "), so that it is found in a file without lines."""
    present = [name for name in unique if name in table.frame]
    spoken = ", ".join(f"{name} {table.frame[name].iloc[at]!r}" for name in present)
    return f"{spoken}: " if spoken else ""


def _contradiction(key: Key, said: dict[str, str], resolver: Resolver) -> str | None:
    """What the cross-check columns say when they do not name `key`; None when they agree or are empty."""
    area, geography = resolver.area, resolver.geography
    different, spelled, agreeing = [], [], []
    for column, text in said.items():
        if not text.strip():
            continue
        if column == area.code_column:
            other = resolver.code(text, key[0])[0]
        elif folded(text) in {folded(version.name) for version in geography.versions.get(key, ())}:
            other = key
        else:
            other = resolver.name(text, key[0])
        if other == UNKNOWN:
            spelled.append(f"column {column!r} says {text!r}, which is no area")
        elif other == key:
            agreeing.append(f"column {column!r} agrees ({text!r})")
        elif other == IGNORED:
            different.append(f"column {column!r} says {text!r}, which is not in the city")
        else:
            different.append(f"column {column!r} says {text!r} ({other[1]} {geography.name(other)})")
    if different:
        return "; ".join([" and ".join(different + spelled), *agreeing])
    return "unknown spelling: " + " and ".join(spelled) if spelled else None
