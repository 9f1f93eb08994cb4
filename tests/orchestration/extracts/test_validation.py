"""Cells, areas, periods and sums of a delivery against its contract."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from small_delivery import HEADER, ROWS, cells, contract, deliver, only, rules_of

TEXT = HEADER + ROWS


def test_clean_delivery_gives_observations_and_no_finding(tmp_path: Path) -> None:
    landed, findings = deliver(tmp_path, TEXT)
    assert findings == []
    assert landed is not None
    assert (landed.row_count, landed.reference_period) == (2, "2013")
    names = ("row_number", "column_name", "variable_id", "area_id", "period_id", "breakdown_id", "value_text")
    assert cells(landed, *names)[0] == (2, "Anzahl", "population", "stadtteil-101", "2013", "total", "1200")


def test_all_six_defects_of_one_file_are_listed_at_once(tmp_path: Path) -> None:
    rows = "101;Altstadt-Süd;2013;1200\n102;Mülheim;2013;-4\n999;Nirgends;2013;5\n"
    rows += "101;Altstadt-Süd;2013;7\n102;M;2014;12"
    _, findings = deliver(tmp_path, ("Nr;Stadtteil;Jahr;Anz.\n" + rows).encode("cp1252"))
    found = {f.rule: f.line for f in findings if f.severity == "error"}
    assert found == {
        "final_newline": 6,
        "column_missing": 1,
        "wrong_encoding": 2,
        "unknown_area": 4,
        "duplicate_key": 5,
        "number": 3,
    }


def test_duplicated_key_names_both_lines(tmp_path: Path) -> None:  # D04
    _, findings = deliver(tmp_path, TEXT + "101;Altstadt-Süd;2013;1200\n")
    assert "lines 2 and 4" in only(findings, "duplicate_key").message


def test_duplicated_observation_is_found_without_a_unique_rule(tmp_path: Path) -> None:
    _, findings = deliver(tmp_path, TEXT + "101;Altstadt-Süd;2013;1\n", contract(checks={"unique": []}))
    assert "lines 2 and 4" in only(findings, "duplicate_key").message


def test_identical_findings_are_capped_and_counted(tmp_path: Path) -> None:
    rows = "".join(f"101;Altstadt-Süd;{year};x{year}\n" for year in range(1950, 2000))
    _, findings = deliver(tmp_path, HEADER + rows)
    numbers = [f for f in findings if f.rule == "number"]
    assert len(numbers) == 21
    assert numbers[-1].message == "and 30 more findings of this rule, lines 22 to 51."


def test_text_in_a_number_column_far_down_is_found(tmp_path: Path) -> None:  # D13
    rows = "".join(f"101;Altstadt-Süd;{year};{year}\n" for year in range(1900, 2000))
    _, findings = deliver(tmp_path, HEADER + rows + "102;Mülheim;2001;viele\n")
    assert only(findings, "number").line == 102


def test_range_and_allowed_values_come_from_the_contract(tmp_path: Path) -> None:
    columns = [
        {"name": "Nr", "type": "code", "allowed": ["101"]},
        {"name": "Stadtteil"},
        {"name": "Jahr", "type": "year"},
        {"name": "Anzahl", "type": "count", "max": 1000},
    ]
    _, findings = deliver(tmp_path, TEXT, contract(columns=columns))
    assert (only(findings, "range").line, only(findings, "not_allowed").line) == (2, 3)


def test_empty_number_is_missing_and_never_zero(tmp_path: Path) -> None:
    landed, findings = deliver(tmp_path, HEADER + "101;Altstadt-Süd;2013;\n102;Mülheim;2013;-\n")
    assert findings == []
    assert cells(landed, "value_text", "value_status") == [("", "not_available"), ("0", "ok")]


def test_estimates_may_be_fractions_of_persons(tmp_path: Path) -> None:  # E38
    text = HEADER + "101;Altstadt-Süd;2013;3,5\n"
    assert rules_of(deliver(tmp_path, text)[1]) == ["number"]
    columns = [{"name": "Nr", "type": "code"}, {"name": "Stadtteil"}, {"name": "Jahr", "type": "year"}]
    columns.append({"name": "Anzahl", "type": "count", "estimate": True})  # type: ignore[dict-item]
    landed, findings = deliver(tmp_path, text, contract(columns=columns))
    assert findings == []
    assert cells(landed, "value_text") == [("3.5",)]


def test_unknown_area_is_an_error_with_proposals(tmp_path: Path) -> None:  # D15
    _, findings = deliver(tmp_path, HEADER + "112;Altstadt;2013;5\n")
    finding = only(findings, "unknown_area")
    assert finding.line == 2
    assert "102 (Mülheim)" in finding.expected


def test_lost_leading_zero_is_repaired_only_where_declared(tmp_path: Path) -> None:  # E28, E29
    patterns = [{"match": "0*([1-9][0-9]*)", "level": "stadtteil", "code": r"\1"}]
    strict = contract(
        area={"level": None, "patterns": [{"match": "000([0-9]{3})", "level": "stadtteil", "code": r"\1"}]}
    )
    text = HEADER + "101;Altstadt-Süd;2013;5\n102.0;Mülheim;2013;6\n"
    assert rules_of(deliver(tmp_path, text, strict)[1]) == ["unknown_area", "unknown_area"]
    landed, findings = deliver(tmp_path, text, contract(area={"pad": 6, "patterns": patterns}))
    assert [f.rule for f in findings] == ["key_repaired", "key_repaired"]
    assert cells(landed, "area_code") == [("101",), ("102",)]
    assert rules_of(deliver(tmp_path, HEADER + "1.01E+02;A;2013;5\n", contract(area={"pad": 6}))[1]) == [
        "unknown_area"
    ]


@pytest.mark.parametrize(
    "name", ["Altstadt/Süd", "ALTSTADT SÜD", unicodedata.normalize("NFD", "Altstadt-Süd")]
)
def test_area_by_name_ignores_spelling_of_separators_and_unicode(tmp_path: Path, name: str) -> None:  # E32
    rules = contract(area={"by": "name", "column": "Stadtteil"})
    landed, findings = deliver(tmp_path, HEADER + f";{name};2013;5\n", rules)
    assert findings == []
    assert cells(landed, "area_code") == [("101",)]


def test_ignored_keys_are_listed_once_and_not_loaded(tmp_path: Path) -> None:
    rules = contract(area={"ignore": {"999": "Nachbarstadt"}})
    landed, findings = deliver(tmp_path, TEXT + "999;Nachbarstadt;2013;5\n999;Nachbarstadt;2012;5\n", rules)
    assert [(f.rule, f.severity) for f in findings] == [("ignored_keys", "info")]
    assert len(cells(landed, "area_code")) == 2


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_name_that_contradicts_the_code_is_reported_with_both(tmp_path: Path, severity: str) -> None:  # D16
    rules = contract(area={"name_column": "Stadtteil", "on_conflict": severity})
    _, findings = deliver(tmp_path, HEADER + "101;Mülheim;2013;5\n", rules)
    finding = only(findings, "area_conflict")
    assert (finding.severity, finding.line) == (severity, 2)
    assert "Altstadt-Süd" in finding.message
    assert "Mülheim" in finding.message


def test_area_must_exist_in_the_period(tmp_path: Path) -> None:  # D14
    _, findings = deliver(tmp_path, HEADER + "103;Neubaugebiet;2013;5\n103;Neubaugebiet;2021;5\n")
    assert only(findings, "area_not_valid").line == 2


@pytest.mark.parametrize("year", ["2099", "1", "20x3", "2013/14"])
def test_impossible_period_is_refused(tmp_path: Path, year: str) -> None:  # D20
    _, findings = deliver(tmp_path, HEADER + f"101;Altstadt-Süd;{year};5\n")
    assert "period" in rules_of(findings)


def test_period_outside_the_declared_span_is_refused(tmp_path: Path) -> None:
    rules = contract(period={"column": "Jahr", "first": "2014"})
    assert rules_of(deliver(tmp_path, TEXT, rules)[1]) == ["period"] * 1


def test_month_13_is_refused(tmp_path: Path) -> None:
    columns = [
        {"name": "Nr", "type": "code"},
        {"name": "Stadtteil"},
        {"name": "Jahr"},
        {"name": "Anzahl", "type": "count"},
    ]
    rules = contract(columns=columns, period={"column": "Jahr", "grain": "month"})
    assert rules_of(deliver(tmp_path, HEADER + "101;A;2013-13;5\n", rules)[1]) == ["period"]
    landed, _ = deliver(tmp_path, HEADER + "101;A;31.07.2013;5\n", rules)
    assert cells(landed, "period_id") == [("2013-07",)]


def test_period_from_the_file_name(tmp_path: Path) -> None:
    rules = contract(period={"file_name": r"einwohner_(\d{4})\.csv"})
    landed, findings = deliver(tmp_path, TEXT, rules, "einwohner_2011.csv")
    assert findings == []
    assert cells(landed, "period_id") == [("2011",), ("2011",)]
    assert rules_of(deliver(tmp_path, TEXT, rules, "einwohner.csv")[1]) == ["period"]


def test_missing_areas_are_counted_and_named(tmp_path: Path) -> None:  # D08
    _, findings = deliver(
        tmp_path, HEADER + "101;Altstadt-Süd;2013;5\n", contract(checks={"expected_areas": {"stadtteil": 2}})
    )
    finding = only(findings, "expected_areas")
    assert finding.severity == "error"
    assert "unvollständig (1/2)" in finding.message
    assert "102 (Mülheim)" in finding.message


def sums(**rule: object) -> dict[str, object]:
    patterns = [{"match": "0", "level": "stadt"}, {"match": "1..", "level": "stadtteil"}]
    return {
        "area": {"level": None, "patterns": patterns},
        "checks": {"sum_of_areas": [{"whole": "stadt", "parts": "stadtteil", **rule}]},
    }


def test_city_total_that_disagrees_with_its_parts_names_the_difference(tmp_path: Path) -> None:  # D17
    text = TEXT + "0;Musterstadt;2013;1241\n"
    finding = only(deliver(tmp_path, text, contract(**sums()))[1], "sum_of_areas")
    assert "difference +7" in finding.message
    assert finding.line == 4
    assert deliver(tmp_path, text, contract(**sums(tolerance="7")))[1] == []
    warned = deliver(tmp_path, text, contract(**sums(severity="warning")))[1]
    assert rules_of(warned, "warning") == ["sum_of_areas"]


@pytest.mark.parametrize("hidden", [".", "...", "/", ""])
def test_hidden_part_makes_a_sum_not_computed(tmp_path: Path, hidden: str) -> None:
    text = HEADER + f"101;Altstadt-Süd;2013;{hidden}\n102;Mülheim;2013;34\n0;Musterstadt;2013;9999\n"
    _, findings = deliver(tmp_path, text, contract(**sums()))
    assert [(f.rule, f.severity) for f in findings] == [("sum_of_areas_not_computed", "info")]


def test_sum_needs_only_the_areas_that_exist_in_the_period(tmp_path: Path) -> None:
    text = TEXT.replace("2013", "2021") + "0;Musterstadt;2021;1234\n"
    assert rules_of(deliver(tmp_path, text, contract(**sums()))[1], "info") == ["sum_of_areas_not_computed"]


SEX = {
    "columns": [
        {"name": "Nr", "type": "code"},
        {"name": "Geschlecht"},
        {"name": "Jahr", "type": "year"},
        {"name": "Anzahl", "type": "count"},
    ],
    "observations": [
        {"column": "Anzahl", "variable": "population", "where": {"Geschlecht": "gesamt"}},
        {
            "column": "Anzahl",
            "variable": "population",
            "where": {},
            "breakdown_from": {
                "column": "Geschlecht",
                "dimension": "sex",
                "categories": {"gesamt": "total", "m": "m", "w": "f"},
            },
        },
    ],
}


def test_categories_become_breakdowns_and_must_add_up(tmp_path: Path) -> None:
    rules = contract(
        **{**SEX, "observations": SEX["observations"][1:]},  # type: ignore[index]
        checks={"unique": [], "sum_of_categories": [{"variable": "population", "dimension": "sex"}]},
    )
    head = "Nr;Geschlecht;Jahr;Anzahl\n"
    landed, findings = deliver(tmp_path, head + "101;gesamt;2013;10\n101;m;2013;4\n101;w;2013;6\n", rules)
    assert findings == []
    assert [b for (b,) in cells(landed, "breakdown_id")] == ["total", "sex=m", "sex=f"]
    _, findings = deliver(tmp_path, head + "101;gesamt;2013;10\n101;m;2013;4\n101;w;2013;5\n", rules)
    assert "difference +1" in only(findings, "sum_of_categories").message
    _, findings = deliver(tmp_path, head + "101;gesamt;2013;10\n101;m;2013;4\n101;wbl.;2013;6\n", rules)
    assert only(findings, "unknown_category").line == 4


def test_part_above_its_whole_is_an_error(tmp_path: Path) -> None:  # E35
    columns = [
        {"name": "Nr", "type": "code"},
        {"name": "Alle", "type": "count"},
        {"name": "Jahr", "type": "year"},
    ]
    columns.append({"name": "Anzahl", "type": "count"})
    rules = contract(
        columns=columns,
        observations=[{"column": "Alle", "variable": "all"}, {"column": "Anzahl", "variable": "part"}],
        checks={"not_more_than": [{"part": "part", "whole": "all"}]},
    )
    _, findings = deliver(tmp_path, "Nr;Alle;Jahr;Anzahl\n101;10;2013;12\n102;0;2013;0\n", rules)
    assert only(findings, "not_more_than").line == 2


def test_zero_that_another_column_marks_is_no_value(tmp_path: Path) -> None:
    mapped = {"column": "Anzahl", "variable": "population", "not_applicable_where": {"Nr": "102"}}
    landed, findings = deliver(tmp_path, TEXT, contract(observations=[mapped]))
    assert findings == [] and landed is not None
    told = {area: said for area, *said in cells(landed, "area_id", "value_text", "value_status")}
    assert told == {"stadtteil-101": ["1200", "ok"], "stadtteil-102": ["", "not_applicable"]}


def test_mapping_that_matches_no_row_is_an_error(tmp_path: Path) -> None:
    rules = contract(
        observations=[{"column": "Anzahl", "variable": "population", "where": {"Stadtteil": "Gesamt"}}]
    )
    assert rules_of(deliver(tmp_path, TEXT, rules)[1]) == ["no_matching_rows"]


def test_mapping_of_one_level_leaves_rows_of_other_areas_to_another_mapping(tmp_path: Path) -> None:
    rules = contract(
        area={
            "by": "code",
            "column": "Nr",
            "patterns": [
                {"match": r"\s*", "level": "stadt", "code": "0"},
                {"match": r"\d+", "level": "stadtteil"},
            ],
        },
        observations=[
            {"column": "Anzahl", "variable": "population", "level": "stadtteil"},
            {"column": "Anzahl", "variable": "population_elsewhere", "level": "stadt"},
        ],
        checks={"unique": ["Nr"]},
    )
    landed, findings = deliver(tmp_path, HEADER + "101;Altstadt-Süd;2013;12\n;;2013;3\n", rules)
    assert findings == []
    assert cells(landed, "variable_id", "area_id", "value_text") == [
        ("population", "stadtteil-101", "12"),
        ("population_elsewhere", "stadt-0", "3"),
    ]


def test_mapping_of_a_level_that_no_row_has_is_an_error(tmp_path: Path) -> None:
    rules = contract(observations=[{"column": "Anzahl", "variable": "population", "level": "stadt"}])
    assert rules_of(deliver(tmp_path, TEXT, rules)[1]) == ["no_matching_rows"]


def test_factor_converts_exactly(tmp_path: Path) -> None:
    rules = contract(observations=[{"column": "Anzahl", "variable": "hectares", "factor": "0.01"}])
    landed, _ = deliver(tmp_path, HEADER + "101;Altstadt-Süd;2013;4051641\n", rules)
    assert cells(landed, "value_text") == [("40516.41",)]


def test_sql_and_markup_in_names_stay_text(tmp_path: Path) -> None:  # H10, H12, H13
    name = "Robert'); DROP TABLE f;--<script>{{ run_query('x') }}"
    rules = contract(
        columns=[
            {"name": "Nr", "type": "code"},
            {"name": "Stadtteil", "allowed": ["A"]},
            {"name": "Jahr", "type": "year"},
            {"name": "Anzahl", "type": "count"},
        ]
    )
    _, findings = deliver(tmp_path, HEADER + f'101;"{name}";2013;5\n', rules)
    assert "DROP TABLE" in only(findings, "not_allowed").message
