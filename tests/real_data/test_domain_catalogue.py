"""The catalogue is the one the domain's experts wrote down: same ids, same meaning."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.real_data

METRICS = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "metrics"
SAME = {
    "handlungsfeld": "living_condition",
    "subfield": "subfield",
    "kind": "kind",
    "stat_type": "statistic",
    "unit": "unit",
    "multiplier": "multiplier",
    "polarity": "polarity",
    "age_group": "age_group",
    "life_phase": "life_phase",
    "target_group": "target_group",
    "sdc_profile": "disclosure_profile",
    "ci_method": "ci_method",
}
# A proxy denominator gives values above 100 %: the list itself says "CI none" in its note.
OTHERWISE = {("mobility_discount_pass_share", "ci_method"): "none"}
# Notes that are no caveat: a search word and a rule for software.
NO_CAVEAT = {"headline target indicator"}


@pytest.fixture(scope="module")
def listed(shared_data: Path) -> dict[str, dict[str, str]]:
    file = shared_data.parent / "domain" / "indicators.csv"
    if not file.is_file():
        pytest.skip(f"{file.name} is not there")
    with file.open(encoding="utf-8", newline="") as handle:
        return {row["indicator_id"]: row for row in csv.DictReader(handle)}


@pytest.fixture(scope="module")
def defined() -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted(METRICS.glob("*.yml")):
        for metric in yaml.safe_load(path.read_text(encoding="utf-8"))["metrics"]:
            found[metric["name"]] = metric["config"]["meta"]
    return found


def test_every_listed_indicator_is_defined_and_no_other(
    listed: dict[str, dict[str, str]], defined: dict[str, dict[str, Any]]
) -> None:
    assert set(defined) == set(listed)


@pytest.mark.parametrize("column", SAME)
def test_indicator_means_what_the_list_says(
    column: str, listed: dict[str, dict[str, str]], defined: dict[str, dict[str, Any]]
) -> None:
    wrong = {
        name: (row[column], defined[name][SAME[column]])
        for name, row in listed.items()
        if str(defined[name][SAME[column]]) != OTHERWISE.get((name, column), row[column])
    }
    assert wrong == {}


def test_minimum_denominator_is_that_of_the_list(
    listed: dict[str, dict[str, str]], defined: dict[str, dict[str, Any]]
) -> None:
    wrong = [
        n for n, row in listed.items() if defined[n]["min_denominator"] != int(row["min_denominator"] or 1)
    ]
    assert wrong == []


def test_every_note_of_the_list_became_a_caveat(
    listed: dict[str, dict[str, str]], defined: dict[str, dict[str, Any]]
) -> None:
    noted = [
        name
        for name, row in listed.items()
        if row["series_break_notes"] and not any(words in row["series_break_notes"] for words in NO_CAVEAT)
    ]
    assert len(noted) > 30
    assert [name for name in noted if "caveats_de" not in defined[name]] == []
