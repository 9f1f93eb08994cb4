"""Workbooks: the same table as the CSV twin, cell addresses, and refusal of hostile archives."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from small_delivery import HEADER, ROWS, cells, contract, deliver, only, read, rules_of

from orchestration.extracts.contract import Contract
from orchestration.extracts.table import LINE

ROWS_TYPED: list[list[Any]] = [[101, "Altstadt-Süd", 2013, 1200], [102, "Mülheim", 2013, 34]]


def workbook(rows: list[list[Any]], sheet: str = "Tabelle1", merge: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rules(**file: Any) -> Contract:
    return contract(file={"pattern": "*.xlsx", "format": "xlsx", "sheet": "Tabelle1", **file})


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts added or replaced; names use __ for / and _dot_ for a dot."""
    out = io.BytesIO()
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, part in named.items():
            new.writestr(name, part)
    return out.getvalue()


def test_workbook_gives_the_same_table_as_its_csv_twin(tmp_path: Path) -> None:  # E21
    data = workbook([["Einwohner"], ["Nr", "Stadtteil", "Jahr", "Anzahl"], *ROWS_TYPED])
    sheet, findings = read(tmp_path, data, rules(title_lines=1))
    text, _ = read(tmp_path, HEADER + ROWS)
    assert findings == []
    assert sheet is not None
    assert text is not None
    assert sheet.frame.drop(columns=LINE).equals(text.frame.drop(columns=LINE))
    assert sheet.frame[LINE].tolist() == [3, 4]


def test_merged_header_of_two_rows_is_flattened(tmp_path: Path) -> None:
    head = [["Nr", "Einwohner", None], [None, "männlich", "weiblich"]]
    columns = [{"name": "Nr"}, {"name": "Einwohner | männlich"}, {"name": "Einwohner | weiblich"}]
    table, findings = read(
        tmp_path,
        workbook([*head, [101, 5, 6]], merge="B1:C1"),
        Contract.model_validate(
            rules(header_lines=2).model_dump()
            | {"columns": columns, "produces": "register", "checks": {}, "area": None, "period": None}
            | {"observations": []}
        ),
    )
    assert findings == []
    assert table is not None
    assert list(table.frame.columns[:-1]) == [column["name"] for column in columns]


def test_finding_names_sheet_and_cell(tmp_path: Path) -> None:
    data = workbook([["Nr", "Stadtteil", "Jahr", "Anzahl"], [101, "Altstadt-Süd", 2013, "viele"]])
    _, findings = deliver(tmp_path, data, rules(), "einwohner.xlsx")
    assert only(findings, "number").cell == "Tabelle1!D2"


def test_fraction_in_a_sheet_is_read_whatever_the_decimal_sign(tmp_path: Path) -> None:
    columns = [{"name": "Nr", "type": "code"}, {"name": "Stadtteil"}, {"name": "Jahr", "type": "year"}]
    share = Contract.model_validate(
        rules(decimal=",", thousands=".").model_dump()
        | {"columns": [*columns, {"name": "Anzahl", "type": "decimal"}]}
    )
    data = workbook([["Nr", "Stadtteil", "Jahr", "Anzahl"], [101, "Altstadt-Süd", 2013, 1234.5]])
    landed, findings = deliver(tmp_path, data, share, "einwohner.xlsx")
    assert findings == []
    assert cells(landed, "value_text") == [("1234.5",)]


@pytest.mark.parametrize("epoch", [WINDOWS_EPOCH, MAC_EPOCH])
def test_dates_follow_the_epoch_of_the_workbook(tmp_path: Path, epoch: datetime.datetime) -> None:  # E27
    book = openpyxl.Workbook()
    book.epoch = epoch
    page = book.active
    assert page is not None
    page.title = "Tabelle1"
    page.append(["Nr", "Stadtteil", "Jahr", "Anzahl"])
    page.append([101, "Altstadt-Süd", datetime.date(2024, 4, 3), 5])
    out = io.BytesIO()
    book.save(out)
    table, _ = read(tmp_path, out.getvalue(), rules())
    assert table is not None
    assert table.frame["Jahr"].tolist() == ["2024-04-03"]


def test_declared_sheet_is_taken_by_name_and_a_missing_one_is_named(tmp_path: Path) -> None:  # E24
    data = workbook([["Nr", "Stadtteil", "Jahr", "Anzahl"], *ROWS_TYPED], sheet="Daten 2013")
    table, findings = read(tmp_path, data, rules(sheet="Daten 2012"))
    assert table is None
    assert "'Daten 2013'" in only(findings, "sheet_missing").expected
    table, findings = read(tmp_path, data, rules(sheet=None))
    assert findings == []
    assert table is not None


def test_hidden_row_is_read_and_reported(tmp_path: Path) -> None:  # E24
    book = openpyxl.load_workbook(io.BytesIO(workbook([["Nr", "Stadtteil", "Jahr", "Anzahl"], *ROWS_TYPED])))
    book["Tabelle1"].row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    table, findings = read(tmp_path, out.getvalue(), rules())
    assert table is not None
    assert len(table.frame) == 2
    assert (only(findings, "hidden_row").severity, only(findings, "hidden_row").line) == ("warning", 3)


def test_formula_without_saved_result_is_an_error(tmp_path: Path) -> None:  # E25
    data = workbook([["Nr", "Stadtteil", "Jahr", "Anzahl"], [101, "Altstadt-Süd", 2013, "=SUM(A1:A2)"]])
    _, findings = read(tmp_path, data, rules())
    assert only(findings, "formula_without_value").cell == "Tabelle1!D2"
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(part).decode()
    cached = xml.replace("<v/>", "<v>7</v>").replace("<v></v>", "<v>7</v>").replace("<v />", "<v>7</v>")
    assert cached != xml
    table, findings = read(tmp_path, repacked(data, xl__worksheets__sheet1_dot_xml=cached.encode()), rules())
    assert rules_of(findings, "warning") == ["formula"]
    assert table is not None
    assert table.frame["Anzahl"].tolist() == ["7"]


def test_zip_bomb_is_refused_before_unpacking(tmp_path: Path) -> None:  # H03
    bomb = repacked(workbook(ROWS_TYPED), xl__media__big_dot_xml=b"0" * (186 * 1024 * 1024))
    assert len(bomb) < 2 * 1024 * 1024
    start = time.perf_counter()
    table, findings = read(tmp_path, bomb, rules())
    assert time.perf_counter() - start < 1
    assert table is None
    assert rules_of(findings) == ["zip_limits"]


def test_entry_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:  # H04
    data = bytearray(repacked(workbook(ROWS_TYPED), xl__media__big_dot_bin=b"0" * 3_000_000))
    size = (3_000_000).to_bytes(4, "little")
    while size in data:
        at = data.index(size)
        data[at : at + 4] = (1000).to_bytes(4, "little")
    table, findings = read(tmp_path, bytes(data), rules())
    assert table is None
    assert rules_of(findings) == ["damaged_workbook"]


def test_xml_entities_are_refused(tmp_path: Path) -> None:  # H05
    laughs = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    table, findings = read(
        tmp_path, repacked(workbook(ROWS_TYPED), xl__sharedStrings_dot_xml=laughs), rules()
    )
    assert table is None
    assert rules_of(findings) == ["xml_entities"]


def test_stray_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS_TYPED)))
    book["Tabelle1"]["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    table, findings = read(tmp_path, out.getvalue(), rules())
    assert table is None
    assert rules_of(findings) == ["sheet_too_large"]


def test_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    table, findings = read(tmp_path, b"PK\x03\x04 no zip", rules())
    assert table is None
    assert rules_of(findings) == ["damaged_workbook"]
