"""The house rules that can be read off the code: who knows whom, names, and what each entry must say."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_line import City

PROJECT = Path(__file__).resolve().parent.parent
MODELS = PROJECT / "dbt_project" / "models"
CITIES = re.compile(r"köln|koeln|cologne|flensburg|musterstadt|\bberlin\b", re.IGNORECASE)
# Where a city may be named, and why.
MAY_NAME_A_CITY = {
    "orchestration/demo": "writes a fictional city, which has a name, offices and a model",
    "orchestration/jobs.py": "Europe/Berlin is the name of a time zone",
}
# Tables that the workspace keeps in their final shape: nothing lies between landing and mart.
MARTS_ON_STAGING = {
    "dim_index": "an edition of an index as the workspace says it, with what came of it",
    "dim_level": "a table of the workspace as it is",
    "dim_workspace": "a table of the workspace as it is",
    "dim_delivery": "the ledger as it is, with what its contract says",
    "fct_series_break": "a table of the workspace as it is",
    "fct_context_event": "a table of the workspace as it is",
    "fct_area_crosswalk": "two tables of the workspace as they are",
    "dim_special_population": "a table of the workspace as it is",
    "dim_indicator": "licence and publisher come from the contracts",
    "fct_indicator_summary": "which area is the city is said by the workspace",
    "dim_office": "a table of the register as it is",
    "dim_body": "a table of the register as it is",
    "dim_paper": "a table of the register as it is",
    "dim_framework": "a table of the register as it is",
    "dim_standard": "a table of the register as it is",
    "fct_challenge_rating": "a table of the register as it is",
    "dim_decision": "a table of the register with names",
    "dim_meeting": "a table of the register with names",
    "fct_paper_step": "a table of the register with names",
    "fct_membership": "a table of the register as it is",
    "fct_seat_allocation": "two tables of the register and the seats that follow from them",
    "dim_sector_plan": "a table of the register with names",
    "fct_participation": "a table of the register as it is",
    "fct_steering_report": "a table of the register as it is",
    "fct_commentary": "a table of the register beside the figure it speaks of",
    "fct_office_goal": "tables of the register, counted by office and goal",
    "dim_challenge": "a table of the register with its state and ratings",
    "dim_goal": "a table of the register with its state and place in the tree",
    "dim_strategy": "a table of the register with its state",
    "dim_need": "who accepts a need is said by the register",
    "dim_intervention": "a table of the register with its state and sums",
    "fct_milestone": "a table of the register with its state",
    "fct_resource": "a table of the register with its state",
    "fct_logic_node": "a table of the register with its state",
    "fct_intervention_delivery": "a table of the register with its sums and state",
    "fct_logic_edge": "a table of the register with its state",
    "fct_followup": "a table of the register with its state",
    "dim_evaluation": "a table of the register with its state",
    "dim_finding": "two tables of the register with the figure they are about",
}
STATISTICS = {"proportion", "rate", "ratio", "count", "mean", "median", "published"}
LIVING_CONDITIONS = {
    "demography",
    "health",
    "education",
    "employment",
    "income",
    "housing",
    "environment",
    "mobility",
    "inclusion",
}
POLARITIES = {"neutral", "higher_better", "higher_worse"}
REQUIRED_META = {
    *("name_en", "definition_en", "living_condition", "statistic", "unit", "multiplier", "decimals"),
    *("polarity", "ci_method", "design_effect", "min_denominator", "disclosure_profile", "source"),
    *("breakdowns", "life_phase", "age_group", "target_group", "synonyms_de", "synonyms_en"),
}
PYTHON_LINES = 250  # modules are split above this many lines, blank ones not counted
# Longer than a module should be, and why; None may grow.
LONGER: dict[str, int] = {}
STANDARD_LIBRARY_READERS_OF_ENVIRONMENT = {"environ", "getenv"}
# Who else may look at the environment, and why.
MAY_READ_ENVIRONMENT = {
    "orchestration/settings.py": "the one module that does",
    "orchestration/cli.py": "hands its own environment on to the server it becomes",
    "orchestration/transform.py": "dbt takes the folder of the workspace's metrics only from the environment",
}


def python_files(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((PROJECT / room).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@pytest.fixture(scope="session")
def manifest(small_city: City) -> dict[str, Any]:
    """dbt's manifest of the project, as the build of the small city left it."""
    file = small_city.home / "work" / "dbt_target" / "manifest.json"
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def models_of(manifest: dict[str, Any], room: str) -> list[dict[str, Any]]:
    found = [n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["fqn"][1] == room]
    assert found
    return found


def parents(node: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind, name) of everything a model reads: source, seed or model."""
    return [(parent.split(".")[0], parent.split(".")[-1]) for parent in node["depends_on"]["nodes"]]


# Who may know whom.


def test_rooms_import_only_what_they_may() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"[1-9]\d* kept, 0 broken", done.stdout), done.stdout


def test_staging_reads_sources_only(manifest: dict[str, Any]) -> None:
    wrong = {
        n["name"]: parents(n)
        for n in models_of(manifest, "staging")
        if {k for k, _ in parents(n)} != {"source"}
    }
    assert wrong == {}


def test_intermediate_reads_staging_intermediate_and_seeds(manifest: dict[str, Any]) -> None:
    wrong = [
        (node["name"], kind, name)
        for node in models_of(manifest, "intermediate")
        for kind, name in parents(node)
        if kind != "seed" and not (kind == "model" and name.startswith(("stg_", "int_")))
    ]
    assert wrong == []


def test_marts_read_no_sources_and_staging_only_by_exception(manifest: dict[str, Any]) -> None:
    wrong = [
        (node["name"], kind, name)
        for node in models_of(manifest, "marts")
        for kind, name in parents(node)
        if kind == "source" or (name.startswith("stg_") and node["name"] not in MARTS_ON_STAGING)
    ]
    assert wrong == []
    used = {
        n["name"] for n in models_of(manifest, "marts") if any(p.startswith("stg_") for _, p in parents(n))
    }
    assert set(MARTS_ON_STAGING) - used == set(), "an exception that nobody needs any more"


def test_marts_read_other_areas_only_through_dimensions(manifest: dict[str, Any]) -> None:
    area = {node["name"]: node["fqn"][2] for node in models_of(manifest, "marts")}
    sideways = [
        (node["name"], name)
        for node in models_of(manifest, "marts")
        for _, name in parents(node)
        if name in area and area[name] != area[node["name"]] and not name.startswith("dim_")
    ]
    assert sideways == []


def test_context_events_are_shown_and_block_nothing(manifest: dict[str, Any]) -> None:
    """A break changes what is counted, an event only the world: no trend, target or forecast may know it."""
    readers = {
        node["name"]
        for node in manifest["nodes"].values()
        if any("context_event" in name for name in node.get("depends_on", {}).get("nodes", ()))
        and node["resource_type"] == "model"
    }
    assert readers == {"stg_workspace__context_events", "fct_context_event"}


def test_only_settings_reads_the_environment() -> None:
    found = set()
    for path in python_files("orchestration"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in STANDARD_LIBRARY_READERS_OF_ENVIRONMENT:
                found.add(relative(path))
    assert found == set(MAY_READ_ENVIRONMENT)


def test_no_product_file_names_a_city() -> None:
    suffixes = {".py", ".sql", ".yml", ".csv", ".md", ".po", ".js", ".css", ".toml", ".html"}
    named = {
        relative(path)
        for room in ("orchestration", "dashboards", "dbt_project")
        for path in (PROJECT / room).rglob("*")
        if path.suffix in suffixes
        and "__pycache__" not in path.parts
        and CITIES.search(path.read_text(encoding="utf-8"))
    }
    unexplained = [name for name in sorted(named) if not name.startswith(tuple(MAY_NAME_A_CITY))]
    assert unexplained == []
    unused = [place for place in MAY_NAME_A_CITY if not any(name.startswith(place) for name in named)]
    assert unused == [], "an exception that nobody needs any more"


# Names and documentation.


@pytest.mark.parametrize(
    ("room", "pattern"),
    [
        ("staging", r"stg_[a-z]+__[a-z_]+"),
        ("intermediate", r"int_[a-z]+__[a-z_]+"),
        ("marts", r"(dim|fct)_[a-z_]+"),
    ],
)
def test_models_are_named_by_their_room(room: str, pattern: str, manifest: dict[str, Any]) -> None:
    assert [n["name"] for n in models_of(manifest, room) if not re.fullmatch(pattern, n["name"])] == []


def test_published_models_are_documented_and_their_types_enforced(manifest: dict[str, Any]) -> None:
    for node in models_of(manifest, "marts"):
        assert node["schema"] == "main", node["name"]
        assert node["config"]["contract"]["enforced"], node["name"]
        assert node["description"].startswith("One row"), node["name"]
        silent = [c["name"] for c in node["columns"].values() if not c["description"] or not c["data_type"]]
        assert silent == [], node["name"]


def test_nothing_but_marts_is_published(manifest: dict[str, Any]) -> None:
    published = [
        n for n in manifest["nodes"].values() if n.get("schema") == "main" and n["resource_type"] != "test"
    ]
    assert {node["fqn"][1] for node in published} == {"marts"}


def test_yaml_lies_beside_its_sql(manifest: dict[str, Any]) -> None:
    for node in models_of(manifest, "marts"):
        file = PROJECT / "dbt_project" / node["original_file_path"]
        assert file.with_suffix(".yml").is_file(), node["name"]


def has_primary_key(node: dict[str, Any]) -> bool:
    constraints = [
        *node["constraints"],
        *(c for column in node["columns"].values() for c in column["constraints"]),
    ]
    return any(constraint["type"] == "primary_key" for constraint in constraints)


def test_every_mart_has_a_tested_key(manifest: dict[str, Any]) -> None:
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test" and n.get("test_metadata")]
    keys = [test for test in tests if test["test_metadata"]["name"].startswith("unique")]
    tested = {parent for test in keys for parent in test["depends_on"]["nodes"]}
    tested |= {node["unique_id"] for node in models_of(manifest, "marts") if has_primary_key(node)}
    # Publishing fills both; their rows do not exist yet when dbt tests.
    later = {"dim_release", "fct_release_change"}
    keyless = {n["name"] for n in models_of(manifest, "marts") if n["unique_id"] not in tested}
    assert keyless - later == set()


def test_modules_say_what_lives_there_and_stay_short() -> None:
    for path in python_files("orchestration", "dashboards"):
        text = path.read_text(encoding="utf-8")
        if not text.strip():
            continue
        assert ast.get_docstring(ast.parse(text)), f"{relative(path)} has no docstring"
        n_lines = sum(1 for line in text.splitlines() if line.strip())
        assert n_lines <= LONGER.get(relative(path), PYTHON_LINES), relative(path)


# Metrics.


def entries(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file, entry) of all metrics, or of all measures, as written."""
    for path in sorted((MODELS / "metrics").glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        listed = content.get("metrics") or []
        if kind == "measures":
            listed = [measure for model in content["semantic_models"] for measure in model["measures"]]
        for entry in listed:
            yield path.stem, entry


def test_every_metrics_file_begins_with_the_recipe_for_adding_one() -> None:
    for path in sorted((MODELS / "metrics").glob("*.yml")):
        head = path.read_text(encoding="utf-8").split("\nversion:")[0]
        assert re.search(r"# To add an indicator: ", head), path.name
        assert re.search(r"# To add a variable: ", head), path.name
        assert path.stem in LIVING_CONDITIONS


def test_measure_is_one_variable_and_nothing_else() -> None:
    indicators = {metric["name"] for _, metric in entries("metrics")}  # of the same name: it is the metric
    seen = set()
    for file, measure in entries("measures"):
        name = measure["name"]
        assert name not in seen, f"{name} is defined twice"
        seen.add(name)
        assert measure["expr"] == f"case when variable_id = '{name}' then metric_value end", (file, name)
        assert measure["agg"] == "sum", (file, name)
        assert measure.get("create_metric", False) is (name not in indicators), (file, name)
        meta = measure["config"]["meta"]
        assert measure["label"], (file, name)
        assert meta["label_en"] and meta["unit"] and meta["disclosure_profile"], (file, name)
    assert len(seen) > 50


def test_every_indicator_says_everything_in_german_and_english() -> None:
    measures = {measure["name"]: measure for _, measure in entries("measures")}
    seen = set()
    for file, metric in entries("metrics"):
        name, meta = metric["name"], metric["config"]["meta"]
        assert name not in seen, f"{name} is defined twice"
        seen.add(name)
        assert [key for key in REQUIRED_META if meta.get(key) in (None, "")] == [], (file, name)
        assert metric["label"] != meta["name_en"], (file, name)
        assert len(metric["description"]) > 15 and len(meta["definition_en"]) > 15, (file, name)
        assert ("caveats_de" in meta) == ("caveats_en" in meta), (file, name)
        assert meta["living_condition"] == file, (file, name)
        assert meta["statistic"] in STATISTICS and meta["polarity"] in POLARITIES, (file, name)
        assert_parts_fit(metric, measures)
    assert len(seen) >= 20


def assert_parts_fit(metric: dict[str, Any], measures: dict[str, Any]) -> None:
    """A ratio names two variables, a simple one a single variable; an interval fits its statistic."""
    params, meta = metric["type_params"], metric["config"]["meta"]
    if metric["type"] == "ratio":
        used = [params["numerator"], params["denominator"]]
        assert meta["statistic"] in {"proportion", "rate", "ratio"}, metric["name"]
    else:
        used = [params["measure"]]
        assert metric["type"] == "simple", metric["name"]
        assert meta["statistic"] in {"count", "mean", "median", "published"}, metric["name"]
    assert [name for name in used if name not in measures] == [], metric["name"]
    if meta["statistic"] in {"mean", "median", "published"}:
        assert measures[used[0]]["config"]["meta"]["is_additive"] is False, metric["name"]
    if meta["ci_method"] == "wilson":
        assert meta["statistic"] == "proportion", metric["name"]
    assert meta["design_effect"] >= 1, metric["name"]
