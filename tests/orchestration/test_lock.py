"""One run at a time: who is turned away, what they are told, and that a crash leaves no lock behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from orchestration.lock import LockHeld, build_lock
from orchestration.settings import Settings

HOLD = """
import sys, time
from pathlib import Path
from orchestration.lock import build_lock
from orchestration.settings import Settings
home = Path(sys.argv[1])
with build_lock(Settings(home, home, home), "other-run"):
    print("held", flush=True)
    time.sleep(60)
"""
TAKE = HOLD.replace("time.sleep(60)", "pass")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, tmp_path, tmp_path / "home")


def holder_of(settings: Settings) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.home)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    return process


def taken_by_another(settings: Settings) -> bool:
    command = [sys.executable, "-c", TAKE, str(settings.home)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_second_process_is_told_at_once_who_holds_the_lock(settings: Settings) -> None:
    process = holder_of(settings)
    try:
        started = time.monotonic()
        with pytest.raises(LockHeld) as told, build_lock(settings):
            pass
        assert time.monotonic() - started < 1
        assert "Run other-run is active since 20" in str(told.value)
        assert f"process {process.pid}" in str(told.value)
    finally:
        process.kill()
        process.wait()


def test_killed_holder_leaves_no_lock(settings: Settings) -> None:
    process = holder_of(settings)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert "other-run" in settings.lock.read_text()
    with build_lock(settings, "next"):
        assert json.loads(settings.lock.read_text())["run_id"] == "next"


def test_lock_may_be_taken_again_within_the_process_and_is_kept_to_the_end(settings: Settings) -> None:
    entered: list[bool] = []

    def inner() -> None:
        with build_lock(settings):
            entered.append(True)

    with build_lock(settings, "outer"):
        with build_lock(settings, "inner"):
            assert json.loads(settings.lock.read_text())["run_id"] == "outer"
        thread = threading.Thread(target=inner)
        thread.start()
        thread.join()
        assert entered == [True]
        assert not taken_by_another(settings)
    assert taken_by_another(settings)


def test_lock_is_released_by_an_error(settings: Settings) -> None:
    with pytest.raises(KeyError), build_lock(settings):
        raise KeyError
    assert taken_by_another(settings)


def test_two_homes_do_not_hinder_each_other(settings: Settings, tmp_path: Path) -> None:
    process = holder_of(settings)
    try:
        with build_lock(Settings(tmp_path, tmp_path, tmp_path / "elsewhere")):
            pass
    finally:
        process.kill()
        process.wait()


def test_forked_child_does_not_believe_it_holds_the_lock(settings: Settings) -> None:
    with build_lock(settings):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                with build_lock(settings):
                    code = 2
            except LockHeld:
                code = 0
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0


def test_of_many_at_once_exactly_one_wins(settings: Settings) -> None:
    command = [sys.executable, "-c", HOLD, str(settings.home)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    try:
        deadline = time.monotonic() + 10
        while sum(process.poll() is None for process in processes) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        running = [process for process in processes if process.poll() is None]
        assert len(running) == 1
        for process in processes:
            if process is not running[0]:
                assert "Run other-run is active since" in process.communicate()[1]
    finally:
        for process in processes:
            process.kill()
            process.communicate()
