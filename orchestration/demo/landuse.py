"""Land use of the city in the shape of a GENESIS export: titles, three header lines, footer, CRLF, Latin-1.

Must not live here: other formats.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestration.demo.chance import YEARS
from orchestration.demo.city import CITY, City
from orchestration.demo.contracts import lead
from orchestration.demo.formats import write_text

EXTRACT_ID = "33111_flaechennutzung"
ARES_PER_SQUARE_DEGREE = 111_320 * 110_570 / 100  # near the equator
SETTLED_SHARE = 0.61  # settlement and traffic area of all land in the first year
YEARLY_GROWTH = 0.0013

USES = (
    ("Bodenfläche insgesamt", "Insgesamt", 1.0),
    ("Gebäude- und Freifläche", "Insgesamt", 0.345),
    ("Gebäude- und Freifläche", "Gebäude- und Freifläche Wohnen", 0.16),
    ("Erholungsfläche", "Insgesamt", 0.108),
    ("Verkehrsfläche", "Insgesamt", 0.146),
    ("Landwirtschaftsfläche", "Insgesamt", 0.215),
    ("Landwirtschaftsfläche", "Moor", 0.0),
    ("Waldfläche", "Insgesamt", 0.14),
    ("Wasserfläche", "Insgesamt", 0.035),
    ("Siedlungs- und Verkehrsfläche", "Insgesamt", SETTLED_SHARE),
)
SETTLED_COLUMN = "Flächennutzungsarten | Siedlungs- und Verkehrsfläche | Insgesamt"


def _titles(city_name: str) -> list[str]:
    return [
        "GENESIS-Tabelle: Temporär",
        "Katasterfläche nach der tatsächlichen Art der Nutzung (10)" + ";" * len(USES),
        "- Gemeinden - Stichtag" + ";" * len(USES),
        "Bodenfläche (Katasterfläche) (ar)" + ";" * len(USES),
        f"{city_name}, krfr. Stadt" + ";" * len(USES),
    ]


FOOTER = (
    "_____",
    "Erfundene Angaben einer erfundenen Stadt.",
    "Moor gehört zur Landwirtschaftsfläche.",
    "_____",
    "Demodaten, frei verwendbar.",
    "Stand: 07.10.2025 / 10:52:44",
)


def write_land_use(city: City, inbox: Path) -> None:
    """Writes the export; areas in ar, the sign `-` for nothing."""
    place = city.places[CITY][0]
    land = place.polygon.area * ARES_PER_SQUARE_DEGREE
    lines = _titles(place.name)
    lines.append(";".join(["", *("Flächennutzungsarten" for _ in USES)]))
    lines.append(";".join(["", *(use for use, _, _ in USES)]))
    lines.append(";".join(["", *(part for _, part, _ in USES)]))
    for number, year in enumerate(YEARS):
        cells = [f"31.12.{year}"]
        for use, _, share in USES:
            growing = 1.0 if use in ("Bodenfläche insgesamt", "Wasserfläche") else 1 + YEARLY_GROWTH * number
            if use in ("Landwirtschaftsfläche", "Waldfläche"):
                growing = 1 - 2 * YEARLY_GROWTH * number
            cells.append(str(round(land * share * growing)) if share else "-")
        lines.append(";".join(cells))
    write_text(inbox / f"{EXTRACT_ID}.csv", "\n".join([*lines, *FOOTER]) + "\n", "iso-8859-1", "\r\n")


def land_use_contract() -> dict[str, Any]:
    """How to read the export: one of its columns is used, the unit becomes hectares."""
    content = lead(
        "Flächennutzung der Stadt (Katasterfläche)",
        "statistics",
        "Landesamt für Datenverarbeitung",
        "Siedlungsdichte",
        "Agrarstatistikgesetz, Flächenerhebung nach Art der tatsächlichen Nutzung",
    )
    content["due"] = {"days_after_period": 400, "last_period": str(YEARS[-1])}
    content["file"] = {
        "pattern": f"{EXTRACT_ID}.csv",
        "format": "csv",
        "encoding": "iso-8859-1",
        "title_lines": 5,
        "header_lines": 3,
        "footer_starts_with": "_____",
    }
    content["columns"] = [
        {"name": "column_1", "type": "date"},
        {"name": SETTLED_COLUMN, "type": "count", "min": 1},
    ]
    content["additional_columns"] = "ignore"
    content["area"] = {"by": "constant", "level": CITY, "code": "0"}
    content["period"] = {"column": "column_1", "first": str(YEARS[0])}
    content["produces"] = "observations"
    content["observations"] = [
        {"column": SETTLED_COLUMN, "variable": "settlement_traffic_area_ha", "factor": "0.01"}
    ]
    content["checks"] = {"unique": ["column_1"], "min_rows": 1}
    return content
