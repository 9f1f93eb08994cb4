"""Mistakes in a contract: a finding with file and field, never an exception and never silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError
from small_delivery import contract, fields
from test_ingest import City

from orchestration.extracts.ingest import check

PATTERN = {"match": "([0-9]+)", "level": "stadtteil"}
CELLS = {"column": "Anzahl", "variable": "population"}
SEX = {"column": "Stadtteil", "dimension": "sex", "categories": {"weiblich": "f"}}
MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "unknown encoding": ({"file": {"encoding": "utf-9"}}, "file.encoding"),
    "codec of bytes": ({"file": {"encoding": "base64"}}, "file.encoding"),
    "codec of names": ({"file": {"encoding": "idna"}}, "file.encoding"),
    "glob set": ({"file": {"pattern": "a[z-a].csv"}}, "file.pattern"),
    "delimiter as quote": ({"file": {"delimiter": '"'}}, "file.delimiter"),
    "line break as delimiter": ({"file": {"delimiter": "\n"}}, "file.delimiter"),
    "area regex": ({"area": {"patterns": [{**PATTERN, "match": "(["}]}}, "area.patterns.0"),
    "group reference": ({"area": {"patterns": [{**PATTERN, "code": r"\2"}]}}, "area.patterns.0"),
    "group name": ({"area": {"patterns": [{**PATTERN, "code": r"\g<nr>"}]}}, "area.patterns.0"),
    "bad escape": ({"area": {"patterns": [{**PATTERN, "code": "\\q"}]}}, "area.patterns.0"),
    "name regex": ({"period": {"file_name": "_("}}, "file_name"),
    "name without group": ({"period": {"file_name": r"_\d{4}"}}, "file_name"),
    "name with two groups": ({"period": {"file_name": r"_(\d{4})(_x)?"}}, "file_name"),
    "first period": ({"period": {"column": "Jahr", "first": "früher"}}, "first"),
    "due period": ({"due": {"days_after_period": 1, "last_period": "2024-13"}}, "due.last_period"),
    "bar in category": (
        {"observations": [{**CELLS, "breakdown": {"sex": "f|m"}}]},
        "observations.0.breakdown",
    ),
    "equals in category": (
        {"observations": [{**CELLS, "breakdown": {"sex": "f=m"}}]},
        "observations.0.breakdown",
    ),
    "empty category": ({"observations": [{**CELLS, "breakdown": {"sex": ""}}]}, "observations.0.breakdown"),
    "dimension": ({"observations": [{**CELLS, "breakdown": {"Alter=x": "f"}}]}, "observations.0.breakdown"),
    "category from column": (
        {"observations": [{**CELLS, "breakdown_from": {**SEX, "categories": {"w": "f|m"}}}]},
        "observations.0.breakdown_from",
    ),
    "dimension from column": (
        {"observations": [{**CELLS, "breakdown_from": {**SEX, "dimension": "Geschlecht"}}]},
        "observations.0.breakdown_from",
    ),
    "area sum": (
        {"checks": {"sum_of_areas": [{"whole": "stadt", "parts": "stadtteil", "variable": "births"}]}},
        "checks.sum_of_areas.0.variable",
    ),
    "area sum of itself": (
        {"checks": {"sum_of_areas": [{"whole": "stadt", "parts": "stadt"}]}},
        "sum_of_areas.0",
    ),
    "category sum": (
        {"checks": {"sum_of_categories": [{"variable": "births", "dimension": "sex"}]}},
        "checks.sum_of_categories.0.variable",
    ),
    "dimension sum": (
        {"checks": {"sum_of_categories": [{"variable": "population", "dimension": "sex"}]}},
        "checks.sum_of_categories.0.dimension",
    ),
    "part": (
        {"checks": {"not_more_than": [{"part": "births", "whole": "population"}]}},
        "checks.not_more_than.0.part",
    ),
    "whole": (
        {"checks": {"not_more_than": [{"part": "population", "whole": "births"}]}},
        "checks.not_more_than.0.whole",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistake_in_a_contract_is_a_finding_with_file_and_field(tmp_path: Path, case: str) -> None:
    changes, field = MISTAKES[case]
    city = City(tmp_path)
    content = fields(**changes)
    content.pop("extract_id")
    (city.settings.workspace / "extracts" / "residents.yml").write_text(yaml.safe_dump(content))
    found = [finding for finding in check(city.settings) if finding.rule == "contract_invalid"]
    assert [finding.file for finding in found] == ["extracts/residents.yml"]
    assert field in found[0].message


def test_contracts_without_these_mistakes_stay_valid() -> None:
    made = contract(
        file={"encoding": "latin-1", "delimiter": "\t", "quote": ""},
        area={"patterns": [{**PATTERN, "code": r"\1"}, {"match": "x", "level": "stadt", "code": "0"}]},
        period={"file_name": r"_(\d{4})(?:_\w+)?\.csv$", "first": "2000-01", "last": "2023/24"},
        observations=[
            CELLS,
            {**CELLS, "breakdown": {"age_edition_2012": "80+"}},
            {**CELLS, "breakdown_from": SEX},
        ],
        checks={
            "sum_of_categories": [
                {"variable": "population", "dimension": "sex"},
                {"variable": "population", "dimension": "age_edition_2012"},
            ],
            "sum_of_areas": [{"whole": "stadt", "parts": "stadtteil"}],
        },
    )
    assert made.file.encoding == "latin-1"


def test_sum_check_without_observations_is_a_mistake() -> None:
    areas = {"level": "stadtteil", "code": "Nr", "name": "Stadtteil"}
    checks = {"sum_of_areas": [{"whole": "stadt", "parts": "stadtteil"}]}
    with pytest.raises(ValidationError, match="sum_of_areas"):
        contract(produces="areas", observations=[], areas=areas, area=None, period=None, checks=checks)
