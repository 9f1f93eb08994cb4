"""Downloads open in a German spreadsheet, run nothing and hide what is hidden."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook
from subjects import subject

from dashboards import tables
from dashboards.release import Release
from dashboards.tables import Cell


def exported(release: Release, lang: str = "de") -> list[dict[str, Cell]]:
    s = subject(release, "sgb2_quota", lang=lang)
    return tables.export_rows(s.values, s.indicator, s.meta(), s.language)


def test_csv_has_byte_order_mark_semicolons_and_decimal_commas(release: Release) -> None:
    data = tables.csv_bytes(exported(release))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    published = {v.area_id: v.value for v in subject(release, "sgb2_quota").values}
    assert len(rows) == len(published) == 12
    for row in rows:
        value = published[row["area_id"]]
        assert row["Wert"] == ("" if value is None else repr(value).replace(".", ","))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_export_row_carries_origin_and_demo_label(release: Release, lang: str) -> None:
    for row in exported(release, lang):
        said = " ".join(str(cell) for cell in row.values())
        for part in ("Jobcenter Musterstadt", "Datenlizenz", "2024", "Demo", " 1 "):
            assert part in said


@pytest.mark.parametrize("text", ["=1+1", "+49", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_texts_that_look_like_formulas_are_neutralised_in_both_files(text: str) -> None:
    rows: list[dict[str, Cell]] = [{"=name": text, "value": -3.5}]
    line = tables.csv_bytes(rows).decode("utf-8-sig")
    cells = next(csv.reader(io.StringIO(line.split("\r\n", 1)[1]), delimiter=";"))
    assert cells == [f"'{text}", "-3,5"]
    sheet = load_workbook(io.BytesIO(tables.xlsx_bytes(rows, "x"))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[1]] == ["s", "s"]
    assert (sheet.cell(2, 1).data_type, sheet.cell(2, 2).value) == ("s", -3.5)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_columns_keep_their_own_names_in_each_language(release: Release, lang: str) -> None:
    assert {len(row) for row in exported(release, lang)} == {26}


def test_hidden_areas_have_a_reason_and_no_number(release: Release) -> None:
    row = next(row for row in exported(release) if row["area_id"] == "stadtteil-103")
    assert row["Status"] == "geheim gehalten"
    assert [row[name] for name in ("Wert", "Zähler", "Nenner", "Rang", "95-%-Intervall, untere Grenze")] == [
        None
    ] * 5


def test_workbook_holds_numbers_as_numbers(release: Release) -> None:
    sheet = load_workbook(io.BytesIO(tables.xlsx_bytes(exported(release), "sgb2_quota"))).active
    assert sheet is not None
    names = [cell.value for cell in sheet[1]]
    assert isinstance(sheet.cell(2, names.index("Wert") + 1).value, float)


def test_table_of_the_page_shows_words_for_hidden_values(release: Release) -> None:
    s = subject(release, "sgb2_quota")
    row = next(
        r for r in tables.value_table(s.values, s.indicator, s.language) if r["Gebiet"].startswith("103")
    )
    assert (row["Wert (Prozent)"], row["Zähler"], row["Rang"], row["Vergleich mit der Stadt"]) == (
        "geheim gehalten", "–", "–", "×",
    )  # fmt: skip
