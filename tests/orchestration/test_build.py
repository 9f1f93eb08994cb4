"""`sozialraum build` from outside: what it publishes, what it leaves alone, what it refuses."""

from __future__ import annotations

import json
import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import (
    City,
    bytes_below,
    content_hash,
    copy_of,
    events_of,
    manifest_of,
    opened,
    opened_file,
    pointer_of,
    problems_of,
    sozialraum,
)
from corrected_city import CORRECTION, INDICATOR, ORIGINAL, SEVERAL_FILES, YEAR, expected_changes

from orchestration.atomic import sha256_of
from orchestration.product import product_version

AUDIENCES = ("public", "internal")
NO_CHANGE_SECONDS = 3.0  # the figure of the issue, for a fresh process on two cores
STAGES = ["plan", "load", "parse", "ingest", "transform", "publish"]


def built(city: City, *options: str, **environment: str) -> str:
    """Build, expect success, return what was printed."""
    done = sozialraum("build", *city.arguments, *options, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def own_copy(tmp_path: Path, small_city: City) -> City:
    return copy_of(small_city, tmp_path)


# The first release.


def test_first_build_publishes_release_1_with_a_pointer_to_one_file_per_audience(small_city: City) -> None:
    pointer = pointer_of(small_city.home)
    assert set(pointer) == {"release", "audiences"}
    assert pointer["release"] == 1
    assert set(pointer["audiences"]) == set(AUDIENCES)
    for audience, entry in pointer["audiences"].items():
        assert entry["file"] == f"releases/000001/{audience}.duckdb"
        file = small_city.home / entry["file"]
        assert sha256_of(file) == entry["sha256"]
        assert file.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in (small_city.home / "releases" / "000001").iterdir()) == [
        "internal.duckdb",
        "manifest.json",
        "pinned.json",  # the evaluation of the demo city rests on this release
        "public.duckdb",
        "semantic_manifest.json",
    ]
    assert problems_of(small_city.home) == []


def test_manifest_says_what_the_release_rests_on(small_city: City) -> None:
    manifest = manifest_of(small_city.home)
    assert manifest["sequence"] == 1
    age = datetime.now(UTC) - datetime.fromisoformat(manifest["built_at"])
    assert timedelta(minutes=-1) < age < timedelta(hours=2)
    assert manifest["workspace"]["workspace_id"] == "demo"
    assert manifest["product_version"] == product_version()
    delivered = {sha256_of(path) for path in small_city.inbox.iterdir()}
    assert {one["sha256"] for one in manifest["inputs"]} == delivered
    assert (manifest["previous_release"], manifest["rollback_of"]) == (None, None)
    assert manifest["marks"] == {"not_for_publication": True}
    assert manifest["checks_passed"] > 20


def test_manifest_counts_and_hashes_the_files_as_they_are(small_city: City) -> None:
    manifest = manifest_of(small_city.home)
    folder = small_city.home / "releases" / "000001"
    assert manifest["file_hashes"] == {
        name: sha256_of(folder / name)
        for name in ("public.duckdb", "internal.duckdb", "semantic_manifest.json")
    }
    for audience in AUDIENCES:
        with opened(small_city.home, audience) as release:
            tables = [row[0] for row in release.execute("select table_name from duckdb_tables()").fetchall()]
            counts = {
                table: release.execute(f"select count(*) from {table}").fetchone()[0] for table in tables
            }
        assert manifest["row_counts"][audience] == counts
        assert len(manifest["content_hash"][audience]) == 64
    assert manifest["content_hash"]["public"] != manifest["content_hash"]["internal"]


def test_build_measures_seconds_and_memory_of_every_stage(corrected_city: City) -> None:
    stages = manifest_of(corrected_city.home)["stages"]
    assert list(stages) == STAGES
    for name, used in stages.items():
        assert used["seconds"] > 0, name
        assert 20 < used["peak_mb"] < 4096, name
    said = json.loads((corrected_city.workspace.parent / "build.json").read_text(encoding="utf-8"))
    assert said["release"] == 2
    assert list(said["stages"]) == STAGES


def test_folders_with_unprotected_values_are_closed_to_others(small_city: City) -> None:
    for name in ("raw", "work", "state"):
        assert (small_city.home / name).stat().st_mode & 0o777 == 0o700, name


# Nothing to do.


def test_second_build_without_changes_says_so_at_once_and_publishes_nothing(own_copy: City) -> None:
    built(own_copy)  # the copy lies elsewhere: looks once at everything
    before = bytes_below(own_copy.home / "releases"), bytes_below(own_copy.home / "deliveries")
    pointer = (own_copy.home / "current.json").read_bytes()
    started = time.monotonic()
    said = built(own_copy)
    assert time.monotonic() - started < NO_CHANGE_SECONDS
    assert said == "Nothing changed since release 1: no new release.\n"
    assert (bytes_below(own_copy.home / "releases"), bytes_below(own_copy.home / "deliveries")) == before
    assert (own_copy.home / "current.json").read_bytes() == pointer


def test_build_without_dagster_landing_and_work_finds_the_release_unchanged(own_copy: City) -> None:
    for name in ("dagster", "landing", "work", "state"):  # a purge removes the last two as well
        shutil.rmtree(own_copy.home / name)
    assert "Nothing changed since release 1" in built(own_copy)
    assert problems_of(own_copy.home) == []


def test_same_bytes_under_another_name_are_recorded_once_and_change_nothing(own_corrected_city: City) -> None:
    city = own_corrected_city
    before = events_of(city.home)
    shutil.copy(city.inbox / f"{SEVERAL_FILES}.csv", city.inbox / f"{SEVERAL_FILES}_kopie.csv")
    for _ in range(2):
        assert "Nothing changed since release 2" in built(city)
    new = events_of(city.home)[len(before) :]
    assert [(event["event"], event["file_name"]) for event in new] == [
        ("duplicate", f"{SEVERAL_FILES}_kopie.csv")
    ]
    assert f"{SEVERAL_FILES}.csv" in new[0]["reason"]
    assert pointer_of(city.home)["release"] == 2


# A late correction.


def test_late_corrected_file_changes_exactly_the_values_that_rest_on_it(corrected_city: City) -> None:
    done = sozialraum("release", "diff", "1", "2", "--home", str(corrected_city.home), "--json")
    assert done.returncode == 0, done.stderr
    difference = json.loads(done.stdout)
    (indicator,) = difference["indicators"]
    assert (indicator["indicator_id"], indicator["n_changed"]) == (INDICATOR, 3)
    assert (indicator["n_new"], indicator["n_vanished"]) == (0, 0)
    expected = expected_changes(corrected_city.inbox)
    assert {value["area_id"] for value in difference["values"]} == set(expected)
    for value in difference["values"]:
        earlier, later = expected[value["area_id"]]
        assert (value["kind"], value["period_id"], value["breakdown_id"]) == ("changed", YEAR, "total")
        assert value["earlier_value"] == pytest.approx(earlier, rel=1e-11)
        assert value["later_value"] == pytest.approx(later, rel=1e-11)


def test_release_itself_names_what_changed_and_what_was_revised(corrected_city: City) -> None:
    with opened(corrected_city.home) as release:
        changes = release.execute("select * from fct_release_change").fetchall()
        revised = release.execute(
            "select area_id, period_id from fct_observation"
            " where 'revised' in value_flags and variable_id = 'voters_municipal' and level = 'stadtteil'"
        ).fetchall()
        delivered = release.execute(
            "select file_name from dim_delivery where extract_id = 'kommunalwahl' order by file_name"
        ).fetchall()
    assert changes == [(INDICATOR, 3, 0, 0)]
    assert revised == [("stadtteil-201", YEAR)]
    assert (CORRECTION,) in delivered
    assert (ORIGINAL,) in delivered


def test_first_release_stays_as_it_was_when_the_second_is_published(
    small_city: City, corrected_city: City
) -> None:
    assert bytes_below(corrected_city.home / "releases" / "000001") == bytes_below(
        small_city.home / "releases" / "000001"
    )


# The same inputs give the same content.


def test_rebuild_from_raw_and_ledger_alone_gives_the_same_content(
    tmp_path: Path, corrected_city: City
) -> None:
    """No inbox, no landing, no Dagster storage, and one thread instead of two."""
    home, inbox = tmp_path / "home", tmp_path / "empty"
    inbox.mkdir()
    for name in ("raw", "deliveries"):
        shutil.copytree(corrected_city.home / name, home / name)
    built(City(corrected_city.workspace, inbox, home), SOZIALRAUM_DBT_THREADS="1")
    assert pointer_of(home)["release"] == 1
    assert content_hash(home) == content_hash(corrected_city.home)


def test_all_files_at_once_in_another_order_give_the_same_content(
    tmp_path: Path, corrected_city: City
) -> None:
    """The corrected city came in two steps; here original and correction lie in the inbox from the start."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in sorted(corrected_city.inbox.iterdir(), reverse=True):
        (inbox / path.name).write_bytes(path.read_bytes())
    city = City(corrected_city.workspace, inbox, tmp_path / "home")
    built(city)
    assert content_hash(city.home) == content_hash(corrected_city.home)


# Refused.


def spoil(city: City) -> dict[str, str]:
    """Three defects in three deliveries; file name -> a word that must be said about it."""
    votes = (city.inbox / ORIGINAL).read_bytes().decode("cp1252")
    wrong = votes.replace("Gänsewiese;", "Entenwiese;").replace("Ankerau;", "Ankerau;-")
    (city.inbox / "kommunalwahl_2020_neu.csv").write_bytes(wrong.encode("cp1252"))
    shutil.copy(city.inbox / "laermkartierung_2017.csv", city.inbox / "laermkartierung_2023.csv")
    cars = (city.inbox / "kraftfahrzeuge.csv").read_bytes()
    (city.inbox / "kraftfahrzeuge.csv").write_bytes(cars.replace(b"Jahr;", b"Monat;", 1))
    return {
        "kommunalwahl_2020_neu.csv": "Entenwiese",
        "laermkartierung_2023.csv": "laermkartierung_2017.csv",
        "kraftfahrzeuge.csv": "Jahr",
    }


def test_refused_delivery_leaves_release_untouched(own_copy: City) -> None:
    releases = bytes_below(own_copy.home / "releases")
    pointer = (own_copy.home / "current.json").read_bytes()
    before = len(events_of(own_copy.home))
    named = spoil(own_copy)
    done = sozialraum("build", *own_copy.arguments)
    assert done.returncode == 1, done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    for file_name, word in named.items():
        assert any(file_name in line and word in line for line in errors), (file_name, errors)
    assert any("kommunalwahl_2020_neu.csv, line 5" in line and "'-" in line for line in errors), errors
    assert f"Refused: {len(errors)} errors" in done.stderr
    assert "Release 1 stays." in done.stderr
    assert "Traceback" not in done.stderr
    assert bytes_below(own_copy.home / "releases") == releases
    assert (own_copy.home / "current.json").read_bytes() == pointer
    refused_in_quarantine(own_copy, before)


def refused_in_quarantine(city: City, n_events_before: int) -> None:
    """Ledger and quarantine tell of each refused file; nothing of it is landed."""
    events = events_of(city.home)[n_events_before:]
    for name in ("kommunalwahl_2020_neu.csv", "kraftfahrzeuge.csv"):
        sha256 = sha256_of(city.inbox / name)
        (event,) = [one for one in events if one["sha256"] == sha256]
        assert event["event"] == "refused", event
        assert event["n_errors"] >= 1
        folder = city.home / "quarantine" / sha256
        assert sha256_of(folder / "delivered") == sha256
        findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
        assert {finding["file"] for finding in findings} == {name}
        assert not list((city.home / "landing").rglob(f"{event['delivery_id']}*"))
    shown = sozialraum("delivery", "show", sha256, "--home", str(city.home))
    assert shown.returncode == 0, shown.stderr
    assert "refused" in shown.stdout
    assert not any(event["event"] == "accepted" for event in events)


def test_failed_check_leaves_release_untouched(own_copy: City) -> None:
    """The deliveries are right; a correction makes a part larger than its whole, a dbt test says so."""
    pointer = (own_copy.home / "current.json").read_bytes()
    with opened(own_copy.home) as release:
        cell = release.execute(
            "select extract_id, variable_id, dim_area.level, code, period_id, breakdown_id,"
            " cast(value as bigint) from fct_observation"
            " inner join dim_delivery using (delivery_id) inner join dim_area using (area_version_id)"
            " where variable_id = 'voters_federal' and dim_area.level = 'stadtteil'"
            " and value > 0 and code not like '%-nz' order by all limit 1"
        ).fetchone()
    assert cell is not None
    with (own_copy.workspace / "corrections.csv").open("a", encoding="utf-8") as corrections:
        corrections.write(";".join(str(part) for part in cell) + ";987654321;Test\n")
    done = sozialraum("build", *own_copy.arguments)
    assert done.returncode == 1, done.stderr
    (told,) = [line for line in done.stderr.splitlines() if "assert_parts_do_not_exceed_whole" in line]
    assert re.fullmatch(
        r"ERROR \[check_failed\] assert_parts_do_not_exceed_whole: A proportion counts a part of its"
        r" denominator, at every level; a denominator that is a proxy may be too small\. \d+ rows? fails?\.",
        told,
    ), told
    n_failed = done.stderr.count("[check_failed]")
    assert f"{n_failed} failed checks" in done.stderr
    assert "987654321" not in done.stderr
    assert "resource_tracker" not in done.stderr
    log = b"".join(path.read_bytes() for path in (own_copy.home / "dagster").rglob("*.db*"))
    assert b"987654321" not in log
    assert "Release 1 stays." in done.stderr
    assert (own_copy.home / "current.json").read_bytes() == pointer
    assert [path.name for path in (own_copy.home / "releases").iterdir()] == ["000001"]
    assert problems_of(own_copy.home) == []


def test_check_finds_what_build_would_refuse_and_writes_nothing(own_copy: City) -> None:
    clean = sozialraum("check", *own_copy.arguments)
    assert (clean.returncode, clean.stdout.splitlines()[-1]) == (0, "0 errors, 2 warnings")
    named = spoil(own_copy)
    before = bytes_below(own_copy.home)
    done = sozialraum("check", *own_copy.arguments)
    assert done.returncode == 1
    errors = [line for line in done.stdout.splitlines() if line.startswith("ERROR")]
    for file_name, word in named.items():
        assert any(file_name in line and word in line for line in errors), (file_name, errors)
    assert done.stdout.splitlines()[-1] == f"{len(errors)} errors, 2 warnings"
    assert bytes_below(own_copy.home) == before


def test_ignored_delivery_no_longer_blocks_the_build(own_copy: City) -> None:
    (own_copy.inbox / "kommunalwahl_2020_neu.csv").write_bytes(b"Gebiet;Wahlberechtigte\nAnkerau;1\n")
    sha256 = sha256_of(own_copy.inbox / "kommunalwahl_2020_neu.csv")
    assert sozialraum("check", *own_copy.arguments).returncode == 1
    ignored = f"ignore:\n  {sha256}: Testlieferung\nignore_files: {{}}\n"
    (own_copy.workspace / "deliveries.yml").write_text(ignored, encoding="utf-8")
    done = sozialraum("check", *own_copy.arguments)
    assert done.returncode == 0, done.stdout
    assert "Testlieferung" in done.stdout


# Taken back.


def test_rolled_back_inputs_come_again_only_when_forced(own_corrected_city: City) -> None:
    city = own_corrected_city
    corrected = content_hash(city.home)
    original = manifest_of(city.home, 1)["content_hash"]
    done = sozialraum("release", "rollback", "1", "--home", str(city.home))
    assert done.returncode == 0, done.stderr
    assert manifest_of(city.home)["rollback_of"] == 1
    assert content_hash(city.home) == original

    assert "Nothing changed since release 3" in built(city)
    assert content_hash(city.home) == original

    assert "Release 4 published" in built(city, "--force")
    assert content_hash(city.home) == corrected
    assert manifest_of(city.home)["withdrawn"]["inputs"] == []
    numbers = json.loads(sozialraum("release", "list", "--home", str(city.home), "--json").stdout)
    assert [(one["release"], one["is_current"], one["verifies"]) for one in numbers] == [
        (1, False, True),
        (2, False, True),
        (3, False, True),
        (4, True, True),
    ]


def test_old_release_can_still_be_read_after_all_this(corrected_city: City) -> None:
    value = f"select value from fct_indicator_value where indicator_id = '{INDICATOR}'"
    value += f" and area_id = 'stadt-0' and period_id = '{YEAR}'"
    earlier, later = expected_changes(corrected_city.inbox)["stadt-0"]
    for number, expected in ((1, earlier), (2, later)):
        with opened_file(corrected_city.home / "releases" / f"{number:06d}" / "public.duckdb") as release:
            assert release.execute(value).fetchone()[0] == pytest.approx(expected, rel=1e-11)
