"""What the files of a workspace point at must exist: levels, areas, profiles, variables, indicators.

Lives here: checks between files. Must not live here: reading them (workspace_files.py), checks of single
cells (workspace_values.py) and anything about delivered files (extracts/).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orchestration.extracts.contract import Contract
from orchestration.findings import Finding
from orchestration.workspace_catalogue import Catalogue, service_types
from orchestration.workspace_files import TABLES, Tables, wrong
from orchestration.workspace_matches import check_matches
from orchestration.workspace_territories import check_crosswalks, check_shares
from orchestration.workspace_values import is_number, is_whole

CATCHMENT = "catchment"  # of an offer whose reach is no area but what lies near it
MOST_DEGREES = 180  # no projected coordinate of a city is that small, no longitude is greater


@dataclass(frozen=True)
class References:
    """Everything that a workspace says, as far as it could be read."""

    tables: Tables
    contracts: Mapping[str, Contract]
    catalogue: Catalogue
    city_area_id: str
    crs: str
    default_profile: str

    @property
    def levels(self) -> set[str]:
        return self.tables.values("levels", "level")

    @property
    def areas(self) -> set[str]:
        return {f"{row['level']}-{row['code']}" for _, row in self.tables.rows("areas")}

    @property
    def profiles(self) -> set[str]:
        return self.tables.values("disclosure_profiles", "profile_id")


def check_references(known: References) -> list[Finding]:
    """All references that lead nowhere, each with file, line and what was expected."""
    found = [*_levels(known), *_areas(known), *_config(known), *_profiles(known), *_indicators(known)]
    for contract in known.contracts.values():
        found += _contract(known, contract)
    found += [*_special_populations(known), *_barriers(known), *_bridges(known)]
    found += [*_corrections(known), *check_matches(known.tables, known.contracts)]
    return [*found, *_breaks_and_events(known), *check_shares(known.tables), *check_crosswalks(known.tables)]


def _unknown(
    what: str, value: str, file: str, expected: object, line: int | None = None, column: str | None = None
) -> Finding:
    shown = f"one of {', '.join(sorted(expected))}" if isinstance(expected, set) else str(expected)
    return wrong(file, f"unknown_{what}", f"{what} {value!r} is defined nowhere.", shown, line, column)


def _levels(known: References) -> Iterator[Finding]:
    file, levels = TABLES["levels"][0], known.levels
    rank = {row["level"]: row["rank"] for _, row in known.tables.rows("levels")}
    for line, row in known.tables.rows("levels"):
        parent = row["parent_level"]
        if not is_whole(row["rank"]):
            continue
        if parent and parent not in levels:
            yield _unknown("level", parent, file, levels, line, "parent_level")
        elif parent and is_whole(rank[parent]) and int(rank[parent]) >= int(row["rank"]):
            text = f"parent {parent!r} of {row['level']!r} has no lower rank."
            yield wrong(file, "level_order", text, "a parent of a lower rank", line, "parent_level")
        elif not parent and int(row["rank"]) > 0:
            expected = "the level above; only the city (rank 0) has none"
            yield wrong(
                file,
                "parent_missing",
                f"{row['level']!r} has no parent_level.",
                expected,
                line,
                "parent_level",
            )


def _areas(known: References) -> Iterator[Finding]:
    file, levels, ids = TABLES["areas"][0], known.levels, known.areas
    rank = {row["level"]: row["rank"] for _, row in known.tables.rows("levels")}
    parents: dict[str, str] = {}
    for line, row in known.tables.rows("areas"):
        area, named = f"{row['level']}-{row['code']}", row["parent_level"] or row["parent_code"]
        parent = f"{row['parent_level']}-{row['parent_code']}"
        if row["level"] not in levels:
            yield _unknown("level", row["level"], file, levels, line, "level")
        elif not named and rank[row["level"]] != "0":
            expected = "parent_level and parent_code; only the city has none"
            yield wrong(file, "parent_missing", f"{area!r} has no parent.", expected, line, "parent_code")
        elif named and parent not in ids:
            text = f"parent {parent!r} of {row['name']!r} is no area."
            yield wrong(file, "unknown_parent", text, "a level and code that stand in this file", line)
        elif named:
            parents.setdefault(area, parent)
            if area in _above(area, parents):
                yield wrong(file, "parent_cycle", f"{area!r} lies in itself.", "a tree of areas", line)


def _barriers(known: References) -> Iterator[Finding]:
    """Areas beside a barrier must exist, and none may lie on two sides, not even through its parents."""
    file, ids = TABLES["barriers"][0], known.areas
    parents = {
        f"{row['level']}-{row['code']}": f"{row['parent_level']}-{row['parent_code']}"
        for _, row in known.tables.rows("areas")
        if row["parent_code"]
    }
    sides: dict[tuple[str, str], str] = {}
    for line, row in known.tables.rows("barriers"):
        area = f"{row['level']}-{row['code']}"
        if area not in ids:
            yield _unknown("area", area, file, "an area of geography/areas.csv", line)
        sides.setdefault((row["barrier_id"], area), row["side"])
    for line, row in known.tables.rows("barriers"):
        area = f"{row['level']}-{row['code']}"
        for above in sorted(_above(area, parents)):
            other = sides.get((row["barrier_id"], above), row["side"])
            if other != row["side"]:
                text = f"{area!r} lies on {row['side']!r}, but {above!r}, which contains it, on {other!r}."
                yield wrong(file, "barrier_sides", text, "one side per area", line, "side")


def _bridges(known: References) -> Iterator[Finding]:
    """A bridge leads over a barrier that is declared, and lies in metres, not in degrees."""
    file, barriers = TABLES["bridges"][0], known.tables.values("barriers", "barrier_id")
    for line, row in known.tables.rows("bridges"):
        if row["barrier_id"] not in barriers:
            expected = "a barrier_id of geography/barriers.csv"
            yield _unknown("barrier", row["barrier_id"], file, expected, line, "barrier_id")
        if is_number(row["x_m"]) and is_number(row["y_m"]) and abs(float(row["x_m"])) <= MOST_DEGREES:
            text = f"{row['name']!r} lies at {row['x_m']}, {row['y_m']}: these look like degrees."
            yield wrong(file, "not_in_metres", text, f"metres in {known.crs} (crs of workspace.yml)", line)


def _above(area: str, parents: Mapping[str, str]) -> set[str]:
    """All areas above one, itself included when it lies in itself."""
    above: set[str] = set()
    while (parent := parents.get(area)) is not None and parent not in above:
        above.add(parent)
        area = parent
    return above


def _config(known: References) -> Iterator[Finding]:
    if known.city_area_id not in known.areas:
        text = f"city_area_id {known.city_area_id!r} is no area."
        yield wrong("workspace.yml", "unknown_area", text, "an area of geography/areas.csv")
    if not is_crs(known.crs):
        yield _unknown("crs", known.crs, "workspace.yml", "an EPSG code that exists, such as EPSG:25832")


@functools.cache
def is_crs(name: str) -> bool:
    """True when `name` is a coordinate reference system."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        CRS.from_user_input(name)
    except CRSError:
        return False
    return True


def _profiles(known: References) -> Iterator[Finding]:
    """Profiles that are used must be defined; a default that hides nothing holds for all variables."""
    file, profiles = TABLES["disclosure_profiles"][0], known.profiles
    if known.default_profile not in profiles:
        expected = f"a row with profile_id {known.default_profile}"
        text = f"disclosure_default_profile {known.default_profile!r} of workspace.yml is not defined."
        yield wrong(file, "unknown_profile", text, expected)
    overrides = set()
    for line, row in known.tables.rows("disclosure_variables"):
        overrides.add(row["variable_id"])
        own = TABLES["disclosure_variables"][0]
        if row["profile_id"] not in profiles:
            yield _unknown("profile", row["profile_id"], own, profiles, line, "profile_id")
        if row["variable_id"] not in known.catalogue.variables:
            yield _variable(row["variable_id"], own, line)
    hides = {row["profile_id"]: row["hides"] for _, row in known.tables.rows("disclosure_profiles")}
    if hides.get(known.default_profile) == "false":
        return
    used = {cells.variable for contract in known.contracts.values() for cells in contract.observations}
    named: dict[str, list[str]] = {}
    for variable in sorted(used - overrides):
        named.setdefault(known.catalogue.variables.get(variable, ""), []).append(variable)
    for profile in sorted(set(named) - profiles - {""}):
        text = f"profile {profile!r} of {', '.join(named[profile][:3])} is used but not defined."
        yield wrong(
            file, "unknown_profile", text, "a row in this file, or another in disclosure/variables.csv"
        )


def _variable(variable: str, file: str, line: int | None = None) -> Finding:
    expected = "a variable of the standard catalogue, or a measure in the workspace's metrics/*.yml"
    return _unknown("variable", variable, file, expected, line, None if line is None else "variable_id")


def _indicator(indicator: str, file: str, line: int) -> Finding:
    expected = "an indicator of the standard catalogue, or a metric in the workspace's metrics/*.yml"
    return _unknown("indicator", indicator, file, expected, line, "indicator_id")


def _indicators(known: References) -> Iterator[Finding]:
    file, levels = TABLES["indicators"][0], known.levels
    for line, row in known.tables.rows("indicators"):
        if row["indicator_id"] not in known.catalogue.indicators:
            yield _indicator(row["indicator_id"], file, line)
        named = set(row["levels"].split("|")) if row["levels"] else set()  # empty: wherever it is delivered
        for level in sorted(named - levels):
            yield _unknown("level", level, file, levels, line, "levels")


def _contract(known: References, contract: Contract) -> Iterator[Finding]:
    name, levels = f"extracts/{contract.extract_id}.yml", known.levels
    area, checks = contract.area, contract.checks
    used = {area.level, *(pattern.level for pattern in area.patterns)} if area else set()
    used |= {contract.areas.level} if contract.areas else set()
    used |= {level for sums in checks.sum_of_areas for level in (sums.whole, sums.parts)}
    used |= set(checks.expected_areas) | {cells.level for cells in contract.observations}
    for level in sorted(level for level in used - levels if level):
        yield _unknown("level", level, name, levels)
    if area and area.point and area.point.polygons not in known.contracts:
        text = f"area.point.polygons {area.point.polygons!r} is no extract."
        yield wrong(name, "unknown_extract", text, f"one of {', '.join(sorted(known.contracts))}")
    systems = {contract.areas.crs} if contract.areas else set()
    systems |= {area.point.crs} if area and area.point else set()
    for crs in sorted(system for system in systems if not is_crs(system)):
        yield _unknown("crs", crs, name, "an EPSG code that exists, such as EPSG:25832")
    source = contract.offers.service_type if contract.offers else None
    named = {source.constant, *(source.categories or {}).values()} - {None} if source else set()
    for service in sorted(str(one) for one in named - service_types()):
        expected = "a service_type of dbt_project/seeds/service_types.csv"
        yield _unknown("service_type", service, name, expected)
    reach = contract.offers.reach if contract.offers else None
    reached = {reach.constant, *(reach.categories or {}).values()} - {None} if reach else set()
    for level in sorted(str(one) for one in reached - levels - {CATCHMENT}):
        yield _unknown("level", level, name, levels | {CATCHMENT})
    variables = {cells.variable for cells in contract.observations}
    variables |= {sums.variable for sums in checks.sum_of_areas if sums.variable}
    variables |= {sums.variable for sums in checks.sum_of_categories}
    variables |= {name for pair in checks.not_more_than for name in (pair.part, pair.whole)}
    for variable in sorted(variables - set(known.catalogue.variables)):
        yield _variable(variable, name)


def _special_populations(known: References) -> Iterator[Finding]:
    file = TABLES["special_populations"][0]
    for line, row in known.tables.rows("special_populations"):
        area = f"{row['level']}-{row['code']}"
        if area not in known.areas:
            yield _unknown("area", area, file, "an area of geography/areas.csv", line)


def _corrections(known: References) -> Iterator[Finding]:
    file, areas = TABLES["corrections"][0], known.areas
    for line, row in known.tables.rows("corrections"):
        area = f"{row['level']}-{row['code']}"
        if row["extract_id"] not in known.contracts:
            yield _unknown("extract", row["extract_id"], file, set(known.contracts), line, "extract_id")
        if row["variable_id"] not in known.catalogue.variables:
            yield _variable(row["variable_id"], file, line)
        if area not in areas:
            yield _unknown("area", area, file, "an area of geography/areas.csv", line)


def _breaks_and_events(known: References) -> Iterator[Finding]:
    for line, row in known.tables.rows("series_breaks"):
        if row["indicator_id"] not in known.catalogue.indicators:
            yield _indicator(row["indicator_id"], TABLES["series_breaks"][0], line)
    for table in ("series_breaks", "context_events"):
        for line, row in known.tables.rows(table):
            for area in sorted({*row["area_ids"].split("|")} - known.areas - {""}):
                expected = "areas of geography/areas.csv, joined by |"
                yield _unknown("area", area, TABLES[table][0], expected, line, "area_ids")
