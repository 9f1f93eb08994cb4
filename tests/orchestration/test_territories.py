"""What is wrong with shares and crosswalks is said with file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from changing_city import write_city

from orchestration.findings import Finding
from orchestration.workspace import load_workspace

SHARES, CROSSWALKS = "geography/shares.csv", "geography/crosswalks.csv"
FROM_2020 = "2020-01-01;"


def found(folder: Path) -> list[Finding]:
    return load_workspace(folder)[1]


def test_workspace_of_the_changing_city_is_right(tmp_path: Path) -> None:
    assert found(write_city(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "rule", "said"),
    [
        (SHARES, "stadtteil;01;0.5", "stadtteil;09;0.5", 2, "unknown_area", "'stadtteil-09'"),
        (SHARES, "sozialraum;A;stadtteil;01", "sozialraum;C;stadtteil;01", 2, "unknown_area", "sozialraum-C"),
        (SHARES, "stadtteil;01;0.5", "stadtteil;01;0", 2, "not_a_part", "share is '0'"),
        (SHARES, "stadtteil;01;0.5", "stadtteil;01;1.5", 2, "not_a_part", "share is '1.5'"),
        (SHARES, "stadtteil;01;0.5", "stadtteil;01;half", 2, "not_a_number", "share is 'half'"),
        (SHARES, "01;0.5;;2020-01-01", "01;0.5;;", 2, "share_validity", "does not exist on all days"),
        (SHARES, "stadtteil;01;0.5", "sozialraum;B;0.5", 2, "member_level", "level of the area and of its"),
        (SHARES, f"B;stadtteil;02;0.4;{FROM_2020}\n", f"B;stadtteil;02;0.4;{FROM_2020}\n"
         f"sozialraum;A;stadtteil;02;0.7;{FROM_2020}\n", 8, "share_sum", "with 1.1 in all (lines 7, 8)"),
        (SHARES, f"sozialraum;B;stadtteil;02;0.4;{FROM_2020}\n", "", 6, "mixed_members",
         "the members of 'sozialraum-B' on 2020-01-01 are of the levels 'stadtteil' and 'viertel'"),
        (CROSSWALKS, "stadtteil;04;2020-01-01;0.6", "stadtteil;04;2019-01-01;0.6", 2, "unknown_area",
         "no area stadtteil-04 begins on 2019-01-01"),
        (CROSSWALKS, "05;2020-01-01;0.4", "05;2020-01-01;0.3", 3, "weight_sum", "add up to 0.9"),
        (CROSSWALKS, "05;2020-01-01;0.4", "05;2020-01-01;-0.4", 3, "not_a_part", "weight is '-0.4'"),
        (CROSSWALKS, "0.6;Einwohner am 31.12.2019", "0.6;", 2, "empty_cell", "weight_basis is empty"),
        (CROSSWALKS, "stadtteil;03;;stadtteil;05", "stadtteil;02;;stadtteil;05", 4, "crosswalk_order",
         "stadtteil-02 has not ended when 05 begins"),
        (CROSSWALKS, "stadtteil;03;;stadtteil;05;2020-01-01", "stadtteil;03;;sozialraum;B;2020-01-01", 4,
         "crosswalk_levels", "'stadtteil' becomes 'sozialraum'"),
    ],
)  # fmt: skip
def test_wrong_territory_is_told_with_its_line(
    file: str, old: str, new: str, line: int, rule: str, said: str, tmp_path: Path
) -> None:
    path = write_city(tmp_path) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = [one for one in found(tmp_path) if (one.file, one.line, one.rule) == (file, line, rule)]
    assert len(told) == 1, [one.sentence() for one in found(tmp_path)]
    assert said in told[0].message
    assert told[0].severity == "error"
    assert told[0].expected


def test_weights_of_three_thirds_are_one(tmp_path: Path) -> None:
    path = write_city(tmp_path) / CROSSWALKS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(";0.6;", ";0.666667;").replace(";0.4;", ";0.333333;"), encoding="utf-8")
    assert found(tmp_path) == []


def test_break_may_name_areas_and_need_not(tmp_path: Path) -> None:
    breaks = write_city(tmp_path) / "series_breaks.csv"
    header = "break_id;indicator_id;period_id;kind;reason_de;reason_en;bridged"
    row = "b1;pop_total;2020;definition;neu gezählt;counted anew;false"
    breaks.write_text(f"{header}\n{row}\n", encoding="utf-8")
    workspace, findings = load_workspace(tmp_path)
    assert (findings, workspace.tables["series_breaks"]["area_ids"].tolist()) == ([], [""])
    breaks.write_text(f"{header};area_ids\n{row};stadtteil-04|stadtteil-05\n", encoding="utf-8")
    assert found(tmp_path) == []
    breaks.write_text(f"{header};area_ids\n{row};stadtteil-04|stadtteil-99\n", encoding="utf-8")
    (told,) = found(tmp_path)
    assert (told.file, told.line, told.column, told.rule) == (
        "series_breaks.csv", 2, "area_ids", "unknown_area",
    )  # fmt: skip
