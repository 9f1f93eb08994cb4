"""Verify, list, diff, rollback and prune: finding damage, going back, and what is never removed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from small_release import (
    AREAS,
    Row,
    database,
    publish_rows,
    publish_work,
    read,
    rows_with,
    settings_in,
    write_work_database,
)

from orchestration import release
from orchestration.settings import Settings

CHANGED = {("share_a", "stadtteil-101"): (99.0, "ok")}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def test_every_flipped_bit_and_truncation_is_found(settings: Settings) -> None:
    number = publish_rows(settings)
    for path in sorted(database(settings, number).parent.iterdir()):
        intact = path.read_bytes()
        path.chmod(0o644)
        for step in range(40):
            offset = step * (len(intact) - 1) // 39
            damaged = bytearray(intact)
            damaged[offset] ^= 1 << (step % 8)
            path.write_bytes(damaged)
            assert release.verify(settings, number), f"bit at byte {offset} of {path.name}"
        for length in (len(intact) * 999 // 1000, len(intact) // 2, len(intact) // 100, 0):
            path.write_bytes(intact[:length])
            assert release.verify(settings, number), f"{path.name} cut to {length} bytes"
        path.write_bytes(intact)
    assert release.verify(settings, number) == []


def test_missing_foreign_and_open_files_are_found(settings: Settings) -> None:
    folder = database(settings, publish_rows(settings)).parent
    foreign = folder / "public.duckdb.wal"
    foreign.write_bytes(b"x")
    assert "must not exist" in " ".join(release.verify(settings))
    foreign.unlink()
    (folder / "notes.txt").write_text("x")
    assert "does not belong" in " ".join(release.verify(settings))
    (folder / "notes.txt").unlink()
    (folder / "internal.duckdb").unlink()
    assert "is missing" in " ".join(release.verify(settings))
    (folder / "manifest.json").unlink()
    assert "no manifest" in " ".join(release.verify(settings))


def test_whole_release_replaced_by_another_is_found_by_the_pointer(settings: Settings) -> None:
    number = publish_rows(settings)
    content = json.loads(settings.pointer.read_text())
    content["audiences"]["public"]["sha256"] = "0" * 64
    settings.pointer.write_text(json.dumps(content))
    assert "another sha256" in release.verify(settings, number)[0]


def test_unknown_release_names_the_existing_ones(settings: Settings) -> None:
    with pytest.raises(release.UnknownRelease, match="no release"):
        release.verify(settings)
    publish_rows(settings)
    with pytest.raises(release.UnknownRelease, match="Existing: 1"):
        release.verify(settings, 7)
    with pytest.raises(release.UnknownRelease):
        release.show(settings, 7)
    with pytest.raises(release.UnknownRelease):
        release.rollback(settings, 7)


def test_list_marks_current_and_damaged(settings: Settings) -> None:
    publish_rows(settings)
    publish_rows(settings, rows_with(CHANGED))
    path = database(settings, 1)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    rows = release.list_releases(settings)
    assert [(r["release"], r["is_current"], r["verifies"], r["n_inputs"]) for r in rows] == [
        (1, False, False, 1),
        (2, True, True, 1),
    ]
    assert release.show(settings)["sequence"] == 2


def test_content_hash_ignores_row_order_threads_and_times_of_arrival(settings: Settings) -> None:
    publish_rows(settings, rows_with(CHANGED))
    publish_rows(settings, list(reversed(rows_with(CHANGED))), received_at="2026-07-07")
    first, second = (release.read_manifest(settings, number)["content_hash"] for number in (1, 2))
    assert first == second
    for threads in (1, 2):
        assert release.content_hash_of(database(settings, 2), threads=threads) == second["public"]


@pytest.mark.parametrize(
    "statement",
    [
        "update fct_indicator_value set value = 10.0000000001 where value = 10",
        "delete from dim_level_copy where level = 'x'",
        "insert into dim_period values ('2024')",
        "insert into dim_period values (null)",
        "insert into dim_area select * from dim_area limit 1",
        "alter table dim_period rename to dim_periods",
        "alter table dim_period rename column period_id to period",
        "alter table fct_indicator_value alter rank type integer",
    ],
)
def test_content_hash_notices_every_change(tmp_path: Path, statement: str) -> None:
    path = write_work_database(tmp_path / "w.duckdb", rows_with())
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table dim_level_copy as select unnest(['x', 'y']) as level")
    before = release.content_hash_of(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    assert release.content_hash_of(path) != before


def test_diff_is_exact(settings: Settings) -> None:
    earlier: list[Row] = rows_with({("share_b", AREAS[0]): (None, "pending")})
    later = rows_with(
        {("share_a", AREAS[1]): (99.0, "ok"), ("share_b", AREAS[2]): (None, "suppressed_primary")}
    )
    publish_rows(settings, earlier)
    publish_rows(settings, later[:-1])  # the last cell's row vanishes altogether
    answer = release.diff(settings, 1, 2, "public")
    counted = ("indicator_id", "n_changed", "n_new", "n_vanished", "areas")
    assert [{name: row[name] for name in counted} for row in answer["indicators"]] == [
        {"indicator_id": "share_a", "n_changed": 1, "n_new": 0, "n_vanished": 0, "areas": [AREAS[1]]},
        {
            "indicator_id": "share_b",
            "n_changed": 0,
            "n_new": 1,
            "n_vanished": 1,
            "areas": [AREAS[0], AREAS[2]],
        },
    ]
    assert [(v["area_id"], v["kind"], v["earlier_value"], v["later_value"]) for v in answer["values"]] == [
        (AREAS[1], "changed", 11.0, 99.0),
        (AREAS[0], "new", None, 10.0),
        (AREAS[2], "vanished", 12.0, None),
    ]
    backwards = release.diff(settings, 2, 1, "internal")["indicators"]
    assert [(row["n_new"], row["n_vanished"]) for row in backwards] == [(0, 0), (1, 1)]
    assert release.diff(settings, 2, 2)["values"] == []


def test_diff_refuses_a_damaged_file(settings: Settings) -> None:
    publish_rows(settings)
    publish_rows(settings)
    path = database(settings, 1)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ValueError, match="cannot be compared"):
        release.diff(settings, 1, 2)


def test_rollback_is_a_new_higher_release_with_the_old_content(settings: Settings) -> None:
    publish_rows(settings, fingerprint="f1", shas=["a" * 64])
    publish_rows(settings, rows_with(CHANGED), fingerprint="f2", shas=["a" * 64, "b" * 64])
    assert release.rollback(settings, 1) == 3
    manifest = release.read_manifest(settings, 3)
    assert manifest["rollback_of"] == 1
    assert manifest["content_hash"] == release.read_manifest(settings, 1)["content_hash"]
    assert manifest["withdrawn"] == {"fingerprints": ["f2"], "inputs": ["b" * 64]}
    assert release.verify(settings) == []
    assert read(
        database(settings, 3), "select release_number, previous_release, rollback_of from dim_release"
    ) == [(3, 2, 1)]
    assert read(database(settings, 3), "select * from fct_release_change") == [("share_a", 1, 0, 0)]


def test_withdrawn_inputs_stay_withdrawn_until_used_again(settings: Settings) -> None:
    publish_rows(settings, fingerprint="f1", shas=["a" * 64])
    publish_rows(settings, rows_with(CHANGED), fingerprint="f2", shas=["a" * 64, "b" * 64])
    release.rollback(settings, 1)
    assert release.unchanged_since_current(settings, "f2"), "a build must not undo the rollback"
    assert release.unchanged_since_current(settings, "f1")
    assert release.withdrawn_inputs(settings) == {"b" * 64}
    publish_rows(settings, fingerprint="f4", shas=["a" * 64, "c" * 64])
    assert release.withdrawn_inputs(settings) == {"b" * 64}
    settings.pointer.write_text("damaged")
    assert release.withdrawn_inputs(settings) == {"b" * 64}
    publish_rows(settings, fingerprint="f2", shas=["a" * 64, "b" * 64])
    assert release.withdrawn_inputs(settings) == frozenset()


def test_rollback_does_not_hand_its_state_to_the_next_build(settings: Settings) -> None:
    publish_rows(settings)
    publish_rows(settings, rows_with(CHANGED))
    release.rollback(settings, 1)
    assert release.start_work(settings, "0.1.0", "w1") is False


def test_rollback_refuses_a_damaged_or_the_current_release(settings: Settings) -> None:
    publish_rows(settings)
    publish_rows(settings)
    with pytest.raises(ValueError, match="already the current"):
        release.rollback(settings, 2)
    path = database(settings, 1)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(release.ReleaseRefused, match="cannot be published again"):
        release.rollback(settings, 1)
    assert release.current_number(settings) == 2


def test_prune_keeps_manifests_current_predecessor_and_pinned(settings: Settings) -> None:
    for _ in range(6):
        publish_rows(settings)
    release.pin(settings, 2, "evaluation 7 rests on it")
    answer = release.prune(settings, keep=1)
    assert (answer["pruned"], answer["kept"]) == ([1, 3, 4], [2, 5, 6])
    assert answer["freed_bytes"] > 0
    assert all((settings.releases / f"{n:06d}" / "manifest.json").is_file() for n in range(1, 7))
    assert [database(settings, n).exists() for n in range(1, 7)] == [False, True, False, False, True, True]
    assert "pruned" in release.verify(settings, 1)[0]
    assert release.verify(settings, 2) == []
    with pytest.raises((release.UnknownRelease, release.ReleaseRefused), match="pruned"):
        release.rollback(settings, 1)
    assert release.prune(settings, keep=1)["pruned"] == []
    assert publish_rows(settings) == 7


def test_prune_keeps_the_predecessor_of_a_rollback(settings: Settings) -> None:
    for _ in range(3):
        publish_rows(settings)
    release.rollback(settings, 2)
    assert release.prune(settings, keep=1)["kept"] == [3, 4]


def test_prune_does_nothing_beside_a_damaged_pointer(settings: Settings) -> None:
    for _ in range(3):
        publish_rows(settings)
    settings.pointer.write_text("{")
    with pytest.raises(release.PointerDamaged):
        release.prune(settings, keep=1)
    assert all(database(settings, n).exists() for n in (1, 2, 3))


def test_file_of_another_format_names_both_versions(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_rows(settings)

    def too_new(*_: object, **__: object) -> None:
        raise duckdb.IOException("written with a newer storage version")

    monkeypatch.setattr("orchestration.release.content.opened", too_new)
    monkeypatch.setattr("orchestration.release.verification.opened", too_new, raising=False)
    text = " ".join(release.verify(settings))
    assert f"written by DuckDB {duckdb.__version__}" in text
    assert f"read by DuckDB {duckdb.__version__}" in text


def test_copied_home_is_the_same_release(settings: Settings, tmp_path: Path) -> None:
    publish_work(settings, write_work_database(settings.work_database, rows_with()))
    shutil.copytree(settings.home, tmp_path / "moved")
    moved = Settings(settings.workspace, settings.inbox, tmp_path / "moved")
    assert release.verify(moved) == []
