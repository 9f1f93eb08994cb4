"""Publishing: what a release contains, what it refuses, and that nothing else changes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

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
from orchestration.atomic import EnvironmentFailed, sha256_of
from orchestration.release import audit, candidate, differences, pointer, publishing
from orchestration.settings import Settings
from orchestration.stages import Stages

HIDDEN = {
    ("share_a", "stadtteil-101"): (None, "suppressed_primary"),
    ("share_a", "stadtteil-102"): (None, "suppressed_secondary"),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def manifest_of(settings: Settings, number: int) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((database(settings, number).parent / "manifest.json").read_text())
    return content


def test_pointer_has_exactly_the_promised_shape(settings: Settings) -> None:
    number = publish_rows(settings)
    content = json.loads(settings.pointer.read_text())
    assert content == {
        "release": 1,
        "audiences": {
            name: {
                "file": f"releases/000001/{name}.duckdb",
                "sha256": sha256_of(database(settings, number, name)),
            }
            for name in ("public", "internal")
        },
    }


def test_published_files_are_read_only_complete_and_without_log(settings: Settings) -> None:
    number = publish_rows(settings)
    folder = database(settings, number).parent
    assert sorted(path.name for path in folder.iterdir()) == [
        "internal.duckdb",
        "manifest.json",
        "public.duckdb",
        "semantic_manifest.json",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}
    assert release.verify(settings) == []


def test_views_become_tables_and_other_schemas_stay_out(settings: Settings) -> None:
    path = database(settings, publish_rows(settings))
    assert read(path, "select level from dim_level") == [("stadtteil",)]
    assert read(path, "select count(*) from duckdb_views() where not internal") == [(0,)]
    assert b"stg_secret" not in path.read_bytes()


def test_comments_and_types_are_kept(settings: Settings) -> None:
    path = database(settings, publish_rows(settings))
    assert read(path, "select comment from duckdb_tables() where table_name = 'dim_area'") == [
        ("One row per area's version.",)
    ]
    assert read(
        path,
        "select data_type, comment from duckdb_columns() where database_name = 'sozialraum'"
        " and (table_name, column_name) in (('dim_area', 'area_id'), ('fct_indicator_value', 'numerator'))"
        " order by table_name",
    ) == [("VARCHAR", "Identity over time."), ("DECIMAL(18,4)", None)]


def test_public_does_not_say_which_hidden_cell_is_primary(settings: Settings) -> None:
    number = publish_rows(settings, rows_with(HIDDEN))
    query = "select distinct value_status from fct_indicator_value order by 1"
    assert read(database(settings, number), query) == [("ok",), ("suppressed",)]
    assert read(database(settings, number, "internal"), query) == [
        ("ok",),
        ("suppressed_primary",),
        ("suppressed_secondary",),
    ]
    assert b"suppressed_primary" not in database(settings, number).read_bytes()


def test_dictionary_describes_the_tables_of_publishing(settings: Settings) -> None:
    path = database(settings, publish_rows(settings))
    described = read(path, "select table_name, column_name from dim_column where table_name <> 'dim_area'")
    existing = read(
        path,
        "select table_name, column_name from duckdb_columns() where database_name = 'sozialraum'"
        " and table_name in ('dim_release', 'fct_release_change')",
    )
    assert sorted(described) == sorted(existing)


def test_dim_release_and_manifest_say_what_it_is(settings: Settings) -> None:
    stages = Stages()
    with stages.stage("ingest"):
        pass
    number = publish_rows(settings, stages=stages)
    manifest = manifest_of(settings, number)
    assert manifest["sequence"] == 1
    assert manifest["workspace"] == {"workspace_id": "small", "digest": "w1"}
    assert [one["sha256"] for one in manifest["inputs"]] == ["a" * 64]
    assert manifest["marks"] == {"not_for_publication": True}
    assert manifest["checks_passed"] == 12
    assert manifest["row_counts"]["public"]["fct_indicator_value"] == 6
    assert set(manifest["content_hash"]) == {"public", "internal"}
    assert set(manifest["stages"]) == {"ingest", "publish"}
    assert manifest["stages"]["publish"]["peak_mb"] > 10
    row = read(
        database(settings, number),
        "select release_number, workspace_id, product_version, is_not_for_publication, disclosure_note_en,"
        " previous_release, rollback_of from dim_release",
    )
    assert row == [(1, "small", "0.1.0", True, "Nothing is suppressed.", None, None)]


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("drop table dim_indicator", "lacks the table dim_indicator"),
        ("drop table fct_indicator_value", "fct_indicator_value lacks area_id"),
        ("alter table fct_indicator_value drop numerator", "fct_indicator_value lacks numerator"),
        ("update fct_observation set value_status = 'pending'", "its status is not ok"),
        ("update fct_observation set value = 'nan'::double", "no number"),
        ("update fct_observation set value_status = null, value = null", "without value_status"),
        (
            "update fct_indicator_value set value = null, value_status = 'suppressed_primary'",
            "numerator, interval or rank of a hidden value",
        ),
    ],
)
def test_broken_promise_refuses_the_release(settings: Settings, statement: str, complaint: str) -> None:
    publish_rows(settings)
    before = settings.pointer.read_bytes()
    work = write_work_database(settings.work_database, rows_with())
    with duckdb.connect(str(work)) as connection:
        connection.execute(statement)
    with pytest.raises(release.ReleaseRefused, match=complaint):
        publish_work(settings, work)
    assert settings.pointer.read_bytes() == before
    assert [path.name for path in settings.releases.iterdir()] == ["000001"]


def test_audit_of_the_file_finds_what_building_forgot(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.release.building.OWN_SUPPRESSION", ("nothing",))
    with pytest.raises(release.ReleaseRefused, match="which hidden values are primary"):
        publish_rows(settings, rows_with(HIDDEN))
    assert not settings.pointer.exists()


def test_audit_finds_lost_rows(settings: Settings) -> None:
    path = database(settings, publish_rows(settings))
    problems = audit.audit_file(path, "public", {"fct_indicator_value": 7}).problems
    assert problems == ["The public file's fct_indicator_value has 6 rows, its source 7."]


def test_work_database_with_open_log_is_refused(settings: Settings) -> None:
    work = write_work_database(settings.work_database, rows_with())
    work.with_name(work.name + ".wal").write_bytes(b"")
    with pytest.raises(release.ReleaseRefused, match="is not closed"):
        publish_work(settings, work)


def test_work_database_still_open_elsewhere_is_refused(settings: Settings) -> None:
    work = write_work_database(settings.work_database, rows_with())
    with duckdb.connect(str(work)), pytest.raises(release.ReleaseRefused, match="still open"):
        publish_work(settings, work)


def test_changes_against_the_predecessor_are_counted(settings: Settings) -> None:
    publish_rows(settings, rows_with({("share_b", "stadtteil-101"): (None, "pending")}))
    number = publish_rows(
        settings,
        rows_with(
            {("share_a", "stadtteil-101"): (99.0, "ok"), ("share_b", "stadtteil-103"): (None, "pending")}
        ),
    )
    assert read(database(settings, number), "select * from fct_release_change order by 1") == [
        ("share_a", 1, 0, 0),
        ("share_b", 0, 1, 1),
    ]
    assert read(database(settings, 1), "select * from fct_release_change") == []


def test_missing_predecessor_is_a_warning_not_a_stop(settings: Settings) -> None:
    publish_rows(settings)
    database(settings, 1, "internal").unlink()
    number = publish_rows(settings, rows_with({("share_a", "stadtteil-101"): (99.0, "ok")}))
    assert number == 2
    assert [text for text in manifest_of(settings, 2)["warnings"] if candidate.NO_COMPARISON in text]
    assert read(database(settings, 2), "select * from fct_release_change") == []
    assert release.verify(settings) == []


def test_predecessor_of_an_older_product_is_a_warning_not_a_stop(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_rows(settings)
    monkeypatch.setattr(differences, "COMPARED_COLUMNS", differences.COMPARED_COLUMNS | {"newer_column"})
    assert publish_rows(settings) == 2
    assert "newer_column" in manifest_of(settings, 2)["warnings"][0]


def test_damaged_pointer_is_named_and_replaced_by_the_next_release(settings: Settings) -> None:
    publish_rows(settings)
    for garbage in (b"", b"{", b'{"release": "1"}', b'{"release": 1, "audiences": {"public": {}}}', b"\xff"):
        settings.pointer.write_bytes(garbage)
        with pytest.raises(release.PointerDamaged, match="damaged"):
            release.current_release(settings)
        assert not release.unchanged_since_current(settings, "f1")
    assert [row["verifies"] for row in release.list_releases(settings)] == [True]
    assert publish_rows(settings) == 2
    assert candidate.NO_COMPARISON in manifest_of(settings, 2)["warnings"][0]
    assert release.current_number(settings) == 2


def test_numbers_follow_releases_and_never_the_clock(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_rows(settings)

    class YearAgo(datetime):
        @classmethod
        def now(cls, _tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) - timedelta(days=365)

    monkeypatch.setattr(publishing, "datetime", YearAgo)
    assert publish_rows(settings) == 2
    assert "clock" in manifest_of(settings, 2)["warnings"][0]
    (settings.releases / "000009").mkdir()
    assert publish_rows(settings) == 10


def test_leftovers_of_an_interrupted_publication_are_removed(settings: Settings) -> None:
    leftover = settings.releases / "000001.building"
    leftover.mkdir(parents=True)
    (leftover / "public.duckdb").write_bytes(b"half")
    assert publish_rows(settings) == 1
    assert [path.name for path in settings.releases.iterdir()] == ["000001"]


def test_nothing_changed_is_decided_without_loading_a_database(settings: Settings) -> None:
    publish_rows(settings)
    assert release.unchanged_since_current(settings, "f1")
    assert not release.unchanged_since_current(settings, "f2")
    database(settings, 1).unlink()
    assert not release.unchanged_since_current(settings, "f1")
    loaded = "import sys, orchestration.release; print({'duckdb', 'pandas', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_state_starts_the_next_build_only_when_it_belongs_to_the_current_release(settings: Settings) -> None:
    assert release.start_work(settings, "0.1.0", "w1") is False
    publish_rows(settings)
    settings.work_database.with_name("sozialraum.duckdb.wal").write_bytes(b"left by a crash")
    assert release.start_work(settings, "0.1.0", "w1") is True
    assert not settings.work_database.with_name("sozialraum.duckdb.wal").exists()
    assert read(settings.work_database, "select * from staging.stg_secret") == [(3,)]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (settings.work, settings.state)} == {0o700}
    assert release.start_work(settings, "0.2.0", "w1") is False
    assert not settings.work_database.exists()
    assert release.start_work(settings, "0.1.0", "w2") is False
    assert release.start_work(settings, "0.1.0", "w1", from_state=False) is False
    with (settings.state / "sozialraum.duckdb").open("ab") as file:
        file.write(b"x")
    assert release.start_work(settings, "0.1.0", "w1") is False


def test_full_disk_names_the_path_and_leaves_the_release(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_rows(settings)
    before = settings.pointer.read_bytes()

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(EnvironmentFailed, match=r"releases.*no space left.*untouched"):
        publish_rows(settings)
    monkeypatch.undo()
    assert settings.pointer.read_bytes() == before
    assert [path.name for path in settings.releases.iterdir()] == ["000001"]
    assert publish_rows(settings) == 2


def test_full_disk_reported_by_the_database_is_an_environment_failure(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')

    monkeypatch.setattr("orchestration.release.building._fill", no_space)
    with pytest.raises(EnvironmentFailed, match="no space left"):
        publish_rows(settings)


def test_folder_without_permission_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path, **_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    write_work_database(settings.work_database, rows_with())
    monkeypatch.setattr(Path, "mkdir", denied)
    with pytest.raises(EnvironmentFailed, match="permission denied"):
        publish_work(settings, settings.work_database)


def test_manifest_guards_its_own_content(settings: Settings) -> None:
    number = publish_rows(settings)
    path = database(settings, number).parent / pointer.MANIFEST
    content = path.read_text()
    path.chmod(0o644)
    path.write_text(content.replace('"checks_passed": 12', '"checks_passed": 13'))
    assert "checksum" in release.verify(settings, number)[0]
