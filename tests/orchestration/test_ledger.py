"""The delivery ledger: order, acceptance, purge, and two writers at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration import ledger
from orchestration.atomic import EnvironmentFailed, write_bytes, write_new
from orchestration.settings import Settings
from orchestration.stages import Stages

SHA_A, SHA_B, SHA_C = "a" * 64, "b" * 64, "abc" + "c" * 61


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "ws", tmp_path / "inbox", tmp_path / "home")


def came(settings: Settings, sha256: str, event: ledger.EventKind = "accepted") -> ledger.Event:
    return ledger.append(
        settings, event=event, extract_id="population", file_name="p.csv", sha256=sha256, size=10, row_count=3
    )


def keep_bytes(settings: Settings, sha256: str) -> list[Path]:
    paths = [
        settings.raw / sha256,
        settings.landing / "observations" / f"population-{sha256[:12]}.parquet",
        settings.quarantine / sha256 / "p.csv",
        settings.state / "sozialraum.duckdb",
        settings.work_database,
    ]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"3;4")
    return paths


def test_events_are_files_with_all_fields_in_sequence_order(settings: Settings) -> None:
    assert ledger.events(settings) == []
    came(settings, SHA_A)
    came(settings, SHA_B, "refused")
    content = json.loads((settings.ledger / "000002.json").read_text())
    assert content["sequence"] == 2
    assert content["event"] == "refused"
    assert content["delivery_id"] == "population-bbbbbbbbbbbb"
    assert [event.sequence for event in ledger.events(settings)] == [1, 2]


def test_number_taken_meanwhile_is_never_overwritten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = came(settings, SHA_A)
    numbers = iter([1, 1, 2])
    monkeypatch.setattr(ledger, "_next_sequence", lambda _: next(numbers))
    second = came(settings, SHA_B)
    assert second.sequence == 2
    assert ledger.events(settings) == [first, second]


def test_two_writers_lose_no_event(settings: Settings) -> None:
    script = """
import sys
from pathlib import Path
from orchestration import ledger
from orchestration.settings import Settings
home = Path(sys.argv[1])
for n in range(25):
    ledger.append(Settings(home, home, home), event="accepted", extract_id=sys.argv[2], file_name="f",
                  sha256=f"{n:064d}", size=1)
"""
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(settings.home), name]) for name in ("one", "two")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    history = ledger.events(settings)
    assert [event.sequence for event in history] == list(range(1, 51))
    assert sum(event.extract_id == "one" for event in history) == 25


def test_accepted_is_the_newest_acceptance_of_each_delivery(settings: Settings) -> None:
    came(settings, SHA_A)
    came(settings, SHA_B)
    came(settings, SHA_C, "refused")
    came(settings, SHA_B, "duplicate")
    came(settings, SHA_A)
    assert [(event.sha256, event.sequence) for event in ledger.accepted(settings)] == [(SHA_B, 2), (SHA_A, 5)]
    assert [event.sha256 for event in ledger.accepted(settings, {SHA_A})] == [SHA_B]
    assert [event.sha256 for event in ledger.accepted(settings, {"population-bbbbbbbbbbbb"})] == [SHA_A]


def test_purge_removes_every_copy_and_leaves_a_tombstone(settings: Settings) -> None:
    came(settings, SHA_A)
    came(settings, SHA_B)
    kept = (settings.raw / SHA_B, settings.landing / "observations" / "population-bbbbbbbbbbbb.parquet")
    keep_bytes(settings, SHA_B)
    removed = keep_bytes(settings, SHA_A)
    (tombstone,) = ledger.purge(settings, SHA_A, "names of persons")
    assert not any(path.exists() for path in removed)
    assert all(path.exists() for path in kept)
    assert (tombstone.event, tombstone.reason) == ("purged", "names of persons")
    assert [event.sha256 for event in ledger.accepted(settings)] == [SHA_B]
    assert not any(b"3;4" in path.read_bytes() for path in settings.home.rglob("*") if SHA_A in path.name)


def test_interrupted_purge_is_finished_by_repeating_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(settings, SHA_A)
    removed = keep_bytes(settings, SHA_A)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(ledger, "_remove_bytes", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        ledger.purge(settings, SHA_A, "reason")
    assert ledger.accepted(settings) == []
    ledger.purge(settings, SHA_A, "reason")
    assert not any(path.exists() for path in removed)
    assert [event.event for event in ledger.events(settings)] == ["accepted", "purged"]


def test_purged_delivery_may_come_again(settings: Settings) -> None:
    came(settings, SHA_A)
    ledger.purge(settings, SHA_A, "mistake")
    came(settings, SHA_A)
    assert [event.sequence for event in ledger.accepted(settings)] == [3]


def test_purge_needs_a_reason_and_a_known_delivery(settings: Settings) -> None:
    came(settings, SHA_A)
    came(settings, SHA_C)
    came(settings, "abc" + "d" * 61)
    with pytest.raises(ValueError, match="needs a reason"):
        ledger.purge(settings, SHA_A, " ")
    for unknown in ("f" * 64, "aaa", ""):
        with pytest.raises(ledger.UnknownDelivery):
            ledger.purge(settings, unknown, "reason")
    assert ledger.find(settings, SHA_C[:8])[0].sha256 == SHA_C
    assert len(ledger.accepted(settings)) == 3


def test_ambiguous_beginning_of_a_hash_is_refused(settings: Settings) -> None:
    came(settings, "abcdef" + "1" * 58)
    came(settings, "abcdef" + "2" * 58)
    with pytest.raises(ledger.UnknownDelivery, match="fits 2"):
        ledger.find(settings, "abcdef")


def test_list_and_show_say_what_is_kept(settings: Settings) -> None:
    came(settings, SHA_A)
    keep_bytes(settings, SHA_A)
    (settings.quarantine / SHA_A / "findings.json").write_text('[{"rule": "r"}]')
    assert [row["is_current"] for row in ledger.list_deliveries(settings)] == [True]
    shown = ledger.show_delivery(settings, "population-aaaaaaaaaaaa")
    assert shown["raw_kept"] is True
    assert shown["landed"] == ["landing/observations/population-aaaaaaaaaaaa.parquet"]
    assert shown["findings"] == [{"rule": "r"}]
    ledger.purge(settings, SHA_A, "reason")
    assert ledger.show_delivery(settings, SHA_A)["raw_kept"] is False


def test_damaged_event_is_named(settings: Settings) -> None:
    came(settings, SHA_A)
    (settings.ledger / "000001.json").write_text("{")
    with pytest.raises(ledger.LedgerDamaged, match=r"000001\.json"):
        ledger.events(settings)


def test_half_written_file_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    write_bytes(path, b"old")

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(EnvironmentFailed, match=r"x\.json.*no space"):
        write_bytes(path, b"new")
    with pytest.raises(EnvironmentFailed):
        write_new(tmp_path / "y.json", b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("x.json", b"old")]


def test_stages_measure_each_stage_on_its_own() -> None:
    done: list[str] = []
    stages = Stages(on_done=lambda stage: done.append(stage.name))
    with stages.stage("large"):
        block = bytearray(200 * 1024 * 1024)
        time.sleep(0.05)
    del block
    with stages.stage("small"):
        pass
    measured = stages.as_dict()
    assert done == list(measured) == ["large", "small"]
    assert 0.05 <= measured["large"]["seconds"] < 5
    assert measured["large"]["peak_mb"] > 200


def test_memory_of_a_child_process_counts() -> None:
    stages = Stages()
    with stages.stage("child"):
        # More than any build that an earlier test ran in this process: only a new record of a child is seen.
        subprocess.run([sys.executable, "-c", "x = bytearray(1500 * 1024 * 1024)"], check=True)
    assert stages.as_dict()["child"]["peak_mb"] > 1400
