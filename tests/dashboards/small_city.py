"""An invented city as a home with releases: what dashboards need to be tried without a build.

Lives here: the published tables of a release with plausible, seeded values. Must not: stand in for the real build;
`tests/test_contract.py` compares the real release with the contract.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import shapely
import shapely.affinity
from shapely.geometry import Point, Polygon, mapping
from shapely.geometry.polygon import orient

Z95 = 1.959963984540054
Z998 = 3.090232306167813
FIRST_YEAR, LAST_YEAR = 2017, 2024
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
FRONT = "Nord Süd Ost West Alt Neu Ober Unter Linden Eichen Mühl Hohen Berg Wald Wiesen Stein Bruch Sand".split()
BACK = "heim feld dorf rath hausen bach weiler hof tal au berg kirchen".split()

INDICATORS: list[dict[str, Any]] = [
    dict(indicator_id="sgb2_quota", name_de="SGB-II-Quote (Grundsicherung für Arbeitsuchende)", name_en="SGB II benefit rate",
         definition_de="Leistungsberechtigte nach SGB II unter 65 Jahren je 100 Einwohner*innen unter 65 Jahren am 31.12.",
         definition_en="SGB II beneficiaries under 65 per 100 residents under 65 on 31 December.",
         living_condition="income", unit="percent", multiplier=100.0, decimals=1, polarity="higher_worse",
         statistic="proportion", ci_method="wilson", source="Jobcenter Musterstadt; Einwohnermelderegister",
         numerator_label_de="Leistungsberechtigte nach SGB II unter 65", numerator_label_en="SGB II beneficiaries under 65",
         denominator_label_de="Einwohner*innen unter 65 Jahren", denominator_label_en="Residents under 65", level=0.12),
    dict(indicator_id="pop_under_18_share", name_de="Anteil der unter 18-Jährigen", name_en="Share of population under 18",
         definition_de="Einwohner*innen unter 18 Jahren je 100 Einwohner*innen am 31.12.",
         definition_en="Residents under 18 per 100 residents on 31 December.",
         living_condition="demography", unit="percent", multiplier=100.0, decimals=1, polarity="neutral",
         statistic="proportion", ci_method="wilson", source="Einwohnermelderegister",
         numerator_label_de="Einwohner*innen unter 18 Jahren", numerator_label_en="Residents under 18",
         denominator_label_de="Einwohner*innen insgesamt", denominator_label_en="All residents", level=0.16),
    dict(indicator_id="childcare_u3_participation", name_de="Betreuungsquote U3", name_en="Childcare participation under 3",
         definition_de="Betreute Kinder unter 3 Jahren je 100 Kinder unter 3 Jahren am 01.03.",
         definition_en="Children under 3 in day care per 100 children under 3 on 1 March.",
         living_condition="education", unit="percent", multiplier=100.0, decimals=1, polarity="higher_better",
         statistic="proportion", ci_method="wilson", source="Jugendamt Musterstadt",
         numerator_label_de="betreute Kinder unter 3 Jahren", numerator_label_en="Children under 3 in day care",
         denominator_label_de="Kinder unter 3 Jahren", denominator_label_en="Children under 3", level=0.4),
    dict(indicator_id="pop_total", name_de="Bevölkerung am Ort der Hauptwohnung", name_en="Population (main residence)",
         definition_de="Einwohner*innen mit Hauptwohnsitz am 31.12.", definition_en="Residents with main residence on 31 December.",
         living_condition="demography", unit="persons", multiplier=1.0, decimals=0, polarity="neutral",
         statistic="count", ci_method="none", source="Einwohnermelderegister",
         numerator_label_de="Einwohner*innen mit Hauptwohnsitz", numerator_label_en="Residents with main residence",
         denominator_label_de=None, denominator_label_en=None, level=1.0),
    dict(indicator_id="car_ownership_rate", name_de="Private Pkw je 1.000 Einwohner*innen ab 18", name_en="Private cars per 1,000 adults",
         definition_de="Privat zugelassene Pkw je 1.000 Einwohner*innen ab 18 Jahren.", definition_en="Private cars per 1,000 residents aged 18+.",
         living_condition="mobility", unit="per_1000", multiplier=1000.0, decimals=0, polarity="neutral",
         statistic="rate", ci_method="byar_exact", source="Kfz-Zulassungsstelle",
         numerator_label_de="privat zugelassene Pkw", numerator_label_en="Privately registered cars",
         denominator_label_de="Einwohner*innen ab 18", denominator_label_en="Residents 18+", level=0.42),
]


@dataclass
class City:
    """Knobs of the invented city: how many areas, which release, what is broken on purpose."""

    n_districts: int = 3
    n_areas: int = 12
    seed: int = 7
    drift: float = 0.0
    is_demo: bool = True
    without_licence: tuple[str, ...] = ()
    canary: float = 987654.321
    areas: list[dict[str, Any]] = field(default_factory=list)


def geometry(city: City) -> list[Polygon]:
    """Voronoi cells of seeded points inside an egg-shaped outline around an invented place (lon/lat)."""
    rng = random.Random(city.seed)
    outline = shapely.affinity.scale(Point(8.0, 50.5).buffer(0.1, 32), 1.25, 0.9)
    points: list[Point] = []
    while len(points) < city.n_areas:
        p = Point(8.0 + rng.uniform(-0.13, 0.13), 50.5 + rng.uniform(-0.1, 0.1))
        if outline.contains(p) and all(p.distance(q) > 0.1 / math.sqrt(city.n_areas) for q in points):
            points.append(p)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=outline).geoms
    clipped = [c.intersection(outline) for c in cells]
    return sorted(clipped, key=lambda c: (round(math.atan2(c.centroid.y - 50.5, c.centroid.x - 8.0), 3)))


def geojson(polygon: Any) -> str:
    """GeoJSON text with the exterior clockwise, as d3 wants it."""
    turned = orient(polygon, sign=-1.0) if polygon.geom_type == "Polygon" else polygon
    shape = shapely.set_precision(turned, 0)
    return json.dumps(mapping(shape))


def make_areas(city: City) -> list[dict[str, Any]]:
    rng = random.Random(city.seed)
    cells = geometry(city)
    names = [f + b for f in FRONT for b in BACK]
    rng.shuffle(names)
    areas = [dict(level="stadt", code="0", name="Musterstadt", parent=None, polygon=None, size=0)]
    split = [cells[i * city.n_areas // city.n_districts:(i + 1) * city.n_areas // city.n_districts] for i in range(city.n_districts)]
    for d, group in enumerate(split, start=1):
        areas.append(dict(level="stadtbezirk", code=str(d), name=f"Bezirk {names.pop()}", parent="stadt-0",
                          polygon=shapely.union_all(group), size=0))
        for s, cell in enumerate(group, start=1):
            areas.append(dict(level="stadtteil", code=f"{d}{s:02d}", name=names.pop(), parent=f"stadtbezirk-{d}",
                              polygon=cell, size=rng.randint(900, 26000)))
    return areas


def wilson(x: float, n: float, z: float) -> tuple[float, float]:
    root = z * math.sqrt(z * z + 4 * x * (1 - x / n)) if x <= n else 0.0
    return (2 * x + z * z - root) / (2 * (n + z * z)), (2 * x + z * z + root) / (2 * (n + z * z))


def counts(city: City, indicator: dict[str, Any], areas: list[dict[str, Any]], year: int) -> dict[str, tuple[float, float]]:
    """Numerator and denominator per area_id; parents are sums of their children."""
    out: dict[str, tuple[float, float]] = {}
    for area in areas:
        if area["level"] != "stadtteil":
            continue
        area_id = f"stadtteil-{area['code']}"
        rng = random.Random(f"{city.seed}{indicator['indicator_id']}{area_id}")
        n = area["size"] * (0.05 if "u3" in indicator["indicator_id"] else 0.8)
        share = indicator["level"] * math.exp(rng.gauss(0, 0.35)) * (1 + 0.03 * (year - FIRST_YEAR) * rng.choice([-1, 0, 1, 1])) * (1 + 0.04 * math.sin(area["size"] + 2.3 * year))
        share = min(share + city.drift, 0.95)
        x, n = (round(area["size"] * (1 + 0.004 * (year - FIRST_YEAR))), 0) if indicator["statistic"] == "count" else (round(n * share), round(n))
        out[area_id] = (x, n)
        for parent in (area["parent"], "stadt-0"):
            a, b = out.get(parent, (0.0, 0.0))
            out[parent] = (a + x, b + n)
    return out


def value_rows(city: City, areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for indicator in INDICATORS:
        for year in YEARS:
            if indicator["indicator_id"] == "childcare_u3_participation" and year < 2020:
                continue
            rows += rows_of_year(city, indicator, areas, year)
    return rows


def rows_of_year(city: City, indicator: dict[str, Any], areas: list[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    cells = counts(city, indicator, areas, year)
    count = indicator["statistic"] == "count"
    m = indicator["multiplier"]
    x0, n0 = cells["stadt-0"]
    city_value = None if count else round(x0 / n0 * m, 10)
    rows = []
    for area in areas:
        area_id = f"{area['level']}-{area['code']}"
        x, n = cells[area_id]
        hidden = not count and area["level"] == "stadtteil" and area["code"].endswith("03") and indicator["indicator_id"] != "pop_under_18_share"
        missing = not count and area["level"] == "stadtteil" and area["code"] == "104" and year == LAST_YEAR
        status = "suppressed" if hidden else "not_available" if missing else "ok"
        row: dict[str, Any] = dict(indicator_id=indicator["indicator_id"], area_version_id=f"{area_id}@2010", area_id=area_id,
                                   level=area["level"], period_id=str(year), year=year, breakdown_id="total", value_status=status,
                                   value_flags="provisional" if year == LAST_YEAR and area["code"] == "102" else "",
                                   benchmark_area_id="stadt-0", comparison="not_compared", trend="cannot_be_calculated")
        if status == "ok":
            lo, hi = wilson(x, n, Z95) if not count else (None, None)
            lo8, hi8 = wilson(x, n, Z998) if not count else (None, None)
            value = round(x if count else x / n * m, 10)
            row |= dict(numerator=float(x), denominator=None if count else float(n), value=float(value), benchmark_value=city_value,
                        ci_lower=lo and lo * m, ci_upper=hi and hi * m, ci_lower_998=lo8 and lo8 * m, ci_upper_998=hi8 and hi8 * m)
            if not count and area["level"] != "stadt":
                above, below = city_value < row["ci_lower"], city_value > row["ci_upper"]
                words = {"neutral": ("higher", "lower"), "higher_worse": ("worse", "better"), "higher_better": ("better", "worse")}[indicator["polarity"]]
                row["comparison"] = words[0] if above else words[1] if below else "similar"
            row["trend"] = "increasing" if year > 2021 else "cannot_be_calculated"
            row["trend_evaluation"] = {"higher_worse": "worse", "higher_better": "better"}.get(indicator["polarity"]) if year > 2021 else None
        rows.append(row)
    for level in {r["level"] for r in rows}:
        ranked = sorted((r["value"] for r in rows if r["level"] == level and r.get("value") is not None), reverse=True)
        for r in rows:
            if r["level"] == level and r.get("value") is not None:
                r["rank"], r["rank_of"] = ranked.index(r["value"]) + 1, len(ranked)
    return rows


def summary_rows(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in values:
        groups.setdefault((row["indicator_id"], row["level"], row["period_id"]), []).append(row)
    out = []
    for (indicator, level, period), rows in groups.items():
        ok = sorted((r for r in rows if r.get("value") is not None), key=lambda r: r["value"])
        n = {word: sum(r["comparison"] == word for r in rows) for word in ("better", "similar", "worse", "higher", "lower")}
        out.append(dict(indicator_id=indicator, level=level, period_id=period, year=int(period), breakdown_id="total", n_areas=len(rows), n_ok=len(ok),
                        n_suppressed=sum(r["value_status"] == "suppressed" for r in rows), n_missing=sum(r["value_status"] == "not_available" for r in rows),
                        **{f"n_{k}": v for k, v in n.items()}, n_flagged_by_chance=round(0.05 * len(ok), 1),
                        city_value=rows[0].get("benchmark_value"), lowest_value=ok[0]["value"] if ok else None, lowest_area_id=ok[0]["area_id"] if ok else None,
                        highest_value=ok[-1]["value"] if ok else None, highest_area_id=ok[-1]["area_id"] if ok else None))
    return out


SCHEMA = {
    "dim_workspace": "workspace_id VARCHAR, name_de VARCHAR, name_en VARCHAR, is_demo BOOLEAN, demo_label_de VARCHAR, demo_label_en VARCHAR, city_area_id VARCHAR, crs VARCHAR, contact_office VARCHAR, feedback_address VARCHAR",
    "dim_level": "level VARCHAR, name_de VARCHAR, name_en VARCHAR, plural_de VARCHAR, plural_en VARCHAR, rank BIGINT, parent_level VARCHAR",
    "dim_area": "area_version_id VARCHAR, area_id VARCHAR, level VARCHAR, code VARCHAR, name VARCHAR, parent_area_id VARCHAR, valid_from DATE, valid_to DATE, geometry_geojson VARCHAR, is_remainder BOOLEAN",
    "dim_indicator": "indicator_id VARCHAR, name_de VARCHAR, name_en VARCHAR, definition_de VARCHAR, definition_en VARCHAR, living_condition VARCHAR, unit VARCHAR, multiplier DOUBLE, decimals BIGINT, polarity VARCHAR, statistic VARCHAR, ci_method VARCHAR, design_effect DOUBLE, source VARCHAR, licence VARCHAR, caveats_de VARCHAR, caveats_en VARCHAR, numerator_variable_id VARCHAR, denominator_variable_id VARCHAR, numerator_label_de VARCHAR, numerator_label_en VARCHAR, denominator_label_de VARCHAR, denominator_label_en VARCHAR, age_group VARCHAR, target_group VARCHAR, disclosure_profile VARCHAR, min_denominator BIGINT, publisher VARCHAR, first_year BIGINT, last_year BIGINT, last_period_id VARCHAR",
    "dim_release": "release_number BIGINT, built_at TIMESTAMP, product_version VARCHAR, workspace_id VARCHAR, is_not_for_publication BOOLEAN, disclosure_note_de VARCHAR, disclosure_note_en VARCHAR, previous_release BIGINT, rollback_of BIGINT",
    "dim_delivery": "delivery_id VARCHAR, extract_id VARCHAR, file_name VARCHAR, sha256 VARCHAR, received_at TIMESTAMP, reference_period VARCHAR, publisher VARCHAR, licence VARCHAR, row_count BIGINT",
    "fct_indicator_value": "indicator_id VARCHAR, area_version_id VARCHAR, area_id VARCHAR, level VARCHAR, period_id VARCHAR, year BIGINT, breakdown_id VARCHAR, numerator DOUBLE, denominator DOUBLE, value DOUBLE, ci_lower DOUBLE, ci_upper DOUBLE, ci_lower_998 DOUBLE, ci_upper_998 DOUBLE, value_status VARCHAR, value_flags VARCHAR, benchmark_area_id VARCHAR, benchmark_value DOUBLE, comparison VARCHAR, rank BIGINT, rank_of BIGINT, trend VARCHAR, trend_evaluation VARCHAR",
    "fct_indicator_summary": "indicator_id VARCHAR, level VARCHAR, period_id VARCHAR, year BIGINT, breakdown_id VARCHAR, n_areas BIGINT, n_ok BIGINT, n_suppressed BIGINT, n_missing BIGINT, n_better BIGINT, n_similar BIGINT, n_worse BIGINT, n_higher BIGINT, n_lower BIGINT, n_flagged_by_chance DOUBLE, city_value DOUBLE, lowest_value DOUBLE, lowest_area_id VARCHAR, highest_value DOUBLE, highest_area_id VARCHAR",
    "fct_indicator_delivery": "indicator_id VARCHAR, period_id VARCHAR, delivery_id VARCHAR",
    "fct_release_change": "indicator_id VARCHAR, n_changed BIGINT, n_new BIGINT, n_vanished BIGINT",
    "fct_series_break": "break_id VARCHAR, indicator_id VARCHAR, period_id VARCHAR, kind VARCHAR, reason_de VARCHAR, reason_en VARCHAR, bridged BOOLEAN",
    "fct_context_event": "event_id VARCHAR, period_id VARCHAR, kind VARCHAR, label_de VARCHAR, label_en VARCHAR, area_ids VARCHAR",
}


def tables(city: City, release: int) -> dict[str, list[dict[str, Any]]]:
    areas = city.areas or make_areas(city)
    values = value_rows(city, areas)
    indicators = [
        dict({k: v for k, v in i.items() if k != "level"}, design_effect=1.0,
             licence=None if i["indicator_id"] in city.without_licence else "Datenlizenz Deutschland Namensnennung 2.0",
             caveats_de="Gebiete mit Sammelunterkünften sind eingeschränkt vergleichbar." if i["indicator_id"] == "sgb2_quota" else None,
             caveats_en="Areas with shared accommodation are of limited comparability." if i["indicator_id"] == "sgb2_quota" else None,
             numerator_variable_id="x", denominator_variable_id=None if i["statistic"] == "count" else "n", age_group="all", target_group="all",
             disclosure_profile="ba_lt10" if i["indicator_id"] == "sgb2_quota" else "std_lt5", min_denominator=30, publisher="Stadt Musterstadt",
             first_year=2020 if "u3" in i["indicator_id"] else FIRST_YEAR, last_year=LAST_YEAR, last_period_id=str(LAST_YEAR)) for i in INDICATORS]
    return {
        "dim_workspace": [dict(workspace_id="musterstadt", name_de="Musterstadt am Strom", name_en="Musterstadt am Strom", is_demo=city.is_demo,
                               demo_label_de="Demodaten – frei erfunden", demo_label_en="Demo data – entirely fictional", city_area_id="stadt-0",
                               crs="EPSG:25832", contact_office="Amt für Stadtentwicklung und Statistik", feedback_address="sozialplanung@musterstadt.example")],
        "dim_level": [dict(level="stadt", name_de="Stadt", name_en="City", plural_de="Stadt", plural_en="City", rank=0, parent_level=None),
                      dict(level="stadtbezirk", name_de="Stadtbezirk", name_en="District", plural_de="Stadtbezirke", plural_en="Districts", rank=1, parent_level="stadt"),
                      dict(level="stadtteil", name_de="Stadtteil", name_en="Neighbourhood", plural_de="Stadtteile", plural_en="Neighbourhoods", rank=2, parent_level="stadtbezirk")],
        "dim_area": [dict(area_version_id=f"{a['level']}-{a['code']}@2010", area_id=f"{a['level']}-{a['code']}", level=a["level"], code=a["code"], name=a["name"],
                          parent_area_id=a["parent"], valid_from="2010-01-01", valid_to=None, is_remainder=False,
                          geometry_geojson=geojson(a["polygon"]) if a["polygon"] is not None else None) for a in areas],
        "dim_indicator": indicators,
        "dim_release": [dict(release_number=release, built_at=f"2025-03-{10 + release:02d} 08:30:00", product_version="0.1.0", workspace_id="musterstadt",
                             is_not_for_publication=True, previous_release=release - 1 or None, rollback_of=None,
                             disclosure_note_de="Nur primäre Geheimhaltung: noch nicht zur Veröffentlichung bestimmt.",
                             disclosure_note_en="Primary suppression only: not yet meant for publication.")],
        "dim_delivery": [dict(delivery_id="register-000000000001", extract_id="register", file_name="register_2024.csv", sha256="0" * 64, received_at="2025-02-14 09:00:00",
                              reference_period="2024-12-31", publisher="Stadt Musterstadt", licence="Datenlizenz Deutschland Namensnennung 2.0", row_count=100),
                         dict(delivery_id="kita-000000000001", extract_id="kita", file_name="kita_2024.xlsx", sha256="1" * 64, received_at="2024-06-01 09:00:00",
                              reference_period="2024-03-01", publisher="Jugendamt Musterstadt", licence="Datenlizenz Deutschland Namensnennung 2.0", row_count=50)],
        "fct_indicator_value": values,
        "fct_indicator_summary": summary_rows(values),
        "fct_indicator_delivery": [dict(indicator_id=i["indicator_id"], period_id=str(y), delivery_id="kita-000000000001" if "u3" in i["indicator_id"] else "register-000000000001")
                                   for i in INDICATORS for y in YEARS],
        "fct_release_change": [] if release == 1 else [dict(indicator_id="sgb2_quota", n_changed=12, n_new=0, n_vanished=1)],
        "fct_series_break": [dict(break_id="b1", indicator_id="childcare_u3_participation", period_id="2022", kind="definition", reason_de="Stichtag geändert", reason_en="Reference date changed", bridged=False)],
        "fct_context_event": [dict(event_id="e1", period_id="2022", kind="migration", label_de="Schutzsuchende aus der Ukraine", label_en="Refugees from Ukraine", area_ids=None),
                              dict(event_id="e2", period_id="2023", kind="law", label_de="Bürgergeld", label_en="Citizen's benefit", area_ids=None)],
    }


def write_database(path: Path, content: dict[str, list[dict[str, Any]]]) -> str:
    """Write the tables into a new DuckDB file; returns its sha256."""
    connection = duckdb.connect(str(path))
    for name, columns in SCHEMA.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
        fields = [c.strip().split(" ")[0] for c in columns.split(",")]
        if content[name]:
            connection.register("rows", pd.DataFrame(content[name]).reindex(columns=fields))
            connection.execute(f"INSERT INTO {name} SELECT * FROM rows")
            connection.unregister("rows")
    connection.close()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def publish(home: Path, city: City | None = None, release: int = 1) -> Path:
    """Write release N of the city (both audiences) below home and point current.json at it."""
    city = city or City()
    folder = home / "releases" / f"{release:06d}"
    folder.mkdir(parents=True)
    content = tables(city, release)
    audiences = {}
    for audience in ("public", "internal"):
        file = folder / f"{audience}.duckdb"
        audiences[audience] = {"file": str(file.relative_to(home)), "sha256": write_database(file, content)}
    (folder / "manifest.json").write_text(json.dumps({"release": release, "audiences": audiences}))
    pointer = home / "current.json.tmp"
    pointer.write_text(json.dumps({"release": release, "audiences": audiences}))
    os.replace(pointer, home / "current.json")
    return home


if __name__ == "__main__":
    import sys

    publish(Path(sys.argv[1]), City(n_districts=9, n_areas=86), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
