"""The workspace's areas as validation needs them: keys, names, parents, validity, outlines.

Lives here: lookup. Must not live here: reading of keys from a delivery (areas.py) or geometry (polygons.py).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cached_property

import pandas as pd

from orchestration.extracts.polygons import Polygons
from orchestration.workspace_values import day_of

Key = tuple[str, str]  # (level, code)
ONE_DAY = timedelta(days=1)
WEIGHT_TOLERANCE = Decimal("0.000001")


@dataclass(frozen=True)
class AreaVersion:
    """One row of geography/areas.csv; valid_from inclusive, valid_to exclusive, None = open."""

    level: str
    code: str
    name: str
    parent: Key | None
    valid_from: date | None
    valid_to: date | None

    def overlaps(self, start: date, end: date) -> bool:
        """Whether the version is valid on some day from `start` to before `end`."""
        return (self.valid_from is None or self.valid_from < end) and (
            self.valid_to is None or self.valid_to > start
        )


@dataclass(frozen=True)
class Geography:
    """All areas of a workspace. polygons: extract id -> outlines delivered by it, None where there are none.

    crs: the workspace's projected coordinate system, in which distances are metres.
    crosswalks: area version -> the versions that came after it, each with the share of its counts.
    """

    versions: Mapping[Key, tuple[AreaVersion, ...]]
    polygons: Mapping[str, Polygons | None]
    crs: str = "EPSG:25832"
    crosswalks: Mapping[AreaVersion, tuple[tuple[AreaVersion, Decimal], ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        areas: pd.DataFrame,
        polygons: Mapping[str, Polygons | None],
        crs: str,
        crosswalks: pd.DataFrame | None = None,
    ) -> Geography:
        """From the workspace tables `areas` and `crosswalks` (text columns of geography/*.csv)."""
        versions: dict[Key, list[AreaVersion]] = defaultdict(list)
        for row in areas.to_dict("records"):
            level, code = str(row["level"]), str(row["code"])
            parent = (str(row["parent_level"]), str(row["parent_code"])) if row["parent_code"] else None
            valid_from, valid_to = _day(row["valid_from"]), _day(row["valid_to"])
            version = AreaVersion(level, code, str(row["name"]), parent, valid_from, valid_to)
            versions[level, code].append(version)
        every = {key: tuple(members) for key, members in versions.items()}
        return cls(every, polygons, crs, _successors(every, crosswalks))

    @cached_property
    def by_name(self) -> dict[tuple[str, str], frozenset[str]]:
        """(level, folded name) -> codes that carry the name in some version."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (level, code), versions in self.versions.items():
            for version in versions:
                found[level, folded(version.name)].add(code)
        return {key: frozenset(codes) for key, codes in found.items()}

    def name(self, key: Key) -> str:
        """The newest name of an area; its code when it is unknown."""
        versions = self.versions.get(key)
        return versions[-1].name if versions else key[1]

    def is_valid(self, key: Key, start: date, end: date) -> bool:
        """Whether the area exists on some day from `start` to before `end`."""
        return any(version.overlaps(start, end) for version in self.versions.get(key, ()))

    def version_on(self, key: Key, day: date) -> AreaVersion | None:
        """The version of an area that is valid on a day; None when it does not exist then."""
        return next((one for one in self.versions.get(key, ()) if one.overlaps(day, day + ONE_DAY)), None)

    def is_carried(self, version: AreaVersion, day: date) -> bool:
        """Whether crosswalks carry all counts of an area version to areas that are valid on a day."""
        weights = [
            weight for after, weight in self.crosswalks.get(version, ()) if after.overlaps(day, day + ONE_DAY)
        ]
        return abs(sum(weights, Decimal(0)) - 1) <= WEIGHT_TOLERANCE

    def codes(self, level: str, start: date | None = None, end: date | None = None) -> list[str]:
        """Codes of a level, sorted; with dates only those valid then."""
        return sorted(
            code
            for (at, code) in self.versions
            if at == level and (start is None or end is None or self.is_valid((at, code), start, end))
        )

    def ancestor(self, key: Key, level: str, start: date, end: date) -> Key | None:
        """The area of `level` that contains `key` in the period, following parents; None if there is none."""
        for _ in range(20):  # levels of a city; guards against a circle in the workspace
            if key[0] == level:
                return key
            version = next((v for v in self.versions.get(key, ()) if v.overlaps(start, end)), None)
            if version is None or version.parent is None:
                return None
            key = version.parent
        return None

    def proposals(self, text: str, level: str | None, limit: int = 3) -> list[str]:
        """Areas whose code or name is most similar to `text`, as "code (name)"."""
        spoken: dict[str, str] = {}
        for key, versions in sorted(self.versions.items()):
            if level is None or key[0] == level:
                label = f"{key[1]} ({versions[-1].name})"
                spoken.setdefault(key[1], label)
                spoken.setdefault(folded(versions[-1].name), label)
        close = difflib.get_close_matches(text, list(spoken), n=limit, cutoff=0.5)
        close += difflib.get_close_matches(folded(text), list(spoken), n=limit, cutoff=0.6)
        return list(dict.fromkeys(spoken[member] for member in close))[:limit]


def _successors(
    versions: Mapping[Key, tuple[AreaVersion, ...]], crosswalks: pd.DataFrame | None
) -> dict[AreaVersion, tuple[tuple[AreaVersion, Decimal], ...]]:
    """Area version -> (later version, weight); rows that lead nowhere are findings of the workspace."""
    begins = {
        (version.level, version.code, version.valid_from): version
        for members in versions.values()
        for version in members
    }
    found: dict[AreaVersion, list[tuple[AreaVersion, Decimal]]] = defaultdict(list)
    for row in crosswalks.to_dict("records") if crosswalks is not None else ():
        before, after = (
            begins.get((str(row[f"{side}_level"]), str(row[f"{side}_code"]), _day(row[f"{side}_valid_from"])))
            for side in ("from", "to")
        )
        if before is not None and after is not None:
            found[before].append((after, _weight(str(row["weight"]))))
    return {version: tuple(after) for version, after in found.items()}


def _weight(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def folded(name: str) -> str:
    """A name as it is compared: compatibility form, case folded, every run of other signs = one blank."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _day(text: object) -> date | None:
    """The day of a cell; an unreadable one counts as empty here, it is told of where the table is checked."""
    return day_of(str(text))
