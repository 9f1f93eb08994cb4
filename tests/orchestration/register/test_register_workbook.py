"""The register as a workbook is the register as CSV files: written, filled, read back, told about in German.

Lives here: claims about the workbook. Must not live here: rules between rows (test_register_rules.py).
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from clean_register import Planning
from command_line import sozialraum
from openpyxl.workbook.workbook import Workbook

from orchestration.findings import Finding
from orchestration.register.columns import WORKBOOK
from orchestration.register.tables import REGISTER
from orchestration.register.template import ROOM, register_workbook
from orchestration.register.words import SHEETS, WORDS
from orchestration.register.workbook import HELP, NEEDED_MARK, as_text, read_workbook
from orchestration.settings import DEFAULT_WORKSPACE, Settings
from orchestration.workspace import Workspace, load_workspace
from orchestration.workspace_files import TABLES, Tables, read_table
from orchestration.workspace_landing import land_workspace

NAMES = {"child_poverty_sgb2_under_15": "Kinderarmut"}
HOSTILE = (
    "=1+1",
    "+49 461 85",
    "-2",
    "@SUM(A1)",
    "<script>alert('x')</script>",
    "Größe „Ümläute“ ß €",
    "007",
    "2021..2023",
    "2024-07",
    "1e5",
    "TRUE",
    "_x000D_",
    "a\nb",
    "'quoted",
    "😀",
    "x" * 30_000,
)


def read_tables(folder: Path, findings: list[Finding] | None = None) -> Tables:
    tables = Tables()
    for table in TABLES:
        read_table(folder, table, tables, [])
    read_workbook(folder, tables, [] if findings is None else findings)
    return tables


def as_workbook(folder: Path, edit: Callable[[Workbook], None] = lambda _: None) -> Path:
    """The workspace in `folder` with its planning files moved into a workbook, which is then edited."""
    book = openpyxl.load_workbook(io.BytesIO(register_workbook(read_tables(folder), NAMES, is_filled=True)))
    for file in (folder / "planning").glob("*.csv"):
        file.unlink()
    edit(book)
    book.save(folder / WORKBOOK)
    return folder


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return Planning.clean().write(tmp_path)


def same_register(one: Workspace, other: Workspace) -> list[str]:
    """Tables of the register that differ in a cell or in the order of their rows."""
    names = [table.name for table in REGISTER.values()]
    return [name for name in names if not one.tables[name].equals(other.tables[name])]


def test_register_of_the_demo_is_the_same_from_a_filled_workbook(tmp_path: Path) -> None:
    before, told_before = load_workspace(DEFAULT_WORKSPACE)
    city = tmp_path / "city"
    shutil.copytree(DEFAULT_WORKSPACE, city, ignore=shutil.ignore_patterns("inbox", "second_delivery"))
    out = tmp_path / "register.xlsx"
    done = sozialraum("register", "template", "--out", str(out), "--filled", "--workspace", str(city))
    assert done.returncode == 0, done.stderr
    shutil.rmtree(city / "planning")
    (city / "planning").mkdir()
    out.replace(city / WORKBOOK)
    after, told_after = load_workspace(city)
    assert sum(len(before.lines[table.name]) for table in REGISTER.values()) > 100
    assert same_register(before, after) == []
    assert [one.message for one in told_after] == [one.message for one in told_before]
    for table in REGISTER.values():
        n_rows = len(before.lines[table.name])
        assert after.lines[table.name] == list(range(2, n_rows + 2)), table.stem


def test_landed_rows_name_workbook_sheet_and_row(clean: Path, tmp_path: Path) -> None:
    import pandas as pd

    workspace, _ = load_workspace(as_workbook(clean))
    settings = Settings(clean, clean / "inbox", tmp_path / "home")
    land_workspace(settings, workspace, [])
    landed = pd.read_parquet(settings.landing / "workspace" / "planning_goals.parquet")
    assert set(landed["file_name"]) == {"planning/register.xlsx, Blatt goals"}
    assert list(landed["row_number"]) == ["2", "3"]


def test_hostile_texts_survive_as_texts(clean: Path) -> None:
    planning = clean / "planning"
    rows = "".join(f'o{at};"{text}";;\n' for at, text in enumerate(HOSTILE))
    (planning / "offices.csv").write_text("office_id;name_de;name_en;contact\n" + rows, encoding="utf-8")
    before = read_tables(clean)
    after = read_tables(as_workbook(clean))
    assert tuple(after.frames["planning_offices"]["name_de"]) == HOSTILE
    assert after.frames["planning_offices"].equals(before.frames["planning_offices"])
    sheet = openpyxl.load_workbook(clean / WORKBOOK)["offices"]
    assert {sheet.cell(line, 2).data_type for line in range(2, len(HOSTILE) + 2)} == {"s"}


def test_template_offers_lists_formats_and_marks_for_every_column(tmp_path: Path) -> None:
    out = tmp_path / "leer.xlsx"
    assert sozialraum("register", "template", "--out", str(out)).returncode == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [HELP[0], *REGISTER, "Wörter", "Spalten", "Gebiete", "Kennzahlen"]
    words = {str(cell.value) for cell in book["Wörter"]["A"][1:]}
    for table in REGISTER.values():
        sheet = book[table.stem]
        assert sheet.freeze_panes == "B2"
        assert [sheet.cell(1, at + 1).value for at in range(len(table.columns))] == [
            column.name + NEEDED_MARK * column.needed for column in table.columns
        ]
        lists = {
            str(one.sqref).split(":")[0]: str(one.formula1) for one in sheet.data_validations.dataValidation
        }
        for at, column in enumerate(table.columns, start=1):
            source = lists.get(sheet.cell(2, at).coordinate)
            is_chosen = column.kind in {"choice", "boolean"}
            is_reference = len(column.to) == 1 and column.kind != "list"
            assert (source is not None) == (is_chosen or is_reference), (table.stem, column.name)
            if source is not None:
                name, first, last = re.fullmatch(r"'(.+)'!\$A\$(\d+):\$A\$(\d+)", source).groups()  # type: ignore[union-attr]
                offered = [book[name].cell(line, 1).value for line in range(int(first), int(last) + 1)]
                if is_chosen:
                    assert offered == list(column.vocabulary or ("true", "false"))
                elif column.to[0] in REGISTER:
                    assert (name, offered[0], int(last) >= ROOM) == (column.to[0], None, True)
                else:
                    assert offered[0], (name, "lists what the workspace has")
            expected = {"date": "yyyy-mm-dd", "text": "@", "list": "@", "id": "@", "period": "@"}
            letter = sheet.cell(1, at).column_letter
            assert sheet.column_dimensions[letter].number_format == expected.get(
                column.kind, "@" if column.kind in {"choice", "boolean"} else "General"
            )
            assert set(column.vocabulary) <= words | set(WORDS)
    told = "\n".join(str(cell.value) for row in book["Anleitung"] for cell in row if cell.value)
    assert all(SHEETS[stem] in told for stem in REGISTER)


def test_every_sheet_and_word_is_explained() -> None:
    assert set(REGISTER) - set(SHEETS) == set()
    words = {word for table in REGISTER.values() for column in table.columns for word in column.vocabulary}
    assert words - set(WORDS) == set()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (17.300000000000001, "17.3"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (123456789012345.0, "123456789012345"),
        (1e-7, "0.0000001"),
        (True, "true"),
        (datetime.datetime(2024, 12, 31), "2024-12-31"),
        (datetime.datetime(2024, 12, 31, 8, 30), "2024-12-31 08:30:00"),
        (datetime.date(2024, 12, 31), "2024-12-31"),
        ("  007 ", "007"),
        ("", ""),
    ],
)
def test_typed_cell_is_the_text_of_its_csv_file(value: object, text: str) -> None:
    assert as_text(value) == text  # type: ignore[arg-type]


def test_what_people_type_is_read_as_the_files_say_it(clean: Path) -> None:
    """Days, numbers and truth as a spreadsheet program stores them; a column moved; a blank row between."""

    def typed(book: Workbook) -> None:
        book["papers"].cell(2, 6).value = True
        book["milestones"].insert_rows(3)
        book["targets"].cell(2, 11).value = 30.0
        sheet = book["offices"]
        for line in range(1, 5):
            sheet.cell(line, 1).value, sheet.cell(line, 2).value = (
                sheet.cell(line, 2).value,
                sheet.cell(line, 1).value,
            )

    before = load_workspace(clean)[0]
    after, told = load_workspace(as_workbook(clean, typed))
    assert told == []
    assert same_register(before, after) == []
    assert after.lines["planning_milestones"] == [2, 4]


# Everything that is wrong is said with sheet and cell.


def _set(sheet: str, at: str, value: object) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book[sheet][at] = value

    return edit


WRONG: list[tuple[str, str | None, Callable[[Workbook], None]]] = [
    ("unknown_sheet", None, lambda book: book.create_sheet("Ziele") and None),
    ("unknown_column", "goals!C1", _set("goals", "C1", "stufe")),
    ("missing_column", "goals!A1", _set("goals", "C1", None)),
    ("doubled_column", "offices!D1", _set("offices", "D1", "name_en")),
    ("unnamed_column", "offices!E1", _set("offices", "E3", "Notiz")),
    ("merged_cells", "goals!E2", lambda book: book["goals"].merge_cells("E2:E3")),
    ("formula_without_value", "targets!K2", _set("targets", "K2", "=10*3")),
    ("formula_error", "needs!C2", _set("needs", "C2", "#REF!")),
    ("not_a_date", "milestones!D2", _set("milestones", "D2", datetime.datetime(2022, 6, 30, 12, 15))),
    ("unknown_word", "goals!C3", _set("goals", "C3", "oben")),
    ("required", "needs!B2", _set("needs", "B2", None)),
    ("unknown_reference", "strategies!E2", _set("strategies", "E2", "Z-9")),
]


@pytest.mark.parametrize(("rule", "cell", "edit"), WRONG, ids=[one[0] for one in WRONG])
def test_defect_of_the_workbook_is_told_with_sheet_and_cell(
    rule: str, cell: str | None, edit: Callable[[Workbook], None], clean: Path
) -> None:
    told = [one for one in load_workspace(as_workbook(clean, edit))[1] if one.severity == "error"]
    assert rule in {one.rule for one in told}, [one.sentence() for one in told]
    found = next(one for one in told if one.rule == rule)
    assert (found.file, found.cell, found.language) == (WORKBOOK, cell, "de")
    place = f", Zelle {cell}" if cell else ""
    assert found.sentence().startswith(f"FEHLER [{rule}] planning/register.xlsx{place}")


def test_all_defects_of_the_workbook_are_told_at_once(clean: Path) -> None:
    def edit(book: Workbook) -> None:
        for _, _, one in WRONG[:5]:
            one(book)
        book["targets"]["K2"] = "=10*3"

    told = {one.rule for one in load_workspace(as_workbook(clean, edit))[1]}
    assert told >= {"unknown_sheet", "missing_column", "doubled_column", "formula_without_value"}


def test_saved_result_of_a_formula_and_a_hidden_row_are_read_and_mentioned(clean: Path) -> None:
    def edit(book: Workbook) -> None:
        book["goals"].row_dimensions[3].hidden = True

    workspace, told = load_workspace(as_workbook(clean, edit))
    assert [(one.rule, one.severity, one.cell) for one in told] == [("hidden_row", "warning", "goals!A3")]
    assert len(workspace.tables["planning_goals"]) == 2


def test_table_in_sheet_and_csv_file_is_an_error_and_an_empty_sheet_is_no_table(clean: Path) -> None:
    text = (clean / "planning" / "offices.csv").read_text(encoding="utf-8")
    as_workbook(clean)
    (clean / "planning" / "offices.csv").write_text(text, encoding="utf-8")
    (told,) = load_workspace(clean)[1]
    assert (told.rule, told.cell) == ("table_twice", "offices!A1")
    assert "planning/offices.csv" in told.message
    book = openpyxl.load_workbook(clean / WORKBOOK)
    book["offices"].delete_rows(2, 10)
    book.save(clean / WORKBOOK)
    workspace, found = load_workspace(clean)
    assert (found, len(workspace.tables["planning_offices"])) == ([], 3)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a workbook", b"office_id;name_de\n"])
def test_file_that_is_no_workbook_is_told_and_breaks_nothing(data: bytes, clean: Path) -> None:
    as_workbook(clean)
    (clean / WORKBOOK).write_bytes(data)
    told = load_workspace(clean)[1]
    assert [(one.file, one.rule, one.language) for one in told] == [(WORKBOOK, "damaged_workbook", "de")]


def test_workbook_under_another_name_is_not_passed_over(clean: Path) -> None:
    as_workbook(clean)
    shutil.copy(clean / WORKBOOK, clean / "planning" / "Register (2).xlsx")
    (clean / "planning" / "~$register.xlsx").write_bytes(b"open elsewhere")
    (told,) = load_workspace(clean)[1]
    assert (told.file, told.rule) == ("planning/Register (2).xlsx", "other_workbook")


# The command.


def test_command_overwrites_nothing_and_says_what_is_wrong(clean: Path, tmp_path: Path) -> None:
    out = tmp_path / "register.xlsx"
    command = ("register", "template", "--workspace", str(clean), "--out")
    assert sozialraum(*command, str(out)).returncode == 0
    first = out.read_bytes()
    again = sozialraum(*command, str(out))
    assert (again.returncode, "not overwritten" in again.stderr, out.read_bytes()) == (2, True, first)
    for wrong in (tmp_path / "register.csv", tmp_path / "absent" / "register.xlsx"):
        done = sozialraum(*command, str(wrong))
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    (clean / "planning" / "offices.csv").write_text("office_id\n", encoding="utf-8")
    refused = sozialraum(*command, str(tmp_path / "other.xlsx"), "--filled")
    assert (refused.returncode, refused.stderr.startswith("FEHLER [columns]")) == (1, True)


def test_text_that_no_workbook_holds_is_told_with_its_place(clean: Path, tmp_path: Path) -> None:
    file = clean / "planning" / "offices.csv"
    file.write_text("office_id;name_de\njugend;Jugend\x07amt\n", encoding="utf-8")
    done = sozialraum(
        *("register", "template", "--filled", "--workspace", str(clean), "--out", str(tmp_path / "r.xlsx"))
    )
    assert (done.returncode, "offices, Zeile 2, Spalte 'name_de'" in done.stderr) == (2, True)
