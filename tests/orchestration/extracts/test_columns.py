"""Which column is which, and which must never come."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_delivery import ROWS, cells, contract, deliver, fields, only, read, rules_of

from orchestration.extracts.columns import is_person_level
from orchestration.extracts.contract import Contract
from orchestration.extracts.table import joined_header


def test_renamed_column_names_expected_found_and_nearest(tmp_path: Path) -> None:  # D09
    _, findings = deliver(tmp_path, "Nr;Stadtteil;Jahr;Anz.\n" + ROWS.replace(";34", ";-34"))
    finding = only(findings, "column_missing")
    assert "'Anzahl'" in finding.message
    assert "'Anz.'" in finding.message
    assert finding.line == 1
    assert only(findings, "number").line == 3  # the stand-in's cells are checked as well


def test_removed_column_is_an_error(tmp_path: Path) -> None:  # D11
    _, findings = deliver(tmp_path, "Nr;Stadtteil;Jahr\n101;Altstadt-Süd;2013\n")
    assert rules_of(findings) == ["column_missing"]


@pytest.mark.parametrize(("mode", "severity"), [("warn", "warning"), ("refuse", "error"), ("ignore", None)])
def test_additional_column_never_shifts_values(
    tmp_path: Path, mode: str, severity: str | None
) -> None:  # D10
    text = "Nr;Neu;Stadtteil;Jahr;Anzahl\n101;9;Altstadt-Süd;2013;1200\n"
    landed, findings = deliver(tmp_path, text, contract(additional_columns=mode))
    assert cells(landed, "area_code", "value_text") == [("101", "1200")]
    assert [f.severity for f in findings if f.rule == "additional_column"] == ([severity] if severity else [])


def test_reordered_columns_give_the_same_result(tmp_path: Path) -> None:  # D12
    landed, findings = deliver(tmp_path, "Anzahl;Jahr;Stadtteil;Nr\n1200;2013;Altstadt-Süd;101\n")
    assert findings == []
    assert cells(landed, "area_code", "period_id", "value_text") == [("101", "2013", "1200")]


def test_wrong_file_is_recognised_by_its_header(tmp_path: Path) -> None:  # D19
    table, findings = read(tmp_path, "datum;gesamt;weiblich\n2013-01-31;5;3\n")
    assert table is None
    assert rules_of(findings) == ["wrong_file"]


def test_repeated_contract_column_is_an_error(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "Nr;Stadtteil;Jahr;Anzahl;Anzahl\n101;Altstadt-Süd;2013;1;2\n")
    assert rules_of(findings) == ["duplicate_column"]


def test_trailing_delimiter_makes_no_additional_column(tmp_path: Path) -> None:
    _, findings = deliver(tmp_path, "Nr;Stadtteil;Jahr;Anzahl;\n101;Altstadt-Süd;2013;1;\n")
    assert findings == []


@pytest.mark.parametrize(
    "name",
    [
        "Vorname",
        "NACHNAME",
        "Geburtsdatum",
        "Geburtstag",
        "Geburtsname",
        "Steuer-ID",
        "Steueridentifikationsnummer",
        "Sozialversicherungsnummer",
        "Personalausweis-Nr.",
        "Aktenzeichen",
        "Fallnummer",
        "Fall-ID",
        "Kundennummer",
        "BG-Nummer",
        "IBAN",
        "Telefon privat",
        "E-Mail (privat)",
        "person_id",
        "first name",
        "date_of_birth",
        "Telefon",
    ],
)
def test_person_level_column_is_refused(name: str) -> None:
    assert is_person_level(name, contract())


@pytest.mark.parametrize(
    "name", ["Name", "Fallzahl", "Geburten", "Stadtteil-Nr.", "Haushalte", "Personen", "Kinder"]
)
def test_column_of_a_count_is_not_taken_for_person_level(name: str) -> None:
    assert not is_person_level(name, contract())


def test_person_level_column_refuses_the_file_even_if_unused(tmp_path: Path) -> None:
    text = "Nr;Stadtteil;Jahr;Anzahl;Geburtsdatum\n101;Altstadt-Süd;2013;1;01.02.1980\n"
    _, findings = read(tmp_path, text, contract(additional_columns="ignore"))
    assert only(findings, "person_level_column").column == "Geburtsdatum"
    explained = contract(
        additional_columns="ignore", reviewed_columns={"Geburtsdatum": "Datum der Einrichtung"}
    )
    assert rules_of(read(tmp_path, text, explained)[1]) == []


def test_telephone_of_an_office_is_allowed_in_an_inventory() -> None:
    assert not is_person_level("Telefon", contract(group="inventory"))
    assert is_person_level("Telefon privat", contract(group="inventory"))


def test_merged_header_cells_are_filled_and_joined() -> None:  # E21
    lines = [["Nr", "Einwohner", "", "", "Summe"], ["", "männlich", "", "weiblich", "Summe"]]
    assert joined_header(lines) == [
        "Nr",
        "Einwohner | männlich",
        "Einwohner",
        "Einwohner | weiblich",
        "Summe",
    ]
    assert joined_header([["", "a", ""], ["", "b", ""], ["", "c", "d"]]) == [
        "column_1",
        "a | b | c",
        "a | b | d",
    ]


def test_contract_that_uses_an_undeclared_column_is_refused() -> None:
    broken = fields(observations=[{"column": "Zahl", "variable": "population"}])
    with pytest.raises(ValueError, match="Zahl"):
        Contract.model_validate(broken)


@pytest.mark.parametrize("field", ["publisher", "licence", "purpose", "legal_basis", "owner"])
def test_contract_without_origin_or_legal_basis_is_refused(field: str) -> None:
    broken = fields()
    del broken[field]
    with pytest.raises(ValueError, match=field):
        Contract.model_validate(broken)
