"""GeoJSON and Esri JSON, outlines, and places by point in polygon."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pydantic import ValidationError
from pyproj import Geod, Transformer
from small_delivery import cells, contract, deliver, fields, only, rules_of

from orchestration.extracts.contract import Contract
from orchestration.extracts.polygons import Polygons, map_outlines

LEFT = [[7.0, 50.0], [7.1, 50.0], [7.1, 50.1], [7.0, 50.1], [7.0, 50.0]]
RIGHT = [[7.1, 50.0], [7.2, 50.0], [7.2, 50.1], [7.1, 50.1], [7.1, 50.0]]
OUTLINES = {
    "boundaries": Polygons("stadtteil", ("101", "102"), (shapely.Polygon(LEFT), shapely.Polygon(RIGHT)))
}
BOW_TIE = [[7.0, 50.0], [7.1, 50.1], [7.1, 50.0], [7.0, 50.1], [7.0, 50.0]]


def area_contract(**changes: Any) -> Contract:
    return contract(
        group="geography",
        produces="areas",
        columns=[{"name": "NR", "type": "code"}, {"name": "NAME"}],
        file=changes.pop("file", {"pattern": "*.geojson", "format": "geojson"}),
        areas={"level": "stadtteil", "code": "NR", "name": "NAME", **changes.pop("areas", {})},
        area=None,
        period=None,
        observations=[],
        **{"checks": {"unique": ["NR"]}, **changes},
    )


def collection(*features: tuple[str, str, list[list[float]]], **more: Any) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"NR": code, "NAME": name},
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
                for code, name, ring in features
            ],
            **more,
        }
    )


def school_contract(**changes: Any) -> Contract:
    columns = [
        {"name": "ID", "type": "code"},
        {"name": "NAME"},
        {"name": "ART"},
        {"name": "NR", "type": "code"},
    ]
    columns += [{"name": "STADTTEIL"}, {"name": "geometry.x", "type": "longitude"}]
    columns += [{"name": "geometry.y", "type": "latitude"}]
    point = {"x": "geometry.x", "y": "geometry.y", "polygons": "boundaries", **changes.pop("point", {})}
    base = fields(
        group="inventory",
        produces="offers",
        columns=columns,
        file={"pattern": "*.json", "format": "esri_json"},
        period={"constant": "2014"},
        signs="none",
        observations=[],
        offers={
            "offer_id": {"column": "ID"},
            "title": {"column": "NAME"},
            "service_type": {"column": "ART", "categories": {"Grundschule": "primary_school"}},
        },
        checks={"unique": ["ID"]},
    )
    base["area"] = {
        "by": "point",
        "level": "stadtteil",
        "code_column": "NR",
        "name_column": "STADTTEIL",
        "point": point,
    }
    return Contract.model_validate(base)


def schools(*rows: tuple[int, str, str, float, float], kind: str = "Grundschule") -> str:
    return json.dumps(
        {
            "spatialReference": {"wkid": 4326},
            "features": [
                {
                    "attributes": {
                        "ID": i,
                        "NAME": f"Schule {i}",
                        "ART": kind,
                        "NR": code,
                        "STADTTEIL": name,
                    },
                    "geometry": {"x": x, "y": y},
                }
                for i, code, name, x, y in rows
            ],
        }
    )


def test_outlines_land_valid_and_clockwise_with_five_decimals(tmp_path: Path) -> None:
    text = collection(("101", "Altstadt-Süd", LEFT), ("102", "Mülheim", RIGHT))
    landed, findings = deliver(tmp_path, text, area_contract(), "a.geojson")
    assert findings == []
    assert cells(landed, "area_id", "row_number") == [("stadtteil-101", 1), ("stadtteil-102", 2)]
    for (geojson,) in cells(landed, "geometry_geojson"):
        ring = shapely.Polygon(json.loads(geojson)["coordinates"][0]).exterior
        assert not ring.is_ccw
        assert all(round(value, 5) == value for point in ring.coords for value in point)


def test_invalid_outline_is_repaired_and_reported(tmp_path: Path) -> None:
    landed, findings = deliver(
        tmp_path, collection(("101", "Altstadt-Süd", BOW_TIE)), area_contract(), "a.geojson"
    )
    assert [(f.rule, f.severity) for f in findings] == [("geometry_repaired", "info")]
    assert shapely.from_wkt(cells(landed, "geometry_wkt")[0][0]).is_valid


def test_outline_of_an_unknown_area_is_an_error(tmp_path: Path) -> None:
    _, findings = deliver(tmp_path, collection(("999", "Nirgends", LEFT)), area_contract(), "a.geojson")
    assert "unknown_area" in rules_of(findings)


def test_metres_where_degrees_are_declared_are_refused(tmp_path: Path) -> None:
    ring = [[x * 50000, y * 100000] for x, y in LEFT]
    _, findings = deliver(tmp_path, collection(("101", "Altstadt-Süd", ring)), area_contract(), "a.geojson")
    assert rules_of(findings) == ["geometry"]


def test_other_coordinate_system_in_the_file_is_an_error(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    text = collection(("101", "Altstadt-Süd", LEFT), crs=crs)
    assert rules_of(deliver(tmp_path, text, area_contract(), "a.geojson")[1]) == ["crs"]


def test_simplified_neighbours_keep_one_common_border() -> None:
    heights = np.linspace(50.0, 50.1, 400)
    border = [(7.1 + 0.0002 * np.sin(n), y) for n, y in enumerate(heights)]
    left = shapely.Polygon([(7.0, 50.0), *border, (7.0, 50.1)])
    right = shapely.Polygon([(7.2, 50.0), *border, (7.2, 50.1)])
    shapes = [
        shapely.Polygon(json.loads(t)["coordinates"][0])
        for t in map_outlines([left, right], 50, "EPSG:25832")
    ]
    assert len(shapes[0].exterior.coords) < 100
    assert shapes[0].intersection(shapes[1]).area < 1e-12
    assert abs(shapes[0].union(shapes[1]).area - left.union(right).area) < 1e-5


def test_row_is_placed_by_its_point(tmp_path: Path) -> None:
    landed, findings = deliver(
        tmp_path, schools((1, "101", "Altstadt-Süd", 7.05, 50.05)), school_contract(), "s.json", OUTLINES
    )
    assert findings == []
    names = ("offer_id", "title", "service_type", "area_id", "period_id", "x", "y")
    assert cells(landed, *names) == [
        ("1", "Schule 1", "primary_school", "stadtteil-101", "2014", "7.0500000", "50.0500000")
    ]


def test_row_that_contradicts_itself_gives_one_finding(tmp_path: Path) -> None:
    text = schools((1, "101", "Altstadt-Süd", 7.05, 50.05), (122, "102", "Altstadt-Süd", 7.05, 50.05))
    landed, findings = deliver(tmp_path, text, school_contract(), "s.json", OUTLINES)
    finding = only(findings, "area_conflict")
    assert (finding.severity, finding.line) == ("warning", 2)
    assert "'122'" in finding.message
    assert "101 (Altstadt-Süd)" in finding.message
    assert "102 Mülheim" in finding.message
    assert len(cells(landed, "offer_id")) == 2


def test_point_on_a_border_always_lies_in_the_same_area() -> None:
    outlines = OUTLINES["boundaries"]
    reversed_order = Polygons("stadtteil", outlines.codes[::-1], outlines.shapes[::-1])
    x, y = np.array([7.1]), np.array([50.05])
    assert outlines.containing(x, y) == reversed_order.containing(x, y) == ["101"]


def test_offer_lands_metres_in_the_projected_system(tmp_path: Path) -> None:
    text = schools((1, "101", "Altstadt-Süd", 7.05, 50.05), (2, "101", "Altstadt-Süd", 7.09, 50.02))
    landed, _ = deliver(tmp_path, text, school_contract(), "s.json", OUTLINES)
    (one, other) = [(float(x), float(y)) for x, y in cells(landed, "x_m", "y_m")]
    on_the_ellipsoid = Geod(ellps="GRS80").inv(7.05, 50.05, 7.09, 50.02)[2]
    assert math.dist(one, other) == pytest.approx(on_the_ellipsoid, rel=1e-3)
    assert one[0] < 500_000 < 6_000_000 > one[1] > 5_000_000, "easting and northing of UTM zone 32"


def test_outline_lands_a_point_inside_and_the_diameter_of_the_circle_of_equal_area(tmp_path: Path) -> None:
    horseshoe = [[7.0, 50.0], [7.1, 50.0], [7.1, 50.1], [7.09, 50.1], [7.09, 50.01], [7.01, 50.01]]
    horseshoe += [[7.01, 50.1], [7.0, 50.1], [7.0, 50.0]]
    text = collection(("101", "Altstadt-Süd", horseshoe))
    landed, findings = deliver(tmp_path, text, area_contract(), "a.geojson")
    assert findings == []
    ((x, y, diameter),) = [tuple(map(float, row)) for row in cells(landed, "x_m", "y_m", "diameter_m")]
    place = Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True).transform(x, y)
    outline = shapely.Polygon(horseshoe)
    assert outline.contains(shapely.Point(place))
    assert not outline.contains(outline.centroid), "the centroid would lie outside"
    area = abs(Geod(ellps="GRS80").geometry_area_perimeter(outline)[0])
    assert diameter == pytest.approx(2 * math.sqrt(area / math.pi), rel=1e-3)


# Degrees: 0.7 metres are a drawing error within one file, 21 are a street.
@pytest.mark.parametrize(("gap", "is_neighbour"), [(0.0, True), (1e-5, True), (3e-4, False)])
def test_areas_that_touch_are_neighbours_of_each_other(
    gap: float, is_neighbour: bool, tmp_path: Path
) -> None:
    def box(west: float, east: float) -> list[list[float]]:
        return [[west, 50.0], [east, 50.0], [east, 50.1], [west, 50.1], [west, 50.0]]

    text = collection(("101", "Altstadt-Süd", box(7.0, 7.1)), ("102", "Mülheim", box(7.1 + gap, 7.2)))
    landed, _ = deliver(tmp_path, text, area_contract(), "a.geojson")
    beside = ("stadtteil-102", "stadtteil-101") if is_neighbour else ("", "")
    assert cells(landed, "neighbour_ids") == [(other,) for other in beside]


def point_contract(**changes: Any) -> Contract:
    """Points with an id and an optional name, as OpenStreetMap gives them."""
    base = fields(
        group="inventory",
        produces="offers",
        columns=[{"name": "feature.id", "type": "code"}, {"name": "name"}],
        file={"pattern": "*.geojson", "format": "geojson"},
        period={"constant": "2014"},
        signs="none",
        observations=[],
        offers={
            "offer_id": {"column": "feature.id"},
            "title": {"column": "name", "if_empty": "Schule ohne Namen"},
            "service_type": {"constant": "primary_school"},
        },
        checks={"unique": ["feature.id"]},
        **changes,
    )
    base["area"] = {
        "by": "point",
        "level": "stadtteil",
        "point": {"x": "geometry.x", "y": "geometry.y", "polygons": "boundaries"},
    }
    return Contract.model_validate(base)


def test_id_of_a_feature_is_a_column_and_an_empty_name_is_said(tmp_path: Path) -> None:
    nodes = [("34969200", "Lottenschule"), (17, " ")]
    features = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": [7.05, 50.05]},
        }
        for number, name in nodes
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    landed, findings = deliver(tmp_path, text, point_contract(), "p.geojson", OUTLINES)
    assert findings == []
    assert cells(landed, "offer_id", "title") == [("34969200", "Lottenschule"), ("17", "Schule ohne Namen")]


@pytest.mark.parametrize(
    "inventory",
    [{"complete": False}, {"complete": False, "reason_de": "nur ein Teil"}, {"reason_de": "nur ein Teil"}],
)
def test_incomplete_list_must_say_why_in_both_languages(inventory: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="reason_de and reason_en"):
        point_contract(inventory=inventory)


def test_only_a_list_of_offers_can_be_incomplete() -> None:
    reasons = {"complete": False, "reason_de": "nur ein Teil", "reason_en": "a part only"}
    assert not point_contract(inventory=reasons).inventory.complete
    with pytest.raises(ValidationError, match="only a list of offers"):
        contract(inventory=reasons)


@pytest.mark.parametrize(("outside", "severity"), [("refuse", "error"), ("ignore", "info")])
def test_point_outside_the_city_is_refused_or_counted(tmp_path: Path, outside: str, severity: str) -> None:
    rules = school_contract(point={"outside": outside})
    landed, findings = deliver(tmp_path, schools((1, "", "", 8.0, 50.05)), rules, "s.json", OUTLINES)
    assert [f.severity for f in findings] == [severity]
    assert cells(landed, "offer_id") == []


def test_missing_outlines_are_an_error(tmp_path: Path) -> None:
    _, findings = deliver(tmp_path, schools((1, "", "", 7.05, 50.05)), school_contract(), "s.json")
    assert rules_of(findings) == ["polygons_missing"]


def test_unknown_category_of_an_offer_names_the_nearest(tmp_path: Path) -> None:
    text = schools((1, "101", "Altstadt-Süd", 7.05, 50.05), kind="Grundschulen")
    _, findings = deliver(tmp_path, text, school_contract(), "s.json", OUTLINES)
    assert "'Grundschule'" in only(findings, "unknown_category").expected


def test_offer_delivered_twice_names_both_rows(tmp_path: Path) -> None:
    row = (1, "101", "Altstadt-Süd", 7.05, 50.05)
    _, findings = deliver(tmp_path, schools(row, row), school_contract(), "s.json", OUTLINES)
    assert "1 and 2" in only(findings, "duplicate_key").message


@pytest.mark.parametrize(
    "text", ['{"features": [{"attributes": {"ID": 1', '{"features": {}}', "[]", '{"features": [NaN]}']
)
def test_damaged_json_is_an_error_and_no_traceback(tmp_path: Path, text: str) -> None:
    landed, findings = deliver(tmp_path, text, school_contract(), "s.json", OUTLINES)
    assert landed is None
    assert len(rules_of(findings)) == 1


def test_deeply_nested_json_is_refused(tmp_path: Path) -> None:
    _, findings = deliver(tmp_path, '{"features":' + "[" * 100_000, school_contract(), "s.json", OUTLINES)
    assert rules_of(findings) == ["json_syntax"]


def test_esri_rings_become_polygons_with_holes(tmp_path: Path) -> None:
    hole = [[7.02, 50.02], [7.04, 50.02], [7.04, 50.04], [7.02, 50.04], [7.02, 50.02]]
    feature = {"attributes": {"NR": "101", "NAME": "Altstadt-Süd"}, "geometry": {"rings": [LEFT[::-1], hole]}}
    rules = area_contract(file={"pattern": "*.json", "format": "esri_json"})
    landed, findings = deliver(tmp_path, json.dumps({"features": [feature]}), rules, "a.json")
    assert findings == []
    assert shapely.from_wkt(cells(landed, "geometry_wkt")[0][0]).area == pytest.approx(0.01 - 0.0004)
