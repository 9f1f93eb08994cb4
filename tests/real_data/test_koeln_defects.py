"""Six defects at once in the published files: all are named, and the published release stays."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.real_data

KOELN = Path(__file__).resolve().parents[2] / "seeds" / "koeln"
POPULATION = "bevoelkerung/bevoelkerung.csv"
AGES = "altersgruppen_2012/2012_Altersgruppen_Stadtteil.csv"
TURNOUT = "wahl/bundestagswahl2013_stadtteil_source.csv"
DISTRICTS = "wahl/bundestagswahl2013_stadtbezirk_source.csv"
SCHOOLS = "schulen/schulen-in-koeln.arcgis.json"


def cut_inside_last_number(data: bytes) -> bytes:
    assert data.endswith(b"600\r\n")
    return data[:-4]


def rename_column(data: bytes) -> bytes:
    assert data.count(b";abgegeben;") == 1
    return data.replace(b";abgegeben;", b";Waehler;")


def wrong_encoding(data: bytes) -> bytes:
    return data.decode("utf-8").encode("cp1252")


def three_wrong_rows(data: bytes) -> bytes:
    lines = data.split(b"\n")
    assert b",101," in lines[11]
    lines[11] = lines[11].replace(b",101,", b",199,")  # line 12: no such area
    lines[600] = b",".join([*lines[600].split(b",")[:-1], b"-7.0"])  # line 601: negative
    lines.insert(900, lines[899])  # line 901 repeats line 900
    return b"\n".join(lines)


DEFECTS: dict[str, Callable[[bytes], bytes]] = {
    AGES: cut_inside_last_number,
    TURNOUT: rename_column,
    DISTRICTS: wrong_encoding,
    POPULATION: three_wrong_rows,
}
# What a person must read: severity, file, line and a word of the reason.
NAMED = [
    ("ERROR", AGES, 87, r"line break|newline|cut"),
    ("ERROR", TURNOUT, 1, r"abgegeben"),
    ("ERROR", DISTRICTS, 1, r"utf-8|encoding"),
    ("ERROR", POPULATION, 12, r"199"),
    ("ERROR", POPULATION, 601, r"-7"),
    ("ERROR", POPULATION, 901, r"(?i)twice|duplicate|again|unique"),
    ("WARNING", SCHOOLS, None, r"122"),
]


@pytest.fixture(scope="module")
def broken_inbox(koeln_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    inbox = tmp_path_factory.mktemp("broken") / "inbox"
    for source in sorted(path for path in koeln_inbox.rglob("*") if path.is_file()):
        name = source.relative_to(koeln_inbox).as_posix()
        target = inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        data = source.read_bytes()
        changed = DEFECTS[name](data) if name in DEFECTS else data
        assert (changed != data) == (name in DEFECTS)
        target.write_bytes(changed)
    return inbox


def run(command: str, inbox: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SOZIALRAUM_")}
    program = Path(sys.executable).with_name("sozialraum")
    arguments = ["--workspace", str(KOELN), "--inbox", str(inbox), "--home", str(home)]
    return subprocess.run(
        [str(program), command, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        env=environment,
        check=False,
    )


def assert_all_are_named(output: str) -> None:
    for severity, file, line, reason in NAMED:
        place = re.escape(file) + (rf", line {line}\b" if line else "")
        hits = [text for text in output.splitlines() if severity in text and re.search(place, text)]
        assert any(re.search(reason, text) for text in hits), (severity, file, line, reason, output[-4000:])


def test_check_names_all_six_defects_and_the_known_warning(broken_inbox: Path, tmp_path: Path) -> None:
    done = run("check", broken_inbox, tmp_path / "home")
    assert done.returncode == 1
    output = done.stdout + done.stderr
    assert_all_are_named(output)
    assert re.search(r"\d+ errors, 1 warnings?", output)
    assert "Traceback" not in output


def test_refused_build_leaves_the_pointer_and_the_release_untouched(
    broken_inbox: Path, koeln_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(koeln_home, home, ignore=shutil.ignore_patterns("dagster"))
    pointer = (home / "current.json").read_bytes()
    releases = {file: file.read_bytes() for file in (home / "releases").rglob("*") if file.is_file()}
    done = run("build", broken_inbox, home)
    assert done.returncode == 1
    assert_all_are_named(done.stdout + done.stderr)
    assert (home / "current.json").read_bytes() == pointer
    assert {file: file.read_bytes() for file in (home / "releases").rglob("*") if file.is_file()} == releases
