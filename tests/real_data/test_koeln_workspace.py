"""The Köln workspace itself, without any delivered file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from orchestration.workspace import Workspace, load_workspace

KOELN = Path(__file__).resolve().parents[2] / "seeds" / "koeln"


CATALOGUE = KOELN.parents[1] / "dbt_project" / "models" / "metrics"


def declared(folder: Path) -> tuple[dict[str, bool], dict[str, set[str]]]:
    """Variables (is it derived by the product?), and the variables that each metric needs."""
    variables: dict[str, bool] = {}
    needs: dict[str, set[str]] = {}
    for file in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for model in content.get("semantic_models", []):
            for measure in model["measures"]:
                variables[measure["name"]] = "derive" in measure["config"]["meta"]
        for metric in content.get("metrics", []):
            parts = metric["type_params"]
            needs[metric["name"]] = {
                parts[key] for key in ("measure", "numerator", "denominator") if key in parts
            }
    return variables, needs


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    loaded, findings = load_workspace(KOELN)
    assert [finding.sentence() for finding in findings] == []
    return loaded


def test_city_has_9_districts_86_neighbourhoods_and_371_quarters(workspace: Workspace) -> None:
    areas = workspace.tables["areas"]
    n_areas = areas.groupby("level").size().to_dict()
    assert n_areas == {"stadt": 1, "stadtbezirk": 9, "stadtteil": 86, "stadtviertel": 371}


def test_number_of_a_neighbourhood_begins_with_its_district(workspace: Workspace) -> None:
    areas = workspace.tables["areas"]
    parts = areas[areas["level"] == "stadtteil"]
    assert (parts["code"].str[0] == parts["parent_code"]).all()
    quarters = areas[areas["level"] == "stadtviertel"]
    assert (quarters["code"].str[:3] == quarters["parent_code"]).all()


def test_every_neighbourhood_lies_on_one_bank_of_the_rhine(workspace: Workspace) -> None:
    barriers = workspace.tables["barriers"]
    bank = {(row["level"], row["code"]): row["side"] for row in barriers.to_dict("records")}
    areas = workspace.tables["areas"]
    for code in areas[areas["level"] == "stadtteil"]["code"]:
        banks = {bank[key] for key in (("stadtteil", code), ("stadtbezirk", code[0])) if key in bank}
        assert len(banks) == 1, code
    assert bank["stadtteil", "105"] == "right", "Deutz belongs to the Innenstadt and lies across the river"


def test_every_delivered_variable_is_published_by_source(workspace: Workspace) -> None:
    delivered = {cell.variable for contract in workspace.contracts.values() for cell in contract.observations}
    profiles = workspace.tables["disclosure_variables"].set_index("variable_id")["profile_id"]
    assert delivered <= set(profiles.index)
    assert set(profiles) == {"published_by_source"}


def test_overlapping_groups_are_never_categories_of_the_population(workspace: Workspace) -> None:
    cells = workspace.contracts["population_structure"].observations
    origins = [cell for cell in cells if cell.where.get("tab_id") == "030"]
    assert len(origins) == 12
    for cell in origins:
        assert cell.variable != "population" and not cell.breakdown and cell.breakdown_from is None


def test_second_age_publication_has_its_own_dimension_and_yields(workspace: Workspace) -> None:
    yearly = workspace.contracts["population_structure"]
    second = [c for name, c in workspace.contracts.items() if name.startswith("age_groups_2012_")]
    assert len(second) == 3
    for contract in second:
        dimensions = {dimension for cell in contract.observations for dimension in cell.breakdown}
        assert dimensions == {"age_edition_2012"}
        assert contract.precedence < yearly.precedence


def test_every_delivered_variable_is_declared_exactly_once(workspace: Workspace) -> None:
    standard, _ = declared(CATALOGUE)
    own, _ = declared(KOELN / "metrics")
    delivered = {cell.variable for contract in workspace.contracts.values() for cell in contract.observations}
    assert not standard.keys() & own.keys()
    assert own.keys() <= delivered <= standard.keys() | own.keys()


def test_every_expected_indicator_rests_on_delivered_or_derived_variables(workspace: Workspace) -> None:
    variables, needs = declared(CATALOGUE)
    delivered = {cell.variable for contract in workspace.contracts.values() for cell in contract.observations}
    for indicator in workspace.tables["indicators"]["indicator_id"]:
        for variable in needs[indicator]:
            assert variable in delivered or variables[variable], (indicator, variable)
