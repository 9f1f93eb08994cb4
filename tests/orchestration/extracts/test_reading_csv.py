"""Delimited files: form, encoding, lines. Rows of the fault list are named in the test's comment."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from small_delivery import HEADER, ROWS, contract, deliver, only, read, rules_of

from orchestration.extracts.table import LINE

TEXT = HEADER + ROWS


def frame_text(folder: Path, content: str | bytes, **file: object) -> list[list[str]]:
    table, findings = read(folder, content, contract(file=file))
    assert rules_of(findings) == []
    assert table is not None
    assert list(table.frame.columns[:-1]) == ["Nr", "Stadtteil", "Jahr", "Anzahl"]
    return [list(row) for row in table.frame.drop(columns=LINE).itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("declared", "data"),
    [
        ("utf-8", codecs.BOM_UTF8 + TEXT.encode()),
        ("windows-1252", TEXT.encode("cp1252")),
        ("latin-1", TEXT.encode("latin-1")),
        ("utf-16", TEXT.encode("utf-16")),
        ("utf-16-le", TEXT.encode("utf-16-le")),
        ("utf-16-be", codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")),
    ],
)
def test_declared_encoding_gives_the_same_table(
    tmp_path: Path, declared: str, data: bytes
) -> None:  # E01-E04
    assert frame_text(tmp_path, data, encoding=declared) == frame_text(tmp_path, TEXT)


@pytest.mark.parametrize(
    ("declared", "actual", "proposal"),
    [
        ("utf-8", "cp1252", "windows-1252"),
        ("windows-1252", "utf-8", "utf-8"),
        ("latin-1", "utf-8", "utf-8"),
        ("utf-8", "utf-16", "utf-16"),
        ("utf-8", "utf-16-le", "utf-16-le"),
        ("windows-1252", "utf-16", "utf-16"),
    ],
)
def test_wrong_encoding_is_an_error_that_proposes_the_right_one(
    tmp_path: Path, declared: str, actual: str, proposal: str
) -> None:  # E02-E04
    table, findings = read(tmp_path, TEXT.encode(actual), contract(file={"encoding": declared}))
    finding = only(findings, "wrong_encoding")
    assert finding.severity == "error"
    assert proposal in finding.expected
    assert finding.line is not None
    assert table is not None
    assert "Altstadt-Süd" in set(table.frame["Stadtteil"])  # read on with the proposal, never mojibake


def test_windows_1252_signs_in_a_latin_1_file_are_reported(tmp_path: Path) -> None:
    data = (HEADER + "101;Süd – „Alt“;2013;5\n").encode("cp1252")
    _, findings = read(tmp_path, data, contract(file={"encoding": "latin-1"}))
    assert "windows-1252" in only(findings, "wrong_encoding").expected


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_declared_delimiter_gives_the_same_table(tmp_path: Path, delimiter: str) -> None:  # E05
    assert frame_text(tmp_path, TEXT.replace(";", delimiter), delimiter=delimiter) == frame_text(
        tmp_path, TEXT
    )


def test_wrong_delimiter_is_named(tmp_path: Path) -> None:
    table, findings = read(tmp_path, TEXT.replace(";", ","))
    assert table is None
    assert "comma" in only(findings, "wrong_file").expected


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_do_not_matter(tmp_path: Path, end: str) -> None:  # E07
    assert frame_text(tmp_path, TEXT.replace("\n", end)) == frame_text(tmp_path, TEXT)


def test_quotes_and_line_breaks_inside_a_cell_keep_exact_line_numbers(tmp_path: Path) -> None:  # E06
    text = HEADER + '101;"Köln ""Süd""\nX; Y";2013;5\n102;Mülheim;2013;x1\n'
    table, _ = read(tmp_path, text)
    assert table is not None
    assert table.frame["Stadtteil"].iloc[0] == 'Köln "Süd"\nX; Y'
    assert table.frame[LINE].tolist() == [2, 4]
    _, findings = deliver(tmp_path, text)
    assert only(findings, "number").line == 4


def test_file_cut_inside_its_last_number_is_refused(tmp_path: Path) -> None:  # D01
    _, findings = read(tmp_path, TEXT[:-2])
    finding = only(findings, "final_newline")
    assert finding.severity == "error"
    assert finding.line == 3


def test_missing_final_newline_is_fine_where_the_contract_says_absent(tmp_path: Path) -> None:
    rules = contract(file={"final_newline": "absent"}, checks={"exact_rows": 2})
    _, findings = deliver(tmp_path, TEXT[:-1], rules)
    assert rules_of(findings) == []
    _, findings = deliver(tmp_path, HEADER + ROWS.splitlines()[0], rules)
    assert rules_of(findings) == ["row_count"]


def test_absent_final_newline_needs_a_row_count() -> None:
    with pytest.raises(ValueError, match="exact_rows"):
        contract(file={"final_newline": "absent"})


def test_title_header_and_footer_lines_are_taken_as_declared(tmp_path: Path) -> None:
    text = 'Ein "Titel\nStand;2013\n;;Einwohner;\nNr;Stadtteil;Jahr;Anzahl\n' + ROWS + "____\n(C) Amt\n"
    file = {"title_lines": 2, "header_lines": 2, "footer_starts_with": "____"}
    names = ["Nr", "Stadtteil", "Einwohner | Jahr", "Einwohner | Anzahl"]
    rules = contract(
        file=file,
        columns=[{"name": n, "type": "text"} for n in names],
        observations=[{"column": names[3], "variable": "population"}],
        period={"column": names[2]},
        checks={"unique": []},
    )
    table, findings = read(tmp_path, text, rules)
    assert rules_of(findings) == []
    assert table is not None
    assert table.header_line == 4
    assert table.frame[LINE].tolist() == [5, 6]
    assert list(table.frame.columns[:-1]) == names


def test_text_under_the_table_without_a_footer_rule_is_an_error_with_its_line(tmp_path: Path) -> None:  # E22
    _, findings = read(tmp_path, TEXT + "Quelle: Amt\n")
    assert only(findings, "ragged_row").line == 4


def test_declared_footer_that_is_not_there_means_the_file_is_cut(tmp_path: Path) -> None:
    _, findings = read(tmp_path, TEXT, contract(file={"footer_starts_with": "____"}))
    assert rules_of(findings) == ["footer_missing"]


def test_ragged_rows_are_all_reported_and_never_shift_values(tmp_path: Path) -> None:
    table, findings = read(tmp_path, TEXT + "103;Neu;2020\n103;Neu;2021;5;6\n")
    assert [f.line for f in findings if f.rule == "ragged_row"] == [4, 5]
    assert table is not None
    assert len(table.frame) == 2


def test_unclosed_quote_is_an_error_at_the_line_where_it_opens(tmp_path: Path) -> None:
    _, findings = read(tmp_path, HEADER + '101;"Altstadt;2013;5\n102;M;2013;6\n')
    assert only(findings, "csv_syntax").line == 2


@pytest.mark.parametrize(
    ("content", "rule"), [("", "empty_file"), ("\n \n", "empty_file"), (HEADER, "no_rows")]
)
def test_empty_file_is_never_read_as_zero(tmp_path: Path, content: str, rule: str) -> None:  # D18
    _, findings = deliver(tmp_path, content)
    assert rules_of(findings) == [rule]


@pytest.mark.parametrize("sign", ["\0", "\u202e", "\u200b", "\x07", "\x85"])
def test_invisible_characters_are_refused_and_shown(tmp_path: Path, sign: str) -> None:  # E30, E31
    _, findings = read(tmp_path, HEADER + f"101;Alt{sign}stadt;2013;1\n102;M;2013;2\n")
    finding = only(findings, "control_character")
    assert finding.line == 2
    assert sign not in finding.sentence()
    assert f"U+{ord(sign):04X}" in finding.message


def test_very_long_cell_is_refused(tmp_path: Path) -> None:  # H06
    _, findings = read(tmp_path, HEADER + f"101;{'x' * 200_000};2013;1\n")
    assert rules_of(findings)[0] == "cell_too_long"


def test_header_with_a_million_names_is_refused(tmp_path: Path) -> None:  # H02
    table, findings = read(tmp_path, ";".join(f"c{n}" for n in range(1_000_000)) + "\n1\n")
    assert table is None
    assert rules_of(findings) == ["too_many_columns"]


def test_file_above_the_size_limit_is_refused_unread(tmp_path: Path) -> None:  # H01
    table, findings = read(tmp_path, TEXT, contract(file={"max_bytes": 10}))
    assert table is None
    assert rules_of(findings) == ["too_large"]


def test_symbolic_link_is_not_followed(tmp_path: Path) -> None:  # H08
    (tmp_path / "secret").write_text(TEXT)
    (tmp_path / "einwohner.csv").symlink_to(tmp_path / "secret")
    from orchestration.extracts.reading import read_table

    table, findings = read_table(tmp_path / "einwohner.csv", contract(), "einwohner.csv")
    assert table is None
    assert rules_of(findings) == ["unreadable"]
