"""The section "Your own city" of the README, followed to the letter: blocks become files, commands are run.

Lives here: that what the README shows works. Must not live here: what reading and publishing do in detail.
"""

from __future__ import annotations

import math
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import opened

from orchestration.register.states import GRAPH, states_of
from orchestration.register.tables import REGISTER

PROJECT = Path(__file__).resolve().parent.parent
COMMAND = str(Path(sys.executable).parent / "sozialraum")
# The first line of a block, and the file of the workspace that the README says it is.
BLOCKS = {
    "workspace_id: beispielhausen": "workspace.yml",
    "level;name_de;name_en;plural_de": "geography/levels.csv",
    "level;code;name;parent_level": "geography/areas.csv",
    "profile_id;threshold": "disclosure/profiles.csv",
    "indicator_id;levels;years;note": "indicators.csv",
    "title: Einwohner*innen nach Ortsteilen": "extracts/einwohner.yml",
    "version: 2": "metrics/beispielhausen.yml",
    "Einwohner*innen am 31.12.2023": "inbox/einwohner_2023.csv",
    "index_id: betreuungsbedarf": "indices/betreuungsbedarf.yml",
    "index_id: lesefoerderung": "indices/lesefoerderung.yml",
}


@pytest.fixture(scope="module")
def written_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace as a reader of the README would write it."""
    folder = tmp_path_factory.mktemp("readme") / "beispielhausen"
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```\w*\n(.*?)^```$", readme, flags=re.MULTILINE | re.DOTALL):
        for beginning, name in BLOCKS.items():
            if block.startswith(beginning):
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(block.encode("windows-1252" if "inbox" in name else "utf-8"))
    last = (folder / "inbox" / "einwohner_2023.csv").read_bytes()
    (folder / "inbox" / "einwohner_2022.csv").write_bytes(last.replace(b"31.12.2023", b"31.12.2022"))
    return folder


def run(city: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = str(city.parent / "home")
    return subprocess.run(
        [COMMAND, *arguments, "--home", home], capture_output=True, text=True, timeout=240, check=False
    )


def test_every_block_of_the_guide_is_a_file_of_the_workspace(written_city: Path) -> None:
    assert sorted(BLOCKS.values()) == sorted(
        file.relative_to(written_city).as_posix()
        for file in written_city.rglob("*")
        if file.is_file() and file.name != "einwohner_2022.csv"
    )


def test_city_of_the_guide_has_no_finding_and_hides_its_small_count(written_city: Path) -> None:
    checked = run(written_city, "check", "--workspace", str(written_city))
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")
    built = run(written_city, "build", "--workspace", str(written_city))
    assert built.returncode == 0, built.stderr
    asked = run(
        written_city,
        "query",
        "library_user_share",
        "pop_under_18_share",
        "--by",
        "area,year",
        "--level",
        "ortsteil",
    )
    rows = [line.split("\t") for line in asked.stdout.splitlines()[1:]]
    assert [row[2] == "NULL" for row in rows if row[0] == "ortsteil-03"] == [True, True]
    assert all(float(row[3]) > 0 for row in rows)


# Under 18, 65 and over, all residents of the file in the README; readers where they are shown.
COUNTED = {"01": (612, 941, 3743), "02": (715, 712, 3728), "03": (224, 267, 1106)}
READERS = {"01": 550, "02": 700}


def indices_of(city: Path) -> dict[str, dict[str, tuple[float | None, bool, int | None]]]:
    """Index -> code of the Ortsteil -> status score, is it partial, upper limit of its rank interval."""
    run(city, "build", "--workspace", str(city))
    told: dict[str, dict[str, tuple[float | None, bool, int | None]]] = {}
    with opened(city.parent / "home") as release:
        query = "select index_id, area_id, status_score, partial, rank_upper from fct_index_value"
        for index, area, *said in release.execute(query).fetchall():
            told.setdefault(index, {})[area.removeprefix("ortsteil-")] = tuple(said)
    return told


def test_standard_score_index_of_the_guide_is_what_a_statistician_gets(written_city: Path) -> None:
    def scores(values: dict[str, float]) -> dict[str, float]:
        mean, deviation = statistics.fmean(values.values()), statistics.pstdev(values.values())
        return {code: (value - mean) / deviation for code, value in values.items()}

    young = scores({code: part[0] / part[2] for code, part in COUNTED.items()})
    old = scores({code: part[1] / part[2] for code, part in COUNTED.items()})
    expected = scores({code: (young[code] + old[code]) / 2 for code in COUNTED})
    told = indices_of(written_city)["betreuungsbedarf"]
    assert {code: said[0] for code, said in told.items()} == pytest.approx(expected, rel=1e-9)
    assert all(said[1] is False and said[2] in {1, 2, 3} for said in told.values())


def test_rank_index_of_the_guide_transforms_ranks_and_marks_the_area_with_a_hidden_part(
    written_city: Path,
) -> None:
    def transformed(values: dict[str, float]) -> dict[str, float]:
        listed = sorted(values.values(), reverse=True)
        shares = {code: 1 - listed.index(value) / len(listed) for code, value in values.items()}
        return {code: -23 * math.log(1 - r * (1 - math.exp(-100 / 23))) for code, r in shares.items()}

    young = transformed({code: part[0] / part[2] for code, part in COUNTED.items()})
    readers = transformed({code: -READERS[code] / COUNTED[code][2] for code in READERS})
    expected = {code: 0.6 * young[code] + 0.4 * readers[code] for code in READERS} | {"03": young["03"]}
    told = indices_of(written_city)["lesefoerderung"]
    assert {code: said[0] for code, said in told.items()} == pytest.approx(expected, rel=1e-9)
    assert {code: said[1] for code, said in told.items()} == {"01": False, "02": False, "03": True}


def test_wrong_file_of_the_guide_is_refused_with_line_and_column(written_city: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    good = (written_city / "inbox" / "einwohner_2023.csv").read_bytes()
    (inbox / "einwohner_2023.csv").write_bytes(good.replace(b"Nr;", b"Nummer;").replace(b";4\n", b";-4\n"))
    checked = run(written_city, "check", "--workspace", str(written_city), "--inbox", str(inbox))
    assert checked.returncode == 1
    assert "ERROR [column_missing] einwohner_2023.csv, line 2, column 'Nr':" in checked.stdout
    assert "ERROR [number] einwohner_2023.csv, line 6, column 'Bücherei': '-4' is negative." in checked.stdout


def test_two_equal_labels_are_told_with_the_line_that_the_guide_shows(
    written_city: Path, tmp_path: Path
) -> None:
    city = Path(shutil.copytree(written_city, tmp_path / "beispielhausen"))
    metrics = city / "metrics" / "beispielhausen.yml"
    text = metrics.read_text(encoding="utf-8")
    metrics.write_text(text.replace("'Anteil der Nutzer*innen", "'Nutzer*innen"), encoding="utf-8")
    checked = run(city, "check", "--workspace", str(city))
    shown = re.findall(r"^ERROR \[label_taken\].*$", (PROJECT / "README.md").read_text("utf-8"), re.MULTILINE)
    told = [line for line in checked.stdout.splitlines() if line.startswith("ERROR")]
    assert (checked.returncode, told[1:]) == (1, shown)


def rows_of(section: str) -> list[list[str]]:
    """The table rows of a section of the README, cell by cell."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(rf"^### {re.escape(section)}.*?\n(.*?)^##", readme, flags=re.MULTILINE | re.DOTALL)
    return [
        [cell.strip() for cell in line.split(" | ")] for line in text.splitlines() if line.startswith("| ")
    ]


def test_guide_shows_every_file_of_the_planning_register_with_its_columns() -> None:
    rows = rows_of("9. The planning register")
    shown = [(cells[0].strip("| `"), cells[1].strip("`")) for cells in rows if "planning/" in cells[0]]
    assert shown == [(table.file, ";".join(table.header)) for table in REGISTER.values()]


def test_guide_shows_every_state_of_the_planning_register() -> None:
    rows = {cells[0].strip("| "): cells[1] for cells in rows_of("9. The planning register")}
    for kind in GRAPH:
        words = set(re.findall(r"[a-z_]+", rows[kind]))
        assert states_of(kind) <= words, kind


def test_guide_shows_every_word_of_the_planning_register() -> None:
    rows = {
        cells[0].strip("| `"): cells[2] for cells in rows_of("9. The planning register") if len(cells) > 2
    }
    told_elsewhere = {
        "deviation_reasons": "below the table",
        "target_type": "the table of types",
        "path": "below that table",
        "progress_method": "below that table",
        "living_conditions": "section 6",
        "living_condition": "section 6",
        "polarity": "section 6",
        "entity": "the table of states",
    }
    for table in REGISTER.values():
        for column in table.columns:
            silent = [word for word in column.vocabulary if word not in rows[table.file]]
            assert silent == [] or column.name in told_elsewhere, (table.stem, column.name, silent)
