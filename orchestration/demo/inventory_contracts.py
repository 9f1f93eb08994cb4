"""How the three lists of offers are read: columns, categories and contracts.

Must not live here: which offers exist (offers.py) and the bytes of the lists (inventory.py).
"""

from __future__ import annotations

from typing import Any

from orchestration.demo.city import NEIGHBOURHOOD
from orchestration.demo.contracts import lead
from orchestration.demo.learning import SCHOOL_OFFICE, YOUTH_OFFICE
from orchestration.demo.people import SOCIAL_OFFICE

STOCK_YEAR = "2024"
CHILDCARE, MEETING, SCHOOL = "kitas_jugendamt", "treffpunkte_sozialamt", "schulen_schulamt"
PROVIDER_TYPES = {
    "öffentlich": "public",
    "freigemeinnützig": "free_non_profit",
    "privat": "private",
    "Initiative": "civic",
}
TARGET_GROUPS = {
    "Kinder": "children",
    "Kinder mit Behinderung": "disabled",
    "Ältere": "seniors",
    "alle": "all",
    "Menschen mit geringem Einkommen": "low_income",
    "Familien": "families",
    "Jugendliche": "youth",
    "Zugewanderte": "migration",
    "Wohnungslose": "homeless",
}
MEETING_TYPES = {
    "Seniorentreff": "senior_meeting_place",
    "Bürgerzentrum": "community_centre",
    "Schuldnerberatung": "debt_counselling",
    "Familienberatung": "family_counselling",
    "Jugendtreff": "youth_centre",
    "Migrationsberatung": "migration_counselling",
    "Wohnungslosenhilfe": "homeless_support",
}
SCHOOL_TYPES = {
    "Grundschule": "primary_school",
    "Gesamtschule": "comprehensive_school",
    "Gymnasium": "grammar_school",
    "Realschule": "intermediate_secondary_school",
    "Förderschule": "special_needs_school",
}
SCHOOL_GROUPS = {
    "Grundschule": "children",
    "Gesamtschule": "youth",
    "Gymnasium": "youth",
    "Realschule": "youth",
    "Förderschule": "children_youth",
}
CHILDCARE_HEADER = ("Einrichtungsnummer", "Einrichtung", "Träger", "Trägerart", "Zielgruppe", "Anschrift",
                    "Stadtteil-Nr", "Stadtteil", "Plätze", "in Betrieb seit")  # fmt: skip
MEETING_HEADER = ("Lfd. Nr.", "Einrichtung | Bezeichnung", "Einrichtung | Art", "Träger | Bezeichnung",
                  "Träger | Art", "Zielgruppe", "Anschrift", "Stadtteil", "Stunden je Woche")  # fmt: skip
SCHOOL_FIELDS = {
    "OBJECTID": "OBJECTID",
    "NR_STADTBEZIRK": "Stadtbezirk-Nr.",
    "NR_STADTTEIL": "Stadtteil-Nr.",
    "STADTTEIL": "Stadtteil",
    "ADRESSE": "Adresse",
    "SCHULART": "Schulart",
    "NAME": "Schulname",
    "TRAEGER": "Träger",
    "TRAEGERART": "Trägerart",
    "PLAETZE": "Schulplätze",
}


def inventory_contracts() -> dict[str, dict[str, Any]]:
    """extract_id -> contract of each list of offers."""
    return {
        CHILDCARE: _childcare_contract(),
        MEETING: _meeting_contract(),
        SCHOOL: _school_contract(),
    }


def _typed(names: tuple[str, ...], types: dict[str, str]) -> list[dict[str, Any]]:
    return [{"name": name, "type": types.get(name, "text")} for name in names]


def _groups(*names: str) -> dict[str, str]:
    return {name: TARGET_GROUPS[name] for name in names}


def _childcare_contract() -> dict[str, Any]:
    content = lead(
        "Kindertageseinrichtungen",
        "inventory",
        YOUTH_OFFICE,
        "Bestand und Bedarfsplanung der Kindertagesbetreuung",
        "§ 80 SGB VIII, Jugendhilfeplanung",
    )
    types = {"Stadtteil-Nr": "code", "Einrichtungsnummer": "code", "Plätze": "count"}
    types["in Betrieb seit"] = "date"
    return content | {
        "note": "Leere Plätze heißen: nicht bekannt.",
        "due": {"days_after_period": 90, "last_period": STOCK_YEAR},
        "file": {"pattern": f"{CHILDCARE}.csv", "format": "csv", "encoding": "windows-1252"},
        "columns": _typed(CHILDCARE_HEADER, types),
        "area": {
            "by": "code",
            "column": "Stadtteil-Nr",
            "level": NEIGHBOURHOOD,
            "name_column": "Stadtteil",
        },
        "period": {"constant": STOCK_YEAR},
        "produces": "offers",
        "offers": {
            "offer_id": {"column": "Einrichtungsnummer"},
            "title": {"column": "Einrichtung"},
            "service_type": {"constant": "childcare_centre"},
            "provider": {"column": "Träger"},
            "provider_type": {"column": "Trägerart", "categories": PROVIDER_TYPES},
            "target_group": {
                "column": "Zielgruppe",
                "categories": _groups("Kinder", "Kinder mit Behinderung"),
            },
            "address": {"column": "Anschrift"},
            "capacity": {"column": "Plätze"},
            "capacity_unit": {"constant": "places"},
            "valid_from": {"column": "in Betrieb seit"},
        },
        "checks": {"unique": ["Einrichtungsnummer"]},
    }


def _meeting_contract() -> dict[str, Any]:
    content = lead(
        "Treffpunkte und Beratungsstellen",
        "inventory",
        SOCIAL_OFFICE,
        "Bestand an Begegnung und Beratung",
        "§ 71 SGB XII, freiwillige Auskunft der Träger",
    )
    return content | {
        "note": "Öffnungsstunden sind nur von einem Teil der Träger bekannt.",
        "due": {"days_after_period": 180, "last_period": STOCK_YEAR},
        "file": {
            "pattern": f"{MEETING}.xlsx",
            "format": "xlsx",
            "sheet": "Liste",
            "title_lines": 3,
            "header_lines": 2,
            "footer_starts_with": "Quelle:",
        },
        "columns": _typed(MEETING_HEADER, {"Lfd. Nr.": "code", "Stunden je Woche": "count"}),
        "area": {"by": "name", "column": "Stadtteil", "level": NEIGHBOURHOOD},
        "period": {"constant": STOCK_YEAR},
        "produces": "offers",
        "offers": {
            "offer_id": {"column": "Lfd. Nr."},
            "title": {"column": "Einrichtung | Bezeichnung"},
            "service_type": {"column": "Einrichtung | Art", "categories": MEETING_TYPES},
            "provider": {"column": "Träger | Bezeichnung"},
            "provider_type": {"column": "Träger | Art", "categories": PROVIDER_TYPES},
            "target_group": {
                "column": "Zielgruppe",
                "categories": {k: v for k, v in TARGET_GROUPS.items() if not k.startswith("Kinder")},
            },
            "address": {"column": "Anschrift"},
            "capacity": {"column": "Stunden je Woche"},
            "capacity_unit": {"constant": "hours_per_week"},
        },
        "checks": {"unique": ["Lfd. Nr."]},
    }


def _school_contract() -> dict[str, Any]:
    content = lead(
        "Schulen",
        "inventory",
        SCHOOL_OFFICE,
        "Bestand an Schulen und Schulplätzen",
        "§ 80 Schulgesetz, Schulentwicklungsplanung",
    )
    types = {"OBJECTID": "code", "NR_STADTTEIL": "code", "PLAETZE": "count"}
    return content | {
        "note": "Die Lage entscheidet; Nummer und Name des Stadtteils werden damit verglichen.",
        "due": {"days_after_period": 240, "last_period": STOCK_YEAR},
        "file": {"pattern": f"{SCHOOL}.json", "format": "esri_json", "encoding": "utf-8"},
        "columns": _typed(tuple(SCHOOL_FIELDS), types),
        "additional_columns": "ignore",
        "area": {
            "by": "point",
            "level": NEIGHBOURHOOD,
            "code_column": "NR_STADTTEIL",
            "name_column": "STADTTEIL",
            "on_conflict": "warning",
            "point": {"x": "geometry.x", "y": "geometry.y", "polygons": f"gebiete_{NEIGHBOURHOOD}"},
        },
        "period": {"constant": STOCK_YEAR},
        "produces": "offers",
        "offers": {
            "offer_id": {"column": "OBJECTID"},
            "title": {"column": "NAME"},
            "service_type": {"column": "SCHULART", "categories": SCHOOL_TYPES},
            "provider": {"column": "TRAEGER"},
            "provider_type": {"column": "TRAEGERART", "categories": PROVIDER_TYPES},
            "target_group": {"column": "SCHULART", "categories": SCHOOL_GROUPS},
            "address": {"column": "ADRESSE"},
            "capacity": {"column": "PLAETZE"},
            "capacity_unit": {"constant": "places"},
        },
        "checks": {"unique": ["OBJECTID"]},
    }
