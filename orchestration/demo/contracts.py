"""The contract of each invented delivery, as the mapping that becomes `extracts/<id>.yml`.

Must not live here: the deliveries' contents.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from orchestration.demo.chance import FIRST_YEAR
from orchestration.demo.city import ALL_LEVELS, CITY, DISTRICT, NEIGHBOURHOOD, QUARTER
from orchestration.demo.figures import Figures
from orchestration.demo.social_spaces import SOCIAL_SPACE
from orchestration.demo.tables import (
    AMOUNT,
    AREA_NAME,
    AREA_NUMBER,
    ITEM,
    YEAR,
    AreaTable,
    Cells,
)

LICENCE = "Demodaten, frei verwendbar"
CODES = {CITY: "0", DISTRICT: "[1-9]", NEIGHBOURHOOD: "[1-9][0-9]{2}", QUARTER: "[1-9][0-9]{4}"}
HIDDEN = {"*": "suppressed_source"}


def lead(title: str, group: str, office: str, purpose: str, legal_basis: str) -> dict[str, Any]:
    """The first lines of every contract: what it is, who answers for it, why it may be used."""
    return {
        "title": title,
        "group": group,
        "owner": office,
        "publisher": f"{office} (fiktiv)",
        "licence": LICENCE,
        "purpose": purpose,
        "legal_basis": legal_basis,
    }


def table_contract(table: AreaTable, figures: Figures) -> dict[str, Any]:
    """The contract of a statistical delivery for a city of any size."""
    content = lead(table.title, "statistics", table.office, table.purpose, table.legal_basis)
    if table.note:
        content["note"] = table.note
    content["due"] = {"days_after_period": table.due_days, "every": table.every}
    if not table.is_overdue:
        # The fictional city's time stands still: nothing more is due after its last year.
        content["due"]["last_period"] = str(table.years[-1])
    content["file"] = _file(table)
    if table.hides_below:
        content["extra_signs"] = HIDDEN
    content["columns"] = _columns(table)
    content["area"] = _area(table)
    content["period"] = _period(table)
    content["produces"] = "observations"
    content["observations"] = [_observation(table, cells) for cells in table.cells]
    content["checks"] = _checks(table, figures)
    return content


def _file(table: AreaTable) -> dict[str, Any]:
    ending = f"_*.{table.ending}" if table.one_file_per_year else f".{table.ending}"
    ending = "*" + ending if table.late else ending
    content: dict[str, Any] = {"pattern": table.extract_id + ending, "format": table.ending}
    if table.workbook_sheet:
        footer = {"footer_starts_with": "* Werte"}
        return content | {"sheet": table.workbook_sheet, "title_lines": 3, "header_lines": 2} | footer
    content |= {"encoding": table.encoding.removesuffix("-sig"), "delimiter": ";", "decimal": ","}
    return content | ({"thousands": table.thousands} if table.thousands else {})


def _columns(table: AreaTable) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = []
    for name in table.header:
        kind = {YEAR: "year", AREA_NUMBER: "code", AREA_NAME: "text", ITEM: "text"}.get(name)
        if name == ITEM:
            columns.append({"name": name, "type": "text", "allowed": [cells.header for cells in table.cells]})
        elif kind:
            columns.append({"name": name, "type": kind})
        else:
            whole = table.long or next(c for c in table.cells if c.header == name).is_count
            columns.append({"name": name, "type": "count" if whole else "decimal", "min": 0})
    return columns


def _area(table: AreaTable) -> dict[str, Any]:
    column = AREA_NAME if table.area_key == "name" else AREA_NUMBER
    content: dict[str, Any] = {"by": table.area_key, "column": column}
    if len(table.levels) == 1:
        content["level"] = table.levels[0]
    else:
        content["patterns"] = [{"match": CODES[lv], "level": lv} for lv in ALL_LEVELS if lv in table.levels]
    if table.area_key == "code":
        content["name_column"] = AREA_NAME
    return content


def _period(table: AreaTable) -> dict[str, Any]:
    first = str(FIRST_YEAR)
    if table.one_file_per_year:
        # A corrected delivery of the same year carries an ending after the year.
        return {"file_name": rf"_(\d{{4}})(?:_\w+)?\.{table.ending}$", "first": first}
    return {"column": YEAR, "first": first}


def _observation(table: AreaTable, cells: Cells) -> dict[str, Any]:
    content: dict[str, Any] = {"column": AMOUNT if table.long else cells.header, "variable": cells.variable}
    if table.long:
        content["where"] = {ITEM: cells.header}
    if cells.breakdown:
        content["breakdown"] = dict(cells.breakdown)
    if cells.factor != "1":
        content["factor"] = cells.factor
    return content


def _checks(table: AreaTable, figures: Figures) -> dict[str, Any]:
    areas = {lv: len(figures.city.places[lv]) for lv in ALL_LEVELS if lv in table.levels}
    keys = [AREA_NAME] if table.area_key == "name" else [AREA_NUMBER]
    lead_columns = [] if table.one_file_per_year else [YEAR]
    unique = [*lead_columns, *([ITEM] if table.long else []), *keys]
    content: dict[str, Any] = {"unique": unique, "expected_areas": areas}
    sums = _sums(table, figures)
    if sums:
        content["sum_of_areas"] = sums
    if table.categories:
        content["sum_of_categories"] = [{"variable": v, "dimension": d} for v, d in table.categories]
    if table.not_more_than:
        content["not_more_than"] = [{"part": part, "whole": whole} for part, whole in table.not_more_than]
    return content


def _sums(table: AreaTable, figures: Figures) -> list[dict[str, Any]]:
    """Parts add up to the next level that is delivered; published averages never do."""
    if not table.is_sum or any(cells.key in figures.averages for cells in table.cells):
        return []
    levels = [level for level in ALL_LEVELS if level in table.levels]
    sums: list[dict[str, Any]] = []
    for whole, parts in pairwise(levels):
        entry: dict[str, Any] = {"whole": whole, "parts": parts}
        if whole == CITY and table.open_city:
            open_keys = [cells.key for cells in table.cells if cells.key in figures.unattributed]
            rest = max(int(figures.unattributed[key].max()) for key in open_keys)
            entry |= {"tolerance": -(-rest // 100) * 100, "severity": "warning"}
            entry["reason"] = "Personen ohne zuordenbare Anschrift stehen nur im Wert der Stadt"
        sums.append(entry)
    return sums


def geography_contract(extract_id: str, level: str, areas: int) -> dict[str, Any]:
    """The contract of the boundaries of one level with so many areas."""
    names = {
        CITY: "Stadtgebiet",
        DISTRICT: "Stadtbezirke",
        SOCIAL_SPACE: "Sozialräume",
        NEIGHBOURHOOD: "Stadtteile",
        QUARTER: "Statistische Quartiere",
    }
    content = lead(
        f"Grenzen: {names[level]}" + (" bis 2019" if extract_id.endswith("2019") else ""),
        "geography",
        "Amt für Liegenschaften, Vermessung und Kataster Musterstadt",
        "Karten und Zuordnung von Adressen zu Gebieten",
        "Hauptsatzung der Stadt, Einteilung des Stadtgebiets",
    )
    content["note"] = "Schematische Grenzen einer erfundenen Stadt im offenen Meer"
    content["file"] = {"pattern": f"{extract_id}.geojson", "format": "geojson", "encoding": "utf-8"}
    content["columns"] = [{"name": "NR", "type": "code"}, {"name": "NAME", "type": "text"}]
    content["additional_columns"] = "ignore"
    content["produces"] = "areas"
    content["areas"] = {"level": level, "code": "NR", "name": "NAME"}
    content["checks"] = {"unique": ["NR"], "exact_rows": areas}
    return content
