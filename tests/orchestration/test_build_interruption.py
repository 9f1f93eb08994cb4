"""Builds killed at fixed points, and two at once: the release stays whole, the next build repairs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import COMMAND, City, content_hash, copy_of, events_of, pointer_of, problems_of, sozialraum
from corrected_city import CORRECTION, change_input

from orchestration.atomic import sha256_of

DRIVER = Path(__file__).parent / "dying_build.py"
INGEST = "orchestration.extracts.ingest"
PUBLISHING = "orchestration.release.publishing"

# Each chain kills one build after the other in the same home, then lets one through. A point is module,
# function, before or after its call, and the number of the call.
Point = tuple[str, str, str, int]
RAW_IS_STORED: Point = (INGEST, "write_landing", "before", 1)
LANDED_BUT_NOT_IN_LEDGER: Point = ("orchestration.ledger", "append", "before", 1)
MIDDLE_OF_DBT: Point = ("orchestration.assets", "_note", "after", 60)
AUDIT_OF_SECOND_FILE: Point = (PUBLISHING, "audit_file", "before", 2)
BEFORE_RENAME: Point = (PUBLISHING, "write_manifest", "after", 1)
BETWEEN_RENAME_AND_POINTER: Point = (PUBLISHING, "write_pointer", "before", 1)
POINTER_IS_WRITTEN: Point = (PUBLISHING, "write_pointer", "after", 1)
CHAINS = {
    "while_reading": (RAW_IS_STORED, LANDED_BUT_NOT_IN_LEDGER),
    "while_transforming_and_auditing": (MIDDLE_OF_DBT, AUDIT_OF_SECOND_FILE),
    "while_publishing": (BEFORE_RENAME, BETWEEN_RENAME_AND_POINTER),
}


@pytest.fixture
def changed_city(tmp_path: Path, small_city: City) -> City:
    """The small city with its first release and changed input that waits to be built."""
    city = copy_of(small_city, tmp_path)
    change_input(city)
    return city


def killed_at(point: Point, city: City) -> None:
    """A build that dies at the point."""
    command = [sys.executable, str(DRIVER), *map(str, point), "build", *city.arguments]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert killed.returncode == -signal.SIGKILL, (point, killed.returncode, killed.stderr)


def assert_whole(city: City) -> None:
    """The ledger and the release can be read, and the release's files are what its manifest says."""
    assert problems_of(city.home) == []
    assert [event["sequence"] for event in events_of(city.home)] == list(
        range(1, len(events_of(city.home)) + 1)
    )


@pytest.mark.parametrize("chain", CHAINS)
def test_killed_build_leaves_release_untouched_and_the_next_one_repairs(
    chain: str, changed_city: City, corrected_city: City
) -> None:
    pointer = (changed_city.home / "current.json").read_bytes()
    for point in CHAINS[chain]:
        killed_at(point, changed_city)
        assert (changed_city.home / "current.json").read_bytes() == pointer, point
        assert_whole(changed_city)

    done = sozialraum("build", *changed_city.arguments)
    assert done.returncode == 0, done.stderr
    assert content_hash(changed_city.home) == content_hash(corrected_city.home)
    assert_whole(changed_city)
    assert_nothing_is_lost_or_left(changed_city)


def assert_nothing_is_lost_or_left(city: City) -> None:
    """Each delivery accepted exactly once, its bytes in raw; no half-written file anywhere."""
    accepted = [event["sha256"] for event in events_of(city.home) if event["event"] == "accepted"]
    assert len(accepted) == len(set(accepted))
    assert sha256_of(city.inbox / CORRECTION) in accepted
    assert {path.name for path in (city.home / "raw").iterdir()} == set(accepted)
    for folder in ("raw", "landing", "state", "releases", "deliveries"):
        left = [p for p in (city.home / folder).rglob("*") if p.name.endswith((".tmp", ".building", ".wal"))]
        assert left == []


def test_build_killed_after_the_pointer_has_published(changed_city: City, corrected_city: City) -> None:
    killed_at(POINTER_IS_WRITTEN, changed_city)
    assert pointer_of(changed_city.home)["release"] == 2
    assert content_hash(changed_city.home) == content_hash(corrected_city.home)
    assert_whole(changed_city)
    done = sozialraum("build", *changed_city.arguments)
    assert done.returncode == 0, done.stderr
    assert "Nothing changed since release 2" in done.stdout


def test_of_two_builds_at_once_one_runs_and_the_other_leaves_naming_it(changed_city: City) -> None:
    command = [COMMAND, "build", *changed_city.arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        try:
            deadline = time.monotonic() + 60
            lock = changed_city.home / "lock"
            while not (lock.exists() and lock.read_text()):
                assert first.poll() is None and time.monotonic() < deadline, (
                    "the first build never took the lock"
                )
                time.sleep(0.02)
            holder = json.loads(lock.read_text())
            started = time.monotonic()
            second = sozialraum("build", *changed_city.arguments)
            assert time.monotonic() - started < 2
            assert second.returncode == 3, second.stderr
            assert re.search(
                rf"Run {holder['run_id']} is active since {re.escape(holder['since'])}", second.stderr
            )
            assert f"process {first.pid}" in second.stderr
            assert "Traceback" not in second.stderr
            assert first.poll() is None, "the first build was disturbed"
        finally:
            first.send_signal(signal.SIGTERM)  # what it would still do is shown elsewhere
            first.communicate(timeout=60)
    assert first.returncode == 143
    assert pointer_of(changed_city.home)["release"] == 1
    assert_whole(changed_city)
