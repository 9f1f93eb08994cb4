"""`make soak`: builds killed at random moments, again and again, in one home.

After each kill the current release verifies; after every few kills a build runs to its end; at the end the
content is that of an undisturbed build. Prints one line: "20 kills, ...".
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from command_line import (
    COMMAND,
    City,
    content_hash,
    copy_of,
    events_of,
    manifest_of,
    pointer_of,
    problems_of,
    sozialraum,
)

pytestmark = pytest.mark.soak

KILLS = int(os.environ.get("SOZIALRAUM_SOAK_KILLS", "20"))
SEED = int(os.environ.get("SOZIALRAUM_SOAK_SEED", "1"))
KILLS_BETWEEN_BUILDS = 5  # so that work, state and release are also met in their finished shape
LATEST_SHARE = 1.1  # of an undisturbed build's seconds: some kills come after the pointer, or never
FILE = "kommunalwahl_2020_berichtigt.csv"


@dataclass
class Score:
    """What happened."""

    kills: int = 0
    finished_before: int = 0
    builds: int = 0
    releases_unreadable: int = 0
    deliveries_lost: int = 0
    reached: Counter[str] = field(default_factory=Counter)

    def line(self, seconds: float) -> str:
        where = ", ".join(f"{count} in {name}" for name, count in sorted(self.reached.items()))
        return (
            f"{self.kills} kills, {self.releases_unreadable} unreadable releases,"
            f" {self.deliveries_lost} lost deliveries, {self.builds} builds to the end,"
            f" {self.finished_before} builds faster than their kill, content hash as undisturbed;"
            f" kills by what was there last: {where} (seed {SEED}, {seconds:.0f} s)"
        )


def deliver(city: City, number: int) -> None:
    """A changed delivery: in one area `number` more people have voted."""
    rows = (city.inbox / "kommunalwahl_2020.csv").read_bytes().decode("cp1252").splitlines()
    at = 1 + number % (len(rows) - 1)
    area, entitled, voters = rows[at].split(";")
    rows[at] = f"{area};{entitled};{int(voters.replace('.', '')) + number}"
    (city.inbox / FILE).write_bytes(("\r\n".join(rows) + "\r\n").encode("cp1252"))


def stage_reached(city: City, release_before: int, started: float) -> str:
    """The last stage of which the killed build left a trace; started: seconds since the epoch."""

    def touched(path: Path) -> bool:
        return path.exists() and path.stat().st_mtime >= started

    if pointer_of(city.home)["release"] != release_before:
        return "state"
    if list((city.home / "releases").glob("*.building")):
        return "publish"
    if touched(city.home / "landing" / "workspace" / "deliveries.parquet"):
        return "transform"
    return "ingest" if touched(city.home / "work" / "sozialraum.duckdb") else "load"


def killed_build(city: City, seconds: float, score: Score) -> None:
    """Start a build and kill it after so many seconds, together with every process it started."""
    before, started = pointer_of(city.home)["release"], time.time()
    with subprocess.Popen(
        [COMMAND, "build", *city.arguments, "--force", "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            _, errors = process.communicate(timeout=seconds)
            assert process.returncode == 0, errors.decode()
            score.finished_before += 1
            return
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    score.kills += 1
    score.reached[stage_reached(city, before, started)] += 1


def assert_whole(city: City, score: Score, accepted_before: set[str]) -> set[str]:
    """The current release verifies, the ledger lost nothing, and what it accepted lies in raw."""
    problems = problems_of(city.home)
    score.releases_unreadable += bool(problems)
    assert problems == []
    accepted = {event["sha256"] for event in events_of(city.home) if event["event"] == "accepted"}
    kept = {path.name for path in (city.home / "raw").iterdir()}
    score.deliveries_lost += len(accepted_before - accepted) + len(accepted - kept)
    assert accepted_before <= accepted <= kept
    return accepted


def build_to_the_end(city: City, score: Score) -> float:
    started = time.monotonic()
    done = sozialraum("build", *city.arguments, "--force")
    assert done.returncode == 0, done.stderr
    score.builds += 1
    return time.monotonic() - started


def undisturbed(city: City, folder: Path) -> dict[str, str]:
    """The content of a build from the same raw files and ledger in a fresh home."""
    home = folder / "undisturbed"
    for name in ("raw", "deliveries"):
        subprocess.run(["cp", "-a", str(city.home / name), f"{home / name}"], check=True)
    fresh = City(city.workspace, city.inbox, home)
    done = sozialraum("build", *fresh.arguments)
    assert done.returncode == 0, done.stderr
    return content_hash(home)


@pytest.mark.timeout(3600)
def test_builds_killed_at_random_moments_never_harm_the_release(
    tmp_path: Path, small_city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    city, score, started = copy_of(small_city, tmp_path), Score(), time.monotonic()
    length = build_to_the_end(city, score)
    accepted: set[str] = set()
    number = 0
    while score.kills < KILLS:
        number += 1
        deliver(city, number)
        killed_build(city, chance.uniform(0.2, LATEST_SHARE * length), score)
        accepted = assert_whole(city, score, accepted)
        if number % KILLS_BETWEEN_BUILDS == 0:
            length = build_to_the_end(city, score)
    build_to_the_end(city, score)
    assert_whole(city, score, accepted)
    assert not list((city.home / "releases").glob("*.building"))
    (tmp_path / "undisturbed").mkdir()
    assert content_hash(city.home) == undisturbed(city, tmp_path)
    assert manifest_of(city.home)["inputs"]
    with capsys.disabled():
        sys.stdout.write("\n" + score.line(time.monotonic() - started) + "\n")
