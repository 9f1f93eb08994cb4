"""Offers of the invented city and what is computed from them: all four fields of gap and need, and what has
no value.

Lives here: rows of the stock side. Must not live here: the register (small_city_register.py).
"""

from __future__ import annotations

from typing import Any

import shapely

Row = dict[str, Any]
STANDARD = 350.0
# Area -> (offers, places; None = unknown, accepted needs). Others have one offer with 900 places and no need.
KNOWN = {
    "stadtteil-101": (1, 8.0, 1),
    "stadtteil-102": (1, 4.0, 0),
    "stadtteil-201": (2, 5000.0, 1),
    "stadtteil-202": (2, None, 0),
    "stadtteil-103": (1, 45.0, 0),
}


def stock(values: list[Row], areas: list[Row]) -> dict[str, list[Row]]:
    """Service types, a standard, offers, gaps and reachability."""
    parts = [a for a in areas if a["level"] != "stadt"]
    offers = [offer for area in areas if area["level"] == "stadtteil" for offer in offers_of(area)]
    counted = [o for o in offers if o["is_register_complete"]]
    return {
        "dim_variable": [
            {"variable_id": "pop_0_5", "name_de": "Kinder unter 6 Jahren", "name_en": "Children under 6"}
        ],
        "dim_service_type": [
            service("daycare", "Kindertagesbetreuung", "Day care", "capacity", "places"),
            service("library", "Bücherei", "Library", "offers", "offers"),
            service("playground", "Spielplatz", "Playground", "offers", "offers"),
        ],
        "dim_standard": [
            {
                "standard_id": "R-1",
                "service_type": "daycare",
                "target_group": "children",
                "value_per_1000": STANDARD,
                "unit": "places",
                "kind": "council_decision",
                "source_de": "Ratsbeschluss 1201/2021",
                "decision_id": "B-9",
                "valid_from": "2022-01-01",
            }
        ],
        "dim_offer": offers,
        "fct_offer_area": [
            {"offer_id": o["offer_id"], "area_id": area_id, "is_counted": o["is_register_complete"]}
            for o in offers
            for area_id in (o["area_id"], f"stadtbezirk-{o['area_id'].split('-')[1][0]}", "stadt-0")
        ],
        "fct_inventory_summary": [
            {
                "extract_id": "kitas",
                "service_type": "daycare",
                "responsible_office": "Jugendamt",
                "period_id": "2024",
                "is_register_complete": True,
                "n_offers": len(counted),
                "n_with_capacity": len([o for o in counted if o["capacity"] is not None]),
                "n_with_target_group": len(counted),
                "n_with_point": len(counted),
            },
            {
                "extract_id": "karte",
                "service_type": "playground",
                "responsible_office": "Offene Karte",
                "period_id": "2024",
                "is_register_complete": False,
                "n_offers": 3,
                "n_with_capacity": 0,
                "n_with_target_group": 0,
                "n_with_point": 3,
            },
        ],
        **priorities([a for a in areas if a["level"] == "stadtteil"]),
        "fct_need_gap": [gap_row(a, values) for a in parts] + [library_row(a) for a in parts],
        "fct_accessibility": [
            {
                "service_type": "daycare",
                "area_version_id": f"{a['area_id']}@2010",
                "area_id": a["area_id"],
                "level": "stadtteil",
                "period_id": "2024",
                "year": 2024,
                "inventory_period_id": "2024",
                "population": 500.0,
                "nearest_offer_id": f"kitas:{a['code']}-1",
                "distance_m": 300.0 + 10 * number,
                "value_status": "ok",
            }
            for number, a in enumerate(a for a in areas if a["level"] == "stadtteil")
        ],
        "fct_accessibility_rule": [
            {
                "service_type": "daycare",
                "level": "stadtteil",
                "catchment_m": 2000.0,
                "median_diameter_m": 900.0,
                "largest_diameter_m": 1500.0,
                "is_allowed": True,
            },
            {
                "service_type": "library",
                "level": None,
                "catchment_m": 1000.0,
                "median_diameter_m": 2400.0,
                "largest_diameter_m": 5200.0,
                "is_allowed": False,
                "reason_de": "Die Gebiete sind größer als die halbe Reichweite; eine Entfernung wäre "
                "geraten.",
                "reason_en": "The areas are larger than half the catchment; a distance would be a guess.",
            },
        ],
    }


def priorities(areas: list[Row]) -> dict[str, list[Row]]:
    """A ranking of the parts by two components; a body put the last one first."""
    weights = {"need_intensity": 0.6, "supply_gap": 0.4}
    common = [
        {
            "weighting_id": "PG-1",
            "service_type": "daycare",
            "level": "stadtteil",
            "area_version_id": f"{a['area_id']}@2010",
            "area_id": a["area_id"],
            "is_public": False,
        }
        for a in areas
    ]
    return {
        "fct_priority": [
            {
                **row,
                "author_office": "jugend",
                "decision_id": "B-1",
                "purpose_de": "Der Wert unterstützt die Sozialraumkonferenz und ersetzt sie nicht.",
                "purpose_en": "The score supports the conference and does not replace it.",
                "score": 90.0 - 5 * number,
                "rank": number + 1,
                "rank_of": len(areas),
                "rank_lower_weights": max(1, number),
                "rank_upper_weights": number + 2,
                "rank_lower_values": None if number == 0 else 1,
                "rank_upper_values": None if number == 0 else number + 3,
                "override_position": 1 if number == len(areas) - 1 else None,
                "override_reason_de": "Die Kita dort schließt." if number == len(areas) - 1 else None,
                "missing_components": [],
            }
            for number, row in enumerate(common)
        ],
        "fct_priority_component": [
            {
                **row,
                "component": component,
                "component_status": "ok" if number or component == "need_intensity" else "suppressed",
                "weight": weight,
                "score": 50.0 if number or component == "need_intensity" else None,
                "contribution": 50 * weight if number or component == "need_intensity" else None,
            }
            for number, row in enumerate(common)
            for component, weight in weights.items()
        ],
    }


def service(code: str, german: str, english: str, measure: str, unit: str) -> Row:
    """One type of service."""
    return {
        "service_type": code,
        "name_de": german,
        "name_en": english,
        "target_group": "children",
        "supply_measure": measure,
        "supply_unit": unit,
        "population_variable_id": "pop_0_5",
        "population_name_de": "Kinder unter 6 Jahren",
        "population_name_en": "Children under 6",
        "catchment_m": 2000.0,
        "definition_de": f"{german}: alle Einrichtungen des Verzeichnisses am Stichtag.",
        "definition_en": f"{english}: all facilities of the register on the reference date.",
    }


def offers_of(area: Row) -> list[Row]:
    """Offers of one part; the second of a part without known places says nothing about them."""
    n, places, _ = KNOWN.get(area["area_id"], (1, 900.0, 0))
    point = shapely.point_on_surface(area["polygon"])
    base = {
        "extract_id": "kitas",
        "delivery_id": "stock-1",
        "service_type": "daycare",
        "provider": "Ein Träger",
        "provider_type": "free_non_profit",
        "target_group": "children",
        "area_id": area["area_id"],
        "level": "stadtteil",
        "period_id": "2024",
        "capacity_unit": "places",
        "responsible_office": "Jugendamt",
        "latitude": point.y,
        "is_register_complete": True,
        "is_vanished": False,
    }
    found = [
        {
            **base,
            "offer_id": f"kitas:{area['code']}-{k}",
            "title": f"Kita *{area['name']}* {k}",
            "row_number": int(area["code"]) + k,
            "longitude": point.x + 0.002 * k,
            "capacity": places,
        }
        for k in range(1, n + 1)
    ]
    if area["code"] in ("101", "202", "301"):
        found.append(
            {
                **base,
                "offer_id": f"karte:{area['code']}",
                "title": "Spielplatz",
                "service_type": "playground",
                "extract_id": "karte",
                "is_register_complete": False,
                "longitude": point.x - 0.003,
                "capacity": None,
                "row_number": 5,
                "responsible_office": "Offene Karte",
                "target_group": None,
            }
        )
    return found


def gap_row(area: Row, values: list[Row]) -> Row:
    """One row of the stock against the standard; the population of part 103 of each district is hidden."""
    n, places, needs = KNOWN.get(area["area_id"], (1, 900.0, 0))
    hidden = area["area_id"] == "stadtteil-103"
    whole = next(
        v
        for v in values
        if (v["indicator_id"], v["area_id"], v["year"]) == ("pop_total", area["area_id"], 2024)
    )
    population = None if hidden else round(whole["value"] * 0.06)
    row: Row = {
        "service_type": "daycare",
        "area_version_id": f"{area['area_id']}@2010",
        "area_id": area["area_id"],
        "level": area["level"],
        "target_group": "children",
        "period_id": "2024",
        "year": 2024,
        "inventory_period_id": "2024",
        "population_variable_id": "pop_0_5",
        "population": population,
        "value_status": "suppressed" if hidden else "ok",
        "n_offers": n,
        "n_capacity_unknown": 0 if places else n,
        "supply": places,
        "supply_unit": "places",
        "standard_id": "R-1",
        "standard_value": STANDARD,
        "accepted_needs": needs,
        "gap_status": "no_population" if hidden else "capacity_unknown" if places is None else "ok",
    }
    if row["gap_status"] != "ok":
        return row
    demand = population * STANDARD / 1000
    gap = demand - places
    short = "gap" if gap > 0 else ""
    row |= {
        "supply_per_1000": places / population * 1000,
        "demand": demand,
        "coverage": places / demand,
        "gap": gap,
        "fair_share": demand,
    }
    fields = {
        ("gap", True): "gap_and_need",
        ("gap", False): "gap_only",
        ("", True): "need_only",
        ("", False): "neither",
    }
    return row | {"field": fields[short, needs > 0]}


def library_row(area: Row) -> Row:
    """A service without a standard: a ratio, no gap."""
    return {
        "service_type": "library",
        "area_version_id": f"{area['area_id']}@2010",
        "area_id": area["area_id"],
        "level": area["level"],
        "target_group": "children",
        "period_id": "2024",
        "year": 2024,
        "inventory_period_id": "2024",
        "population_variable_id": "pop_0_5",
        "population": 500.0,
        "value_status": "ok",
        "n_offers": 1,
        "n_capacity_unknown": 0,
        "supply": 1.0,
        "supply_unit": "offers",
        "supply_per_1000": 2.0,
        "accepted_needs": 0,
        "gap_status": "no_standard",
    }
