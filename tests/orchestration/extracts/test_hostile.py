"""Files made to hurt: refused at once, with little memory, in few sentences of one line each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_delivery import HEADER, contract, deliver, only, read, rules_of

from orchestration.extracts.reading import read_table
from orchestration.extracts.table import MAX_MESSAGE, REPEATED_FINDINGS, Complaints, plain_number, visible

MIB = 1024 * 1024
MAX_SECONDS = 3.0  # about 0.1 on an idle machine; the defect took 74
MAX_MEMORY = 300  # MiB over baseline
MEASURED = """
import sys, time
from pathlib import Path
from small_delivery import contract
from orchestration.extracts.reading import read_table

def peak():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]) // 1024

open("/proc/self/clear_refs", "w").write("5")  # the peak begins anew, after the imports
before, begin = peak(), time.perf_counter()
table, findings = read_table(Path(sys.argv[1]), contract(), "einwohner.csv")
rules = ",".join(sorted({finding.rule for finding in findings}))
print(table is None, len(findings), time.perf_counter() - begin, peak() - before, rules)
"""

HOSTILE = {
    "NULs": (HEADER.encode(), b"\0", 5 * MIB),
    "NULs in lines": (HEADER.encode(), b"101;A\x07b;2013;1\n" * 100, 3000),
    "one cell": (HEADER.encode() + b"101;", b"x" * MIB, 100),
    "one header cell": (b"", b"x" * MIB, 100),
    "one quoted cell": (HEADER.encode() + b'101;"', b"xxxxxxxxx\n" * 1000, 8_000),
    "another table": (b"A;B;C\n", b"1;2;3\n" * 1000, 3000),
    "rows of another table": (HEADER.encode(), b"1;2;3\n" * 1000, 3000),
}


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_quickly_and_with_little_memory(tmp_path: Path, case: str) -> None:
    start, piece, times = HOSTILE[case]
    path = tmp_path / "einwohner.csv"
    with path.open("wb") as file:
        file.write(start)
        for _ in range(times) if len(piece) > 1 else ():
            file.write(piece)
        if len(piece) == 1:
            file.write(piece * times)
    folders = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    command = [sys.executable, "-c", MEASURED, str(path)]
    ended = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": folders},
        check=True,
        timeout=120,
        capture_output=True,
        text=True,
    )
    refused, findings, seconds, memory, rules = ended.stdout.split()
    assert refused == "True"
    assert 1 <= int(findings) <= 2 * (REPEATED_FINDINGS + 1), rules
    assert float(seconds) < MAX_SECONDS
    assert int(memory) < MAX_MEMORY


def test_control_characters_of_one_line_are_one_finding(tmp_path: Path) -> None:
    _, findings = read(tmp_path, HEADER + "101;A\x07\x07\x07b;2013;1\n102;M\x07;2013;2\n")
    assert [f.line for f in findings if f.rule == "control_character"] == [2, 3]


def test_findings_are_capped_while_they_are_collected() -> None:
    complaints = Complaints("a.csv")
    for line in range(100_000, 0, -1):
        complaints.add("number", f"{line}", line=line)
    held = sum(len(group.held) for group in complaints._groups.values())
    assert held < 1000
    assert [finding.line for finding in complaints.findings[:20]] == list(range(1, 21))
    assert complaints.findings[20].message == "and 99980 more findings of this rule, lines 21 to 100000."


def test_message_never_holds_a_whole_book() -> None:
    complaints = Complaints("a.csv")
    complaints.add("number", "x" * 1_000_000, "y" * 1_000_000)
    [finding] = complaints.findings
    assert len(finding.message) == len(finding.expected) == MAX_MESSAGE


def test_million_columns_in_a_long_file_are_named_as_such(tmp_path: Path) -> None:
    text = ";".join(f"c{n}" for n in range(1_000_000)) + "\n"
    _, findings = read(tmp_path, text)
    assert rules_of(findings) == ["too_many_columns"]


def test_line_that_is_too_long_is_named_with_its_number(tmp_path: Path) -> None:
    rows = "101;Altstadt-Süd;2013;1200\n" * 100_000
    _, findings = read(tmp_path, HEADER + rows + "x" * 2 * MIB + "\n")
    assert only(findings, "line_too_long").line == 100_002


def test_long_file_of_the_right_shape_is_read_whole(tmp_path: Path) -> None:
    rows = "101;Altstadt-Süd;2013;1200\n" * 60_000
    for data in (HEADER + rows, (HEADER + rows).encode("cp1252")):
        table, findings = read(tmp_path, data)
        assert table is not None
        assert len(table.frame) == 60_000
        assert rules_of(findings) == ([] if isinstance(data, str) else ["wrong_encoding"])


def test_long_file_with_title_lines_and_quoted_header_is_read_whole(tmp_path: Path) -> None:
    rows = '101;"Altstadt\nSüd";2013;1200\n' * 60_000
    text = 'Titel "A"\n;\nNr;"Stadt\nteil";Jahr;Anzahl\n' + rows
    columns = [{"name": "Nr"}, {"name": "Stadt teil"}, {"name": "Jahr"}, {"name": "Anzahl", "type": "count"}]
    table, findings = read(tmp_path, text, contract(file={"title_lines": 2}, columns=columns))
    assert rules_of(findings) == []
    assert table is not None
    assert len(table.frame) == 60_000


def test_very_many_attributes_of_features_are_refused(tmp_path: Path) -> None:
    features = ",".join(f'{{"properties": {{"a{n}": 1}}}}' for n in range(5000))
    path = tmp_path / "a.geojson"
    path.write_text(f'{{"features": [{features}]}}')
    begin = time.perf_counter()
    table, findings = read_table(path, contract(file={"format": "geojson"}), path.name)
    assert table is None
    assert rules_of(findings) == ["too_many_columns"]
    assert time.perf_counter() - begin < MAX_SECONDS


def test_file_name_with_line_breaks_stays_on_one_line(tmp_path: Path) -> None:
    name = "einwohner\nERROR [x] other.csv\r\t.csv"
    assert visible(name) == "einwohner<U+000A>ERROR [x] other.csv<U+000D><U+0009>.csv"
    _, findings = deliver(tmp_path, HEADER + "999;X;2013;1\n", name=name)
    assert all(len(finding.sentence().splitlines()) == 1 for finding in findings)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1_234_567.0, "1234567"), (1e15, "1000000000000000"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (-12.5, "-12.5")],
)
def test_numbers_in_findings_have_all_their_digits(number: float, text: str) -> None:
    assert plain_number(number) == text
    assert "e" not in plain_number(number, signed=True)


def test_sum_in_a_finding_has_all_its_digits(tmp_path: Path) -> None:
    columns = [{"name": "Nr", "type": "code"}, {"name": "Stadtteil"}, {"name": "Jahr", "type": "year"}]
    columns += [{"name": "Anzahl", "type": "count"}, {"name": "Teil", "type": "count"}]
    observed = [{"column": "Anzahl", "variable": "whole"}, {"column": "Teil", "variable": "part"}]
    rules = contract(
        columns=columns, observations=observed, checks={"not_more_than": [{"part": "part", "whole": "whole"}]}
    )
    text = HEADER.replace("Anzahl", "Anzahl;Teil") + "101;Altstadt-Süd;2013;1234567;1234568\n"
    _, findings = deliver(tmp_path, text, rules)
    message = only(findings, "not_more_than").message
    assert "1234567" in message
    assert "1234568" in message
