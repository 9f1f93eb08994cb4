"""Three offices deliver their offers in three formats.

Must not live here: which offers exist (offers.py), how the files are read (inventory_contracts.py).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.demo.city import City
from orchestration.demo.figures import Figures
from orchestration.demo.formats import Cell, write_csv, write_esri_points, write_xlsx
from orchestration.demo.inventory_contracts import (
    CHILDCARE,
    CHILDCARE_HEADER,
    MEETING,
    MEETING_HEADER,
    SCHOOL,
    SCHOOL_FIELDS,
)
from orchestration.demo.offers import Offer, childcare_centres, meeting_places, schools
from orchestration.demo.people import SOCIAL_OFFICE


def write_inventory(figures: Figures, inbox: Path) -> None:
    """Writes the three files; one school names a number that is not that of its neighbourhood."""
    _write_childcare(childcare_centres(figures), inbox)
    _write_meeting_places(meeting_places(figures), inbox)
    _write_schools(schools(figures), figures.city, inbox)


def _write_childcare(offers: list[Offer], inbox: Path) -> None:
    rows: list[list[Cell]] = [list(CHILDCARE_HEADER)]
    for offer in offers:
        capacity: Cell = "" if offer.capacity is None else offer.capacity
        name, number = offer.place.name, offer.place.code
        owner = [offer.provider, offer.provider_kind, offer.target_group, offer.address]
        start = f"01.08.{offer.since}"
        rows.append([f"K-{offer.number:04d}", offer.title, *owner, number, name, capacity, start])
    write_csv(inbox / f"{CHILDCARE}.csv", rows, "windows-1252")


def _write_meeting_places(offers: list[Offer], inbox: Path) -> None:
    rows: list[list[Cell]] = []
    for offer in offers:
        hours: Cell = "" if offer.capacity is None else offer.capacity
        name = [f"T{offer.number}", offer.title, offer.kind, offer.provider, offer.provider_kind]
        rows.append([*name, offer.target_group, offer.address, offer.place.name, hours])
    titles = [SOCIAL_OFFICE, "Treffpunkte und Beratungsstellen, Stand: 31.12.2024", ""]
    note = ["", "Quelle: Abfrage bei den Trägern; Stunden nur soweit mitgeteilt."]
    write_xlsx(inbox / f"{MEETING}.xlsx", "Liste", titles, MEETING_HEADER, rows, note)


def _write_schools(offers: list[Offer], city: City, inbox: Path) -> None:
    contradicting = offers[len(offers) // 2].number
    rows: list[tuple[dict[str, Cell | None], float, float]] = []
    for offer in offers:
        number = offer.place.code
        if offer.number == contradicting:
            number = next(place.code for place in city.neighbourhoods if place.code != number)
        attributes: dict[str, Cell | None] = {
            "OBJECTID": offer.number,
            "NR_STADTBEZIRK": offer.place.parent,
            "NR_STADTTEIL": number,
            "STADTTEIL": offer.place.name,
            "ADRESSE": offer.address,
            "SCHULART": offer.kind,
            "NAME": offer.title,
            "TRAEGER": offer.provider,
            "TRAEGERART": offer.provider_kind,
            "PLAETZE": offer.capacity,
        }
        rows.append((attributes, offer.x, offer.y))
    write_esri_points(inbox / f"{SCHOOL}.json", SCHOOL_FIELDS, rows)
