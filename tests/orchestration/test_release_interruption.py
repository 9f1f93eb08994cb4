"""Publishing killed, contended and watched: readers see the old release or the new one, never a mixture."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest
from small_release import (
    database,
    publish_rows,
    publish_work,
    read,
    rows_with,
    settings_in,
    write_work_database,
)

from orchestration import release
from orchestration.atomic import sha256_of
from orchestration.lock import build_lock
from orchestration.settings import Settings

HERE = Path(__file__).parent

# Replaces one function by one that dies before or after doing its work, then publishes.
KILLED = """
import os, signal, sys
sys.path.insert(0, {here!r})
from pathlib import Path
from importlib import import_module
from small_release import publish_work, settings_in
module, name, when = {module!r}, {name!r}, {when!r}
target = import_module(module)
original = getattr(target, name)
def dying(*args, **kwargs):
    if when == "after":
        original(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(target, name, dying)
settings = settings_in(Path({folder!r}))
publish_work(settings, settings.work_database)
print("survived")
"""
PUBLISHING = "orchestration.release.publishing"
POINTS = [
    (PUBLISHING, "predecessor", "before"),
    ("orchestration.release.building", "_create_publishing_tables", "before"),
    (PUBLISHING, "build_audience", "after"),
    (PUBLISHING, "_seal", "after"),
    (PUBLISHING, "write_manifest", "before"),
    (PUBLISHING, "write_manifest", "after"),
    (PUBLISHING, "write_pointer", "before"),
    ("orchestration.atomic", "_write_synced", "after"),
    (PUBLISHING, "write_pointer", "after"),
    (PUBLISHING, "save_state", "before"),
    ("orchestration.release.state", "write_json", "before"),
]
COMMITTED = {(PUBLISHING, "write_pointer", "after"), (PUBLISHING, "save_state", "before")}
COMMITTED |= {("orchestration.release.state", "write_json", "before")}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def current_file(settings: Settings) -> Path:
    content = json.loads(settings.pointer.read_text())
    entry = content["audiences"]["public"]
    path = settings.home / str(entry["file"])
    assert sha256_of(path) == entry["sha256"]
    return path


@pytest.mark.parametrize(("module", "name", "when"), POINTS)
def test_killed_publication_leaves_one_whole_release(
    settings: Settings, module: str, name: str, when: str
) -> None:
    publish_rows(settings)
    first = sha256_of(current_file(settings))
    write_work_database(settings.work_database, rows_with({("share_a", "stadtteil-101"): (99.0, "ok")}))
    script = KILLED.format(
        here=str(HERE), module=module, name=name, when=when, folder=str(settings.home.parent)
    )
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    expected = 99.0 if (module, name, when) in COMMITTED else 10.0
    value = (
        "select value from fct_indicator_value where (indicator_id, area_id) = ('share_a', 'stadtteil-101')"
    )
    assert read(current_file(settings), value) == [(expected,)]
    assert release.verify(settings) == []
    assert sha256_of(database(settings, 1)) == first
    state_fits = release.usable_state(settings, "0.1.0", "w1")
    assert state_fits is None or read(state_fits, value) == [(expected,)]
    number = publish_rows(settings)
    assert number > 1
    assert (
        release.read_manifest(settings, number)["content_hash"]
        == (release.read_manifest(settings, 1)["content_hash"])
    )
    assert not list(settings.releases.glob("*.building"))


READER = """
import json, sys, time
from pathlib import Path
import duckdb
home = Path(sys.argv[1])
last, seen = 0, set()
while not (home / "stop").exists():
    pointer = json.loads((home / "current.json").read_text())
    entry = pointer["audiences"]["public"]
    with duckdb.connect(":memory:") as c:
        c.execute(f"attach '{home / entry['file']}' as sozialraum (read_only)")
        c.execute("set enable_external_access = false")
        c.execute("set lock_configuration = true")
        for _ in range(5):
            number, lowest, highest = c.execute(
                "select (select release_number from sozialraum.main.dim_release), min(value), max(value)"
                " from sozialraum.main.fct_indicator_value").fetchone()
            assert number == pointer["release"], "mixed versions"
            assert lowest == highest == float(number), "mixed values"
    assert number >= last, "went backwards"
    last = number
    time.sleep(0.05)
    seen.add(number)
print(last, len(seen))
"""


def test_readers_never_fail_and_never_go_backwards_while_publishing(settings: Settings) -> None:
    def rows(number: int) -> list[tuple[str, str, float | None, str]]:
        return [(indicator, area, float(number), status) for indicator, area, _, status in rows_with()]

    publish_rows(settings, rows(1))
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(settings.home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    time.sleep(0.5)
    for number in range(2, 12):
        assert publish_rows(settings, rows(number)) == number
        release.prune(settings, keep=1)
    time.sleep(0.5)
    (settings.home / "stop").touch()
    for reader in readers:
        out, errors = reader.communicate(timeout=30)
        assert reader.returncode == 0, errors
        last, n_seen = out.split()
        assert int(last) == 11
        assert int(n_seen) > 2


def test_same_process_sees_the_new_release_under_its_new_name(settings: Settings) -> None:
    publish_rows(settings)
    value = "select value from sozialraum.main.fct_indicator_value order by value desc limit 1"
    old = duckdb.connect(":memory:")
    old.execute(f"attach '{current_file(settings)}' as sozialraum (read_only)")
    publish_rows(settings, rows_with({("share_a", "stadtteil-101"): (99.0, "ok")}))
    new = duckdb.connect(":memory:")
    new.execute(f"attach '{current_file(settings)}' as sozialraum (read_only)")
    assert new.execute(value).fetchone() == (99.0,)
    assert old.execute(value).fetchone() == (12.0,)
    publish_rows(settings)
    publish_rows(settings)
    assert release.prune(settings, keep=1)["pruned"] == [1, 2]
    assert old.execute(value).fetchone() == (12.0,), "an open session outlives retention"
    old.close()
    new.close()


def test_two_threads_of_one_process_publish_one_after_the_other(settings: Settings) -> None:
    sources = [write_work_database(settings.home.parent / f"w{n}" / "w.duckdb", rows_with()) for n in (1, 2)]
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda work=work: numbers.append(publish_work(settings, work)))
        for work in sources
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2]
    assert [row["verifies"] for row in release.list_releases(settings)] == [True, True]


def test_second_process_cannot_publish_meanwhile(settings: Settings) -> None:
    publish_rows(settings)
    script = KILLED.format(
        here=str(HERE), module="os", name="getcwd", when="after", folder=str(settings.home.parent)
    )
    before = settings.pointer.read_bytes()
    with build_lock(settings, "build-17"):
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
        assert time.monotonic() - started < 2
    assert done.returncode == 1
    assert "Run build-17 is active since" in done.stderr
    assert settings.pointer.read_bytes() == before
