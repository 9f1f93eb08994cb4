"""The small city after one late correction: what a build of changed input must arrive at.

Lives here: the changed delivery and the values that follow from it. Must not live here: claims.
"""

from __future__ import annotations

from pathlib import Path

from command_line import City

ORIGINAL = "kommunalwahl_2020.csv"
CORRECTION = "kommunalwahl_2020_berichtigt.csv"
INDICATOR, YEAR = "turnout_municipal_election", "2020"
SEVERAL_FILES = "kitas_jugendamt"  # an extract whose file names carry no period and that takes several files
MORE_VOTERS = 90


def _rows(path: Path) -> list[list[str]]:
    return [line.split(";") for line in path.read_text(encoding="cp1252").splitlines()]


def _number(text: str) -> int:
    return int(text.replace(".", ""))


def turnout(rows: list[list[str]]) -> float:
    """Voters in per cent of those entitled, over rows of area name, entitled, voters."""
    return 100 * sum(_number(row[2]) for row in rows) / sum(_number(row[1]) for row in rows)


def expected_changes(inbox: Path) -> dict[str, tuple[float, float]]:
    """Area -> turnout before and after the correction, computed from the delivered files."""
    before, after = _rows(inbox / ORIGINAL)[1:], _rows(inbox / CORRECTION)[1:]
    (changed,) = [number for number, row in enumerate(before) if row != after[number]]
    first, last = 3, len(before)  # the three areas of Bezirk 1 come first, then those of Bezirk 2
    return {
        "stadtteil-201": (turnout(before[changed : changed + 1]), turnout(after[changed : changed + 1])),
        "stadtbezirk-2": (turnout(before[first:last]), turnout(after[first:last])),
        "stadt-0": (turnout(before), turnout(after)),
    }


def deliver_correction(city: City) -> None:
    """Put the corrected file beside the original one: in one area more people have voted."""
    lines = (city.inbox / ORIGINAL).read_bytes().decode("cp1252").splitlines(keepends=True)
    (number,) = [n for n, line in enumerate(lines) if line.startswith("Ankerau;")]
    area, entitled, voters = lines[number].rstrip("\r\n").split(";")
    end = lines[number][len(lines[number].rstrip("\r\n")) :]
    lines[number] = f"{area};{entitled};{_number(voters) + MORE_VOTERS}{end}"
    (city.inbox / CORRECTION).write_bytes("".join(lines).encode("cp1252"))


def change_input(city: City) -> None:
    """The late correction, and a workspace that lets one extract take several files."""
    contract = city.workspace / "extracts" / f"{SEVERAL_FILES}.yml"
    text = contract.read_text(encoding="utf-8")
    assert f"pattern: {SEVERAL_FILES}.csv" in text
    contract.write_text(
        text.replace(f"pattern: {SEVERAL_FILES}.csv", f"pattern: {SEVERAL_FILES}*.csv"), "utf-8"
    )
    deliver_correction(city)
