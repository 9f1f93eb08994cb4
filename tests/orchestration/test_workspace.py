"""`sozialraum check` says what is wrong with a workspace: file, line and what was expected."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from command_line import City, sozialraum

from orchestration.check_sentences import claim_of, failed_node
from orchestration.findings import Finding
from orchestration.instance import prepare_instance
from orchestration.settings import Settings
from orchestration.workspace import WorkspaceUnusable, load_workspace
from orchestration.workspace_landing import land_workspace

METRICS = """\
version: 2
semantic_models:
  - name: own
    model: ref('fct_observation')
    primary_entity: own_observation
    measures:
      - name: own_count
        label: Eigene Zahl
        agg: sum
        create_metric: true
        expr: case when variable_id = 'own_count' then metric_value end
        config: {meta: {label_en: Own count, unit: persons, disclosure_profile: own_profile}}
metrics:
  - name: own_indicator
    label: Eigener Anteil
    description: Eigene Zahl an den Einwohner*innen
    type: ratio
    type_params: {numerator: own_count, denominator: population}
    config:
      meta:
        name_en: Own share
        definition_en: Own count of residents
        living_condition: income
        statistic: proportion
        unit: percent
        polarity: neutral
        ci_method: wilson
        disclosure_profile: own_profile
        source: Eigenes Amt
"""


@pytest.fixture
def workspace(tmp_path: Path, small_workspace: Path) -> Path:
    """A copy of the small city's workspace without its deliveries, to be broken."""
    shutil.copytree(small_workspace, tmp_path / "city", ignore=shutil.ignore_patterns("inbox"))
    return tmp_path / "city"


# The stories of the demo city have a goal that nothing measures and needs outside the social spaces.
TOLD_BY_THE_STORY = {
    ("planning/goals.csv", "goal_without_target"),
    ("planning/needs.csv", "no_accepting_body"),
}


def found_in(workspace: Path) -> list[Finding]:
    return [one for one in load_workspace(workspace)[1] if (one.file, one.rule) not in TOLD_BY_THE_STORY]


def replace(workspace: Path, name: str, old: str, new: str) -> int:
    """Change one passage of a file; returns the line on which it stands."""
    file = workspace / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} holds no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def append(workspace: Path, name: str, row: str) -> int:
    """Add a row; returns its line."""
    text = (workspace / name).read_text(encoding="utf-8")
    (workspace / name).write_text(text + row + "\n", encoding="utf-8")
    return text.count("\n") + 1


def metrics(workspace: Path, text: str, name: str = "own.yml") -> None:
    (workspace / "metrics").mkdir(exist_ok=True)
    (workspace / "metrics" / name).write_text(text, encoding="utf-8")


def test_workspace_of_the_small_city_is_right(workspace: Path) -> None:
    assert found_in(workspace) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("geography/levels.csv", "Districts;1;", "Districts;one;", "not_an_integer"),
        ("geography/levels.csv", "Districts;1;", "Districts;0;", "duplicate_rank"),
        ("geography/levels.csv", "Districts;1;stadt", "Districts;1;kreis", "unknown_level"),
        ("geography/levels.csv", "Districts;1;stadt", "Districts;1;", "parent_missing"),
        ("geography/levels.csv", "Districts;1;stadt", "Districts;1;stadtteil", "level_order"),
        ("geography/areas.csv", "stadt;0;2010-01-01", "stadt;0;01.01.2010", "not_a_date"),
        ("geography/areas.csv", "stadt;0;2010-01-01;", "stadt;0;2010-01-01;2010-01-01", "validity"),
        ("geography/areas.csv", "stadt;0;2010", ";;2010", "parent_missing"),
        ("geography/areas.csv", "stadt;0;2010", "stadt;7;2010", "unknown_parent"),
        ("disclosure/profiles.csv", "std_lt5;5;", "std_lt5;five;", "not_an_integer"),
        ("disclosure/profiles.csv", "std_lt5;5;false;30", "std_lt5;5;false;-3", "not_an_integer"),
        ("disclosure/profiles.csv", "std_lt5;5;false;30;true", "std_lt5;5;false;30;yes", "not_a_boolean"),
        ("disclosure/profiles.csv", "std_lt5;5;false", "std_lt5;5;no", "not_a_boolean"),
        ("disclosure/profiles.csv", "std_lt5;5;", "std_lt5;;", "hides_nothing"),
        ("disclosure/variables.csv", "private_cars;none", "private_cars;nome", "unknown_profile"),
        ("disclosure/variables.csv", "private_cars;", "private_carts;", "unknown_variable"),
        ("series_breaks.csv", "housing_benefit_rate;2023;", "housing_benefit_rate;2023-13;", "not_a_period"),
        ("series_breaks.csv", "housing_benefit_rate;", "housing_benefit_rat;", "unknown_indicator"),
        ("series_breaks.csv", "2023.;false", "2023.;maybe", "not_a_boolean"),
        ("context_events.csv", "pandemie_2020;2020-03", "pandemie_2020;March", "not_a_period"),
        (
            "context_events.csv",
            "pandemic;Beginn der Pandemie;Start of the pandemic;stadt-0",
            "x;y;z;stadt-9",
            "unknown_area",
        ),
        ("indicators.csv", "2014-2024", "2024-2014", "years"),
        ("indicators.csv", "asking_rent_median", "asking_rent_mediam", "unknown_indicator"),
        ("indicators.csv", "asking_rent_median;stadt|", "asking_rent_median;land|", "unknown_level"),
    ],
)
def test_wrong_cell_is_told_with_its_line(name: str, old: str, new: str, rule: str, workspace: Path) -> None:
    line = replace(workspace, name, old, new)
    told = [f for f in found_in(workspace) if (f.file, f.line, f.rule) == (name, line, rule)]
    assert told, [finding.sentence() for finding in found_in(workspace)]
    assert all(finding.severity == "error" and finding.expected for finding in told)


@pytest.mark.parametrize(
    ("name", "row", "rule"),
    [
        ("geography/levels.csv", "stadt;a;a;a;a;3;stadt", "duplicate_key"),
        ("disclosure/profiles.csv", "none;0;false;0;false;;", "duplicate_key"),
        ("indicators.csv", "asking_rent_median;stadt|stadtbezirk|stadtteil;2013;", "duplicate_key"),
        ("corrections.csv", "kommunalwahl;private_cars;stadt;0;2019;total;1,5;2;x", "not_a_number"),
        ("corrections.csv", "kommunalwahl;private_cars;stadt;0;2019;total;1;many;x", "not_a_number"),
        ("corrections.csv", "kommunalwahl;private_cars;stadt;0;19;total;1;2;x", "not_a_period"),
        ("corrections.csv", "kommunalwahl;private_carts;stadt;0;2019;total;1;2;x", "unknown_variable"),
        ("corrections.csv", "kommunalwahl;private_cars;stadt;9;2019;total;1;2;x", "unknown_area"),
        ("corrections.csv", "landtagswahl;private_cars;stadt;0;2019;total;1;2;x", "unknown_extract"),
    ],
)
def test_wrong_row_is_told_with_its_line(name: str, row: str, rule: str, workspace: Path) -> None:
    line = append(workspace, name, row)
    assert (name, line, rule) in {(f.file, f.line, f.rule) for f in found_in(workspace)}


def test_area_that_lies_in_itself_is_found(workspace: Path) -> None:
    append(workspace, "geography/areas.csv", "stadtteil;a;A;stadtteil;b;;")
    line = append(workspace, "geography/areas.csv", "stadtteil;b;B;stadtteil;a;;")
    assert [(f.line, f.rule) for f in found_in(workspace)] == [(line, "parent_cycle")]


def test_line_is_that_of_the_file_after_blank_lines_and_quoted_line_ends(workspace: Path) -> None:
    replace(workspace, "indicators.csv", "erst ab 2014 ausgewertet", '"erst ab\n2014"\n')
    line = append(workspace, "indicators.csv", "no_such;stadt;2013;")
    assert [(f.line, f.rule) for f in found_in(workspace)] == [(line, "unknown_indicator")]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("variable: private_cars", "variable: private_carts", "unknown_variable"),
        ("level: stadtteil", "level: viertel", "unknown_level"),
    ],
)
def test_contract_that_points_nowhere_is_found(old: str, new: str, rule: str, workspace: Path) -> None:
    replace(workspace, "extracts/kraftfahrzeuge.yml", old, new)
    assert ("extracts/kraftfahrzeuge.yml", rule) in {(f.file, f.rule) for f in found_in(workspace)}


@pytest.mark.parametrize(
    ("contract", "old"),
    [("kitas_jugendamt", "constant: childcare_centre"), ("schulen_schulamt", "Grundschule: primary_school")],
)
def test_service_type_must_stand_in_the_taxonomy(contract: str, old: str, workspace: Path) -> None:
    replace(workspace, f"extracts/{contract}.yml", old, old.split(":")[0] + ": kindergarten")
    (finding,) = found_in(workspace)
    assert (finding.file, finding.rule) == (f"extracts/{contract}.yml", "unknown_service_type")
    assert "'kindergarten'" in finding.message


BARRIERS = "barrier_id;name;side;level;code\nstrom;Der Strom;west;stadtbezirk;1\n"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("strom;;ost;stadtteil;101", "barrier_sides"),  # lies in Stadtbezirk 1
        ("strom;;ost;stadtbezirk;1", "duplicate_key"),
        ("strom;;ost;stadtbezirk;8", "unknown_area"),
        ("strom;;;stadtbezirk;2", "empty_cell"),
    ],
)
def test_wrong_side_of_a_barrier_is_told_with_its_line(row: str, rule: str, workspace: Path) -> None:
    (workspace / "geography" / "barriers.csv").write_text(BARRIERS, encoding="utf-8")
    assert found_in(workspace) == []
    line = append(workspace, "geography/barriers.csv", row)
    assert [(f.file, f.line, f.rule) for f in found_in(workspace)] == [("geography/barriers.csv", line, rule)]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("strom;;356000;5645000", "empty_cell"),
        ("strom;Südbrücke;356000;5640000", "duplicate_key"),
        ("kanal;Schleuse;356000;5645000", "unknown_barrier"),
        ("strom;Nordbrücke;6.95;50.94", "not_in_metres"),
        ("strom;Nordbrücke;356000;", "not_a_number"),
    ],
)
def test_wrong_bridge_is_told_with_its_line(row: str, rule: str, workspace: Path) -> None:
    (workspace / "geography" / "barriers.csv").write_text(BARRIERS, encoding="utf-8")
    bridges = "barrier_id;name;x_m;y_m\nstrom;Südbrücke;356000;5645000\n"
    (workspace / "geography" / "bridges.csv").write_text(bridges, encoding="utf-8")
    assert found_in(workspace) == []
    line = append(workspace, "geography/bridges.csv", row)
    assert [(f.file, f.line, f.rule) for f in found_in(workspace)] == [("geography/bridges.csv", line, rule)]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (
            "schulen_schulamt;9;kitas_jugendamt;K-3;vielleicht;Begehung;Jugendamt;2024-05-01",
            "unknown_decision",
        ),
        ("schulen_schulamt;9;kitas_jugendamt;K-3;same;Begehung;Jugendamt;1.5.2024", "not_a_date"),
        ("schulen_schulamt;9;kitas_jugendamt;K-3;same;;Jugendamt;2024-05-01", "empty_cell"),
        ("schulen_schulamt;9;bevoelkerung;K-3;same;Begehung;Jugendamt;2024-05-01", "unknown_extract"),
        ("kitas_jugendamt;K-9;kitas_jugendamt;K-3;same;Begehung;Jugendamt;2024-05-01", "same_extract"),
        ("schulen_schulamt;7;kitas_jugendamt;K-1;different;Begehung;Jugendamt;2024-05-01", "judged_twice"),
        (
            "schulen_schulamt;7;treffpunkte_sozialamt;1;same;Begehung;Jugendamt;2024-05-01",
            "counts_for_another",
        ),
    ],
)
def test_wrong_review_of_the_inventory_is_told_with_its_line(row: str, rule: str, workspace: Path) -> None:
    head = "extract_id;offer_id;other_extract_id;other_offer_id;decision;reason;decided_by;decided_on\n"
    good = "kitas_jugendamt;K-1;schulen_schulamt;7;same;Begehung;Jugendamt;2024-05-01\n"
    (workspace / "inventory_matches.csv").write_text(head + good, encoding="utf-8")
    assert found_in(workspace) == []
    line = append(workspace, "inventory_matches.csv", row)
    assert [(f.file, f.line, f.rule) for f in found_in(workspace)] == [("inventory_matches.csv", line, rule)]


@pytest.mark.parametrize(
    ("section", "rule"),
    [
        ("provider_type: {constant: church}", "contract_invalid"),
        ("barrier_free: {column: Anschrift}", "contract_invalid"),
        ("obligation: {constant: vielleicht}", "contract_invalid"),
        ("reach: {constant: kontinent}", "unknown_level"),
    ],
)
def test_words_of_an_offer_are_those_of_all_lists(section: str, rule: str, workspace: Path) -> None:
    contract = workspace / "extracts" / "kitas_jugendamt.yml"
    text = contract.read_text(encoding="utf-8")
    field = section.partition(":")[0]
    kept = re.sub(rf"\n  {field}:(\n    .*)+", "", text)
    contract.write_text(kept.replace("\noffers:\n", f"\noffers:\n  {section}\n"), encoding="utf-8")
    assert [(f.file, f.rule) for f in found_in(workspace)] == [("extracts/kitas_jugendamt.yml", rule)]


def test_level_of_a_sum_must_exist(workspace: Path) -> None:
    changed = None
    for file in sorted((workspace / "extracts").glob("*.yml")):
        text = file.read_text(encoding="utf-8")
        if "whole: stadtbezirk" in text:
            file.write_text(text.replace("whole: stadtbezirk", "whole: kreis"), encoding="utf-8")
            changed = f"extracts/{file.name}"
            break
    assert (changed, "unknown_level") in {(f.file, f.rule) for f in found_in(workspace)}


def test_used_profile_must_be_defined_unless_overridden_or_nothing_is_hidden(workspace: Path) -> None:
    line = (workspace / "disclosure" / "profiles.csv").read_text(encoding="utf-8")
    kept = "\n".join(row for row in line.splitlines() if not row.startswith("health_lt5;"))
    (workspace / "disclosure" / "profiles.csv").write_text(kept + "\n", encoding="utf-8")
    (told,) = found_in(workspace)
    assert (told.file, told.rule) == ("disclosure/profiles.csv", "unknown_profile")
    assert "health_lt5" in told.message
    replace(
        workspace, "workspace.yml", "disclosure_default_profile: std_lt5", "disclosure_default_profile: none"
    )
    assert found_in(workspace) == []


def test_crs_must_exist(workspace: Path) -> None:
    replace(workspace, "workspace.yml", "EPSG:32631", "EPSG:99999999")
    assert [(f.file, f.rule) for f in found_in(workspace)] == [("workspace.yml", "unknown_crs")]


def test_unreadable_workspace_file_is_told_with_its_cause_not_with_missing_fields(workspace: Path) -> None:
    line = replace(workspace, "workspace.yml", "name_de: ", "name_de: [")
    with pytest.raises(WorkspaceUnusable) as refused:
        load_workspace(workspace)
    (told,) = refused.value.findings
    assert (told.file, told.rule) == ("workspace.yml", "yaml_unreadable")
    assert told.line is not None and told.line >= line


# The workspace's own metrics.


def test_own_metrics_are_known_to_all_other_files(workspace: Path) -> None:
    metrics(workspace, METRICS)
    append(workspace, "indicators.csv", "own_indicator;stadt;2013;")
    append(workspace, "disclosure/variables.csv", "own_count;std_lt5")
    assert found_in(workspace) == []


@pytest.mark.parametrize("sign", ["{{ env_var('HOME') }}", "{% set x = 1 %}", "{# note #}"])
def test_template_in_own_metrics_is_refused_with_its_line(sign: str, workspace: Path) -> None:
    metrics(workspace, METRICS.replace("label: Eigene Zahl", f'label: "{sign}"'))
    assert [(f.file, f.line, f.rule) for f in found_in(workspace)] == [("metrics/own.yml", 8, "template")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (METRICS.replace("agg: sum", 'agg: "\\x7b\\x7b env_var(1) }}"'), "template"),
        (METRICS.replace("ref('fct_observation')", "env_var('HOME')"), "metrics_model"),
        (METRICS + "exposures: []\n", "metrics_section"),
        (METRICS.replace("name: own_indicator", "name: asking_rent_median"), "duplicate_key"),
        ("- a list\n", "yaml_unreadable"),
        ("metrics: [\n", "yaml_unreadable"),
    ],
)
def test_metrics_that_dbt_would_run_or_cannot_read_are_refused(text: str, rule: str, workspace: Path) -> None:
    metrics(workspace, text)
    assert [(f.file, f.rule) for f in found_in(workspace)] == [("metrics/own.yml", rule)]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "rule", "said"),
    [
        ("Eigener Anteil", "Eigene Zahl", 14, "label_taken", "is already that of 'own_count'"),
        (
            "label: Eigene Zahl",
            "label: Bevölkerung am Ort der Hauptwohnung",
            7,
            "label_taken",
            "is already that of 'pop_total'",
        ),
        ("label: Eigener Anteil", "label: ''", 14, "metrics_key", "label is missing"),
        ("variable_id = 'own_count'", "variable_id = 'other'", 7, "metrics_key", "expr is"),
        ("create_metric: true", "create_metric: false", 7, "metrics_key", "an indicator counts"),
        ("name_en: Own share", "name_uk: Own share", 14, "metrics_key", "config.meta.name_en is missing"),
        ("statistic: proportion", "statistic: share", 14, "metrics_word", "config.meta.statistic is 'share'"),
        ("statistic: proportion", "statistic: published", 14, "metrics_word", "does not fit type ratio"),
        ("ci_method: wilson", "life_phase: old", 14, "metrics_word", "config.meta.ci_method is None"),
        ("name: own_indicator", "name: Own", 14, "metrics_name", "is no name"),
        ("type: ratio", "type: derived", 14, "metrics_word", "type is 'derived'"),
        ("denominator: population", "denominator: people", 14, "unknown_variable", "which is no variable"),
    ],
)
def test_own_metric_that_dbt_would_refuse_is_named_with_its_line(
    right: str, wrong: str, line: int, rule: str, said: str, workspace: Path
) -> None:
    metrics(workspace, METRICS.replace(right, wrong))
    found = [(one.file, one.line, one.rule) for one in found_in(workspace) if said in one.message]
    assert ("metrics/own.yml", line, rule) in found


def test_model_among_own_metrics_is_refused(workspace: Path) -> None:
    metrics(workspace, "select 1", "own.sql")
    assert [(f.file, f.rule) for f in found_in(workspace)] == [("metrics/own.sql", "metrics_file")]


# What is said, and where it is kept.


def test_failed_check_is_a_sentence_without_values() -> None:
    event = {
        "info": {"msg": "Got 2 results, configured to fail if != 0"},
        "data": {
            "num_failures": 2,
            "node_info": {"node_name": "assert_x", "unique_id": "test.p.assert_x", "node_status": "fail"},
        },
    }
    node = {"raw_code": "-- One person is\n-- counted once. More words.\nselect 1", "description": ""}
    told = failed_node(event, {"nodes": {"test.p.assert_x": node}})
    assert told == "assert_x: One person is counted once. 2 rows fail."
    assert claim_of({"description": "Rows add up"}) == "Rows add up."
    generic = {"test_metadata": {"name": "not_null"}, "attached_node": "model.p.dim_area", "column_name": "c"}
    assert claim_of({**generic, "raw_code": "{{ test_not_null() }}"}) == "not null on dim_area.c."


def test_event_log_is_private(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, tmp_path / "home")
    prepare_instance(settings)
    assert settings.dagster.stat().st_mode & 0o777 == 0o700


# The fictional city.


def test_demo_leaves_another_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "work.txt").write_text("mine", encoding="utf-8")
    done = sozialraum("demo", "--out", str(tmp_path), "--scale", "0.1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds something else" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["work.txt"]


@pytest.mark.parametrize("out", ["/proc/self/no-such-folder", "{file}/city"])
def test_demo_that_cannot_be_written_is_an_environment_failure(out: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = sozialraum("demo", "--out", out.format(file=tmp_path / "file"), "--scale", "0.1")
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith("Cannot write ")
    assert "--out" in done.stderr and "Internal" not in done.stderr


def test_demo_says_in_json_what_it_wrote(tmp_path: Path) -> None:
    done = sozialraum("demo", "--out", str(tmp_path / "city"), "--scale", "0.1", "--json")
    assert json.loads(done.stdout)["workspace"] == str(tmp_path / "city")


# Exit codes.


def test_damaged_pointer_is_an_environment_failure_and_not_wrong_use(own_city: City) -> None:
    (own_city.home / "current.json").write_text("{", encoding="utf-8")
    for command in (["query", "pop_total"], ["release", "show"]):
        done = sozialraum(*command, "--home", str(own_city.home))
        assert done.returncode == 3, done.stderr
        assert "is damaged" in done.stderr and "Internal" not in done.stderr


def test_damaged_manifest_is_an_environment_failure_and_not_wrong_use(own_city: City) -> None:
    file = own_city.home / "releases" / "000001" / "manifest.json"
    file.chmod(0o644)
    file.write_text("{", encoding="utf-8")
    for command in (["release", "show"], ["release", "rollback", "1"], ["query", "pop_total"]):
        done = sozialraum(*command, "--home", str(own_city.home))
        assert done.returncode == 3, (command, done.stderr)
        assert "is damaged" in done.stderr and "Internal" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [["release", "rollback", "1"], ["release", "prune", "--keep", "0"]],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_wrong_use(command: list[str], small_city: City) -> None:
    done = sozialraum(*command, "--home", str(small_city.home))
    assert done.returncode == 2, done.stderr
    assert "Internal" not in done.stderr


def test_unexpected_value_error_is_internal_and_not_wrong_use() -> None:
    from orchestration.cli_options import _explain

    code, sentence = _explain(ValueError("surprise"))
    assert code == 3
    assert sentence.startswith("Internal error (ValueError): surprise.")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("stadtteil;999;shelter;Unterkunft;Shelter;;", "unknown_area"),
        ("stadtteil;101;castle;Schloss;Castle;;", "unknown_kind"),
        ("stadtteil;101;prison;;Prison;;", "empty_cell"),
        ("stadtteil;101;shelter;Unterkunft;Shelter;;", "duplicate_key"),
        ("stadtteil;101;care_home;Heim;Home;2024-13-01;", "not_a_date"),
    ],
)
def test_wrong_special_population_is_told_with_its_line(row: str, rule: str, workspace: Path) -> None:
    file = "geography/special_populations.csv"
    header = "level;code;kind;note_de;note_en;valid_from;valid_to\n"
    (workspace / file).write_text(f"{header}stadtteil;101;shelter;Unterkunft;Shelter;;\n", encoding="utf-8")
    assert found_in(workspace) == []
    line = append(workspace, file, row)
    assert [(f.file, f.line, f.rule) for f in found_in(workspace)] == [(file, line, rule)]


def test_tolerances_of_category_sums_reach_the_build_by_variable_and_dimension(tmp_path: Path) -> None:
    seed = Path(__file__).resolve().parents[2] / "seeds" / "flensburg"
    loaded, _ = load_workspace(seed)
    settings = Settings(seed, seed / "inbox", tmp_path / "home")
    land_workspace(settings, loaded, [])
    landed = pd.read_parquet(settings.landing / "workspace" / "extracts.parquet").set_index("extract_id")
    said = landed["category_sum_tolerances"]
    assert said["children_under_18"] == said["residents_65_and_over"] == "population.age=13"
    assert said["residence_status"] == "permanent_residents_non_german.legal_ground=0"
    assert said["residents"] == ""
