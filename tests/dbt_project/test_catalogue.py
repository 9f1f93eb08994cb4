"""The catalogue of indicators: each entry is complete and does not contradict itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

METRICS = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "metrics"
FILES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(METRICS.glob("*.yml"))
}
INDICATORS = {metric["name"]: metric for content in FILES.values() for metric in content["metrics"]}
VARIABLES = {
    measure["name"]: measure["config"]["meta"]
    for content in FILES.values()
    for model in content["semantic_models"]
    for measure in model["measures"]
}
REASONS = {
    "full_count", "modelled", "not_a_count", "no_variance_delivered", "proxy_denominator",
    "denominator_not_delivered",
}  # fmt: skip
LIFE_PHASES = {"childhood_youth", "young_adult", "middle_adult", "senior", "all"}
PER = {"percent": 100, "per_100": 100, "per_1000": 1000, "per_10000": 10_000, "per_100000": 100_000}
DERIVE_KEYS = {
    "bands": {"from", "dimension", "first", "last"},
    "mid_year": {"kind", "from"},
    "window": {"kind", "from", "years"},
    "window_mid_year": {"kind", "from", "years"},
}


def meta_of(name: str) -> dict[str, Any]:
    meta: dict[str, Any] = INDICATORS[name]["config"]["meta"]
    return meta


def parts_of(name: str) -> list[str]:
    """Numerator and denominator, or the one variable of a simple metric."""
    params = INDICATORS[name]["type_params"]
    return [params[key] for key in ("numerator", "denominator", "measure") if key in params]


def derive_of(variable: str) -> dict[str, Any]:
    derive: dict[str, Any] = VARIABLES[variable].get("derive", {})
    return derive


def kind_of(variable: str) -> str | None:
    derive = derive_of(variable)
    return str(derive.get("kind", "bands")) if derive else None


def test_catalogue_has_82_indicators_in_nine_fields() -> None:
    assert len(INDICATORS) == 82
    assert Counter(meta_of(name)["polarity"] for name in INDICATORS) == {
        "higher_worse": 30, "higher_better": 27, "neutral": 25,
    }  # fmt: skip
    assert len(FILES) == 9


@pytest.mark.parametrize("name", INDICATORS)
def test_entry_is_complete_and_consistent(name: str) -> None:
    meta = meta_of(name)
    assert [part for part in parts_of(name) if part not in VARIABLES] == []
    assert meta["life_phase"] in LIFE_PHASES
    assert meta["multiplier"] == PER.get(meta["unit"], 1)
    assert (meta["ci_method"] == "none") == ("no_interval_reason" in meta)
    assert meta.get("no_interval_reason", "full_count") in REASONS
    for key in ("synonyms_de", "synonyms_en"):
        assert meta[key] and all(word == word.strip() and len(word) > 1 for word in meta[key]), key
        assert len(set(meta[key])) == len(meta[key]), key
    has_effect = meta["design_effect"] != 1
    assert [has_effect] * 2 == [f"design_effect_source_{one}" in meta for one in ("de", "en")]


@pytest.mark.parametrize("name", [name for name in INDICATORS if meta_of(name)["unit"] in PER])
def test_definition_says_the_unit_of_the_value(name: str) -> None:
    german = {100: "In Prozent.", 1000: "Je 1.000.", 10_000: "Je 10.000.", 100_000: "Je 100.000."}
    if meta_of(name)["unit"] != "per_100":
        assert INDICATORS[name]["description"].endswith(german[meta_of(name)["multiplier"]])


def test_composition_of_the_population_is_not_judged() -> None:
    composition = [name for name in INDICATORS if meta_of(name)["living_condition"] == "demography"]
    assert len(composition) == 14
    assert {meta_of(name)["polarity"] for name in composition} == {"neutral"}
    migration = [name for name in INDICATORS if meta_of(name)["target_group"] == "migration"]
    described = [name for name in migration if meta_of(name)["kind"] == "context"]
    assert {meta_of(name)["polarity"] for name in described} == {"neutral"}


def test_no_small_area_indicator_is_called_an_unemployment_rate() -> None:
    """There is no labour force below the city: the share is of the residents and says so."""
    for name, metric in INDICATORS.items():
        words = [metric["label"], metric["description"], *meta_of(name)["synonyms_de"]]
        assert not any("arbeitslosenquote" in word.lower() for word in words), name


@pytest.mark.parametrize("name", INDICATORS)
def test_breakdowns_are_those_by_which_the_value_makes_sense(name: str) -> None:
    meta, parts = meta_of(name), parts_of(name)
    breakdowns = meta["breakdowns"]
    assert set(breakdowns) <= {"age", "sex"} and len(set(breakdowns)) == len(breakdowns)
    if any(meta_of(name)["unit"] == unit for unit in ("sqm_per_person", "sqm_per_child", "ug_m3")):
        assert breakdowns == [], "what is not counted by persons has no age and no sex"
    ranges = [part for part in parts if kind_of(part) == "bands"]
    if parts[0] in ranges:  # an age range of its own denominator is one band or nothing
        assert "age" not in breakdowns
    counted = {VARIABLES[part]["unit"] for part in parts}
    if breakdowns and "respondents" not in counted:
        assert counted & {"persons", "cases", "moves"}, "only persons and their cases have age and sex"
    if "sex" in breakdowns:
        assert meta["target_group"] != "women"


@pytest.mark.parametrize("variable", [variable for variable in VARIABLES if derive_of(variable)])
def test_derived_variable_names_what_it_is_computed_from(variable: str) -> None:
    derive, kind = derive_of(variable), str(kind_of(variable))
    assert set(derive) <= DERIVE_KEYS[kind] and derive["from"] in VARIABLES
    source = VARIABLES[derive["from"]]
    assert VARIABLES[variable]["disclosure_profile"] == source["disclosure_profile"]
    assert source["is_additive"] is VARIABLES[variable]["is_additive"] is True
    if kind == "bands":
        assert derive["dimension"] == "age" and derive["first"] <= derive.get("last", 150)
        assert kind_of(derive["from"]) is None
    else:  # at most one step further: an age range, itself added up from bands
        assert kind_of(derive["from"]) in (None, "bands")
        assert derive.get("years", 2) >= 2


def test_window_of_an_indicator_is_that_of_its_parts() -> None:
    windows = {name for name in INDICATORS if "window_years" in meta_of(name)}
    assert windows == {"premature_mortality_rate", "child_road_casualties_rate"}
    for name in INDICATORS:
        years = {derive_of(part).get("years", 1) for part in parts_of(name)}
        assert years == {meta_of(name).get("window_years", 1)}, name


def test_rate_of_events_in_a_year_is_relative_to_the_mid_year_population() -> None:
    for name in ("residential_turnover_rate", "family_net_migration_rate", "naturalisation_rate"):
        assert kind_of(parts_of(name)[1]) == "mid_year", name
    for name in ("premature_mortality_rate", "child_road_casualties_rate"):
        assert [kind_of(part) for part in parts_of(name)] == ["window", "window_mid_year"], name


def test_survey_counts_effective_respondents_and_is_never_added_up() -> None:
    surveys = [name for name in INDICATORS if meta_of(name)["disclosure_profile"] == "survey_n30"]
    assert len(surveys) == 7
    for name in surveys:
        for part in parts_of(name):
            assert VARIABLES[part]["unit"] == "respondents" and VARIABLES[part]["is_additive"] is False
        assert meta_of(name)["ci_method"] == "wilson" and meta_of(name)["min_denominator"] == 30


def test_persons_of_benefit_units_carry_a_design_effect() -> None:
    grouped = {name for name in INDICATORS if meta_of(name)["design_effect"] > 1}
    assert {"sgb2_quota", "child_poverty_sgb2_under_15", "sgb2_15_64_quota"} <= grouped
    for name in grouped:
        assert parts_of(name)[0].startswith(("sgb2_", "under_15_in_benefit_units", "transfer_recipients"))
        assert "Annahme" in meta_of(name)["design_effect_source_de"]


def test_share_with_a_proxy_denominator_has_no_interval() -> None:
    assert meta_of("mobility_discount_pass_share")["no_interval_reason"] == "proxy_denominator"


def test_life_phases_follow_each_other_and_have_their_breakdown() -> None:
    file = METRICS.parents[1] / "seeds" / "life_phases.csv"
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    assert {row[0] for row in rows} | {"all"} == LIFE_PHASES
    following = 0
    for _, first, last, breakdown, *_ in rows:
        assert int(first) == following and breakdown == (f"age={first}-{last}" if last else f"age={first}+")
        following = int(last or 0) + 1
    assert rows[-1][2] == ""
