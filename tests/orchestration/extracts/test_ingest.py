"""From inbox to landing: what is stored, recorded and refused, also after a kill."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from small_delivery import AREAS, HEADER, ROWS, fields, rules_of
from test_features import LEFT, RIGHT, area_contract, collection, school_contract, schools

from orchestration import ledger
from orchestration.extracts.inbox import InboxPlan, matches
from orchestration.extracts.ingest import IngestResult, check, ingest_extract, plan_inbox, reland_missing
from orchestration.extracts.landing import landed_path, read_landing
from orchestration.settings import Settings
from orchestration.workspace import Workspace, load_workspace

LEVELS = """level;name_de;name_en;plural_de;plural_en;rank;parent_level
stadt;Stadt;City;Stadt;City;0;
stadtteil;Stadtteil;Neighbourhood;Stadtteile;Neighbourhoods;1;stadt
"""
CONFIG = {
    "workspace_id": "muster",
    "name_de": "Musterstadt",
    "name_en": "Musterstadt",
    "city_area_id": "stadt-0",
    "crs": "EPSG:25832",
    "contact_office": "Amt",
    "feedback_address": "amt@example.org",
    "disclosure_default_profile": "open",
}
PROFILES = (
    "profile_id;threshold;protects_complement;min_denominator;hides;note_de;note_en\nopen;0;false;0;false;;\n"
)


class City:
    """A workspace with inbox and home in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(folder / "city", folder / "inbox", folder / "home")
        self.inbox = self.settings.inbox
        self.inbox.mkdir()
        for name in ("extracts", "geography", "disclosure"):
            (self.settings.workspace / name).mkdir(parents=True)
        files = {
            "workspace.yml": yaml.safe_dump(CONFIG),
            "geography/levels.csv": LEVELS,
            "geography/areas.csv": AREAS,
            "disclosure/profiles.csv": PROFILES,
            "indicators.csv": "indicator_id;levels;years;note\n",
        }
        for name, text in files.items():
            (self.settings.workspace / name).write_text(text)
        self.contract("residents")

    def contract(self, extract_id: str, content: dict[str, object] | None = None) -> None:
        content = dict(content or fields())
        content.pop("extract_id", None)
        (self.settings.workspace / "extracts" / f"{extract_id}.yml").write_text(yaml.safe_dump(content))

    def load(self) -> Workspace:
        workspace, findings = load_workspace(self.settings.workspace)
        assert findings == [], [finding.sentence() for finding in findings]
        return workspace

    def ingest(self, extract_id: str = "residents") -> IngestResult:
        workspace = self.load()
        plan = plan_inbox(self.settings, workspace)
        return ingest_extract(self.settings, workspace, plan, extract_id)

    def deliver(self, text: str, name: str = "einwohner.csv") -> None:
        (self.inbox / name).write_text(text)

    def events(self) -> list[str]:
        return [event.event for event in ledger.events(self.settings)]

    def landed(self, kind: str = "observations") -> list[str]:
        return sorted(
            path.name for path in (self.settings.landing / kind).glob("*.parquet") if path.stem != "_empty"
        )


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_check_writes_nothing_and_lists_workspace_inbox_and_data(city: City) -> None:
    city.deliver(HEADER + "999;Nirgends;2013;5\n")
    city.deliver("x", "notes.txt")
    city.contract("births", fields(file={"pattern": "geburten.csv"}))
    rules = {finding.rule for finding in check(city.settings)}
    assert rules == {"unknown_area", "unmatched_file", "absent_extract"}
    assert not city.settings.home.exists()


def test_accepted_delivery_is_stored_landed_and_recorded(city: City) -> None:
    city.deliver(HEADER + ROWS)
    result = city.ingest()
    [event] = ledger.accepted(city.settings)
    assert result.accepted == [event.delivery_id]
    assert (event.row_count, event.reference_period, event.file_name) == (2, "2013", "einwohner.csv")
    assert (city.settings.raw / event.sha256).read_text() == HEADER + ROWS
    assert city.settings.raw.stat().st_mode & 0o777 == 0o700
    frame = read_landing(landed_path(city.settings, "observations", event.delivery_id))
    assert frame["delivery_id"].tolist() == [event.delivery_id] * 2
    assert frame["value_text"].tolist() == ["1200", "34"]
    assert frame["value_flags"].tolist() == ["", ""]
    assert (city.settings.landing / "offers" / "_empty.parquet").is_file()


def test_refused_delivery_goes_to_quarantine_and_is_recorded_once(city: City) -> None:
    city.deliver(HEADER + "101;Altstadt-Süd;2013;-3\n")
    for _ in range(2):
        result = city.ingest()
        assert rules_of(result.findings) == ["number"]
    assert city.events() == ["refused"]
    assert city.landed() == []
    [folder] = city.settings.quarantine.iterdir()
    assert (folder / "delivered").read_text() == HEADER + "101;Altstadt-Süd;2013;-3\n"
    assert json.loads((folder / "findings.json").read_text())[0]["rule"] == "number"


def test_same_bytes_again_change_nothing(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.ingest()
    before = everything(city.settings.home)
    result = city.ingest()
    assert len(result.unchanged) == 1
    assert everything(city.settings.home) == before


def test_same_bytes_under_another_name_are_recorded_once_as_duplicate(city: City) -> None:  # D03
    city.deliver(HEADER + ROWS)
    city.deliver(HEADER + ROWS, "einwohner_kopie.csv")
    for _ in range(2):
        result = city.ingest()
        assert len(result.duplicates) == 1
    assert city.events() == ["accepted", "duplicate"]
    assert len(city.landed()) == 1


def test_same_bytes_for_two_periods_are_an_error(city: City) -> None:
    city.contract("residents", fields(period={"file_name": r"einwohner_(\d{4})"}))
    city.deliver(HEADER + ROWS, "einwohner_2012.csv")
    city.deliver(HEADER + ROWS, "einwohner_2013.csv")
    assert rules_of(city.ingest().findings) == ["duplicate_file"]
    assert rules_of(check(city.settings)) == ["duplicate_file"]


def test_same_bytes_of_the_same_period_under_another_name_are_no_error(city: City) -> None:
    city.contract("residents", fields(period={"file_name": r"einwohner_(\d{4})"}))
    city.deliver(HEADER + ROWS, "einwohner_2012.csv")
    city.deliver(HEADER + ROWS, "einwohner_2012_kopie.csv")
    assert rules_of(check(city.settings)) == []
    result = city.ingest()
    assert rules_of(result.findings) == []
    assert len(result.duplicates) == 1
    assert city.events() == ["accepted", "duplicate"]


def test_accepted_file_renamed_to_another_period_is_an_error_for_check_as_well(city: City) -> None:
    city.contract("residents", fields(period={"file_name": r"einwohner_(\d{4})"}))
    city.deliver(HEADER + ROWS, "einwohner_2012.csv")
    city.ingest()
    (city.inbox / "einwohner_2012.csv").rename(city.inbox / "einwohner_2013.csv")
    assert rules_of(check(city.settings)) == ["duplicate_file"]
    assert rules_of(city.ingest().findings) == ["duplicate_file"]


def test_ledger_holds_rules_and_places_of_a_refusal_but_no_delivered_value(city: City) -> None:
    city.deliver(
        "Nr;Stadtteil;Jahr;Anzahl;Zusatz 4711\n101;Altstadt-Süd;2013;-98765;1\n999;Geheim;2013;x7;1\n"
    )
    city.contract("residents", fields(additional_columns="refuse"))
    city.ingest()
    [event] = ledger.events(city.settings)
    assert event.reason == (
        "4 errors: additional_column line 1, number line 2 column 'Anzahl', number line 3 column 'Anzahl', "
        "unknown_area line 3 column 'Nr'"
    )
    written = b"".join(path.read_bytes() for path in city.settings.ledger.iterdir()).decode()
    assert not [value for value in ("4711", "98765", "Geheim", "x7", "999;") if value in written]
    [folder] = city.settings.quarantine.iterdir()
    assert "98765" in (folder / "findings.json").read_text()


def test_folders_with_delivered_content_are_private(city: City) -> None:
    city.settings.landing.mkdir(parents=True, mode=0o755)
    city.deliver(HEADER + ROWS, "einwohner_a.csv")
    city.deliver(HEADER + "999;X;2013;1\n", "einwohner_b.csv")
    city.ingest()
    home = city.settings.home
    for name in ("deliveries", "landing", "landing/observations", "quarantine", "raw"):
        assert (home / name).stat().st_mode & 0o777 == 0o700, name


def test_correction_counts_after_the_file_whose_name_it_extends(city: City) -> None:
    names = ["einwohner_2022.csv", "einwohner_2022-korrektur.csv", "einwohner_2022_berichtigt.csv"]
    for at, name in enumerate(reversed(names)):
        city.deliver(HEADER + f"101;Altstadt-Süd;2013;{at}\n", name)
    files = plan_inbox(city.settings, city.load()).files["residents"]
    assert [file.name for file in files] == names


@pytest.mark.parametrize(
    ("later", "severity"), [("einwohner_neu.csv", "warning"), ("einwohner_alt-korrektur.csv", "info")]
)
def test_new_files_that_contradict_each_other_are_named_once(city: City, later: str, severity: str) -> None:
    city.deliver(HEADER + ROWS, "einwohner_alt.csv")
    city.deliver(HEADER + ROWS.replace("1200", "1201").replace("34", "."), later)
    for findings in (check(city.settings), city.ingest().findings):
        [found] = [finding for finding in findings if finding.rule == "contradicting_files"]
        assert (found.file, found.severity) == (later, severity)
        assert "2 of 2 cells" in found.message
        assert "einwohner_alt.csv" in found.message
    assert city.ingest().findings == []
    assert rules_of(check(city.settings), "warning") == []


def test_new_files_of_other_cells_or_equal_values_do_not_contradict(city: City) -> None:
    city.deliver(HEADER + ROWS, "einwohner_a.csv")
    city.deliver(HEADER + ROWS.replace("2013", "2014"), "einwohner_b.csv")
    city.deliver(HEADER + "".join(reversed(ROWS.splitlines(keepends=True))), "einwohner_c.csv")
    assert city.ingest().findings == []


def test_later_year_first_keeps_both_years(city: City) -> None:  # D05
    city.deliver(HEADER + ROWS.replace("2013", "2014"), "einwohner_b.csv")
    city.ingest()
    city.deliver(HEADER + ROWS, "einwohner_a.csv")
    city.ingest()
    assert [event.reference_period for event in ledger.accepted(city.settings)] == ["2014", "2013"]
    assert len(city.landed()) == 2


def test_changed_contract_lands_again_from_raw_without_a_new_event(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.ingest()
    (city.inbox / "einwohner.csv").unlink()
    city.contract("residents", fields(observations=[{"column": "Anzahl", "variable": "households"}]))
    assert reland_missing(city.settings, city.load()) == []
    [name] = city.landed()
    assert set(read_landing(city.settings.landing / "observations" / name)["variable_id"]) == {"households"}
    assert city.events() == ["accepted"]


def test_changed_area_keys_land_again(city: City) -> None:
    city.contract("residents", fields(area={"by": "name", "column": "Stadtteil"}))
    city.deliver(HEADER + ROWS)
    city.ingest()
    areas = city.settings.workspace / "geography" / "areas.csv"
    areas.write_text(areas.read_text().replace("stadtteil;102;", "stadtteil;902;"))
    city.ingest()
    [name] = city.landed()
    assert set(read_landing(city.settings.landing / "observations" / name)["area_code"]) == {"101", "902"}


def test_accepted_delivery_that_a_changed_contract_refuses_blocks_the_build(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.ingest()
    (city.inbox / "einwohner.csv").unlink()
    city.contract("residents", fields(checks={"exact_rows": 3}))
    assert rules_of(reland_missing(city.settings, city.load())) == ["row_count"]


def test_landing_holds_exactly_the_deliveries_that_count(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.ingest()
    city.deliver(HEADER + ROWS.replace("2013", "2014"), "einwohner_2014.csv")
    city.ingest()
    first, second = ledger.accepted(city.settings)
    (city.settings.landing / "observations" / ".x.parquet.1-a.tmp").write_bytes(b"half")
    (city.settings.raw / f".{first.sha256}.1-a.tmp").write_bytes(b"half")
    (city.settings.workspace / "deliveries.yml").write_text(
        yaml.safe_dump({"ignore": {first.sha256: "falsch"}, "ignore_files": {}})
    )
    assert reland_missing(city.settings, city.load()) == []
    assert city.landed() == [f"{second.delivery_id}.parquet"]
    assert city.landed("findings") == [f"{second.delivery_id}.parquet"]
    assert not list(city.settings.home.rglob("*.tmp"))
    reland_missing(city.settings, city.load(), withdrawn=frozenset({second.sha256}))
    assert city.landed() == []
    (city.settings.workspace / "deliveries.yml").unlink()
    reland_missing(city.settings, city.load())
    assert len(city.landed()) == 2


def test_lost_raw_bytes_are_an_error_that_says_what_to_do(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.ingest()
    [event] = ledger.accepted(city.settings)
    (city.inbox / "einwohner.csv").unlink()
    (city.settings.raw / event.sha256).unlink()
    shutil.rmtree(city.settings.landing)
    assert rules_of(reland_missing(city.settings, city.load())) == ["raw_missing"]


def test_purged_bytes_do_not_come_back_unnoticed(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.ingest()
    [event] = ledger.accepted(city.settings)
    ledger.purge(city.settings, event.sha256, "Einzelangaben")
    assert rules_of(city.ingest().findings) == ["purged"]
    assert rules_of(check(city.settings)) == ["purged"]
    assert not (city.settings.raw / event.sha256).exists()


def test_outlines_and_points_land_in_any_order(city: City) -> None:
    for name, contract in (("boundaries", area_contract()), ("schools", school_contract())):
        city.contract(name, contract.model_dump(mode="json", exclude_none=True))
    city.deliver(collection(("101", "Altstadt-Süd", LEFT), ("102", "Mülheim", RIGHT)), "a.geojson")
    city.deliver(schools((1, "101", "Altstadt-Süd", 7.05, 50.05)), "s.json")
    assert rules_of(check(city.settings)) == []
    points_first = [city.ingest(name) for name in ("schools", "boundaries", "schools")]
    assert [rules_of(result.findings) for result in points_first] == [[], [], []]
    assert len(points_first[2].unchanged) == 1
    (city.inbox / "s.json").unlink()
    city.deliver(collection(("102", "Mülheim", LEFT), ("101", "Altstadt-Süd", RIGHT)), "a.geojson")
    city.ingest("boundaries")
    reland_missing(city.settings, city.load())
    [name] = city.landed("offers")
    assert read_landing(city.settings.landing / "offers" / name)["area_code"].tolist() == ["102"]


def test_ignored_files_and_deliveries_are_listed_with_their_reason(city: City) -> None:
    city.deliver(HEADER + ROWS)
    city.deliver("x", "LIESMICH.txt")
    sha256 = plan_inbox(city.settings, city.load()).files["residents"][0].sha256
    ignore = {"ignore": {sha256: "Entwurf"}, "ignore_files": {"*.txt": "Beschreibung"}}
    (city.settings.workspace / "deliveries.yml").write_text(yaml.safe_dump(ignore))
    plan = plan_inbox(city.settings, city.load())
    assert plan.files == {}
    messages = {finding.rule: finding.message for finding in plan.findings}
    assert "Entwurf" in messages["ignored_delivery"]
    assert "Beschreibung" in messages["ignored_file"]


def test_file_that_two_contracts_match_is_an_error(city: City) -> None:
    city.contract("births", fields(file={"pattern": "*.csv"}))
    city.deliver(HEADER + ROWS)
    plan = plan_inbox(city.settings, city.load())
    assert rules_of(list(plan.findings)) == ["several_contracts"]
    assert plan.files == {}


def test_links_and_pipes_in_the_inbox_are_refused(city: City, tmp_path: Path) -> None:  # H08
    (tmp_path / "secret.csv").write_text(HEADER + ROWS)
    (city.inbox / "einwohner_link.csv").symlink_to(tmp_path / "secret.csv")
    (city.inbox / "folder").symlink_to(tmp_path)
    os.mkfifo(city.inbox / "einwohner_pipe.csv")
    plan = plan_inbox(city.settings, city.load())
    assert sorted(rules_of(list(plan.findings))) == ["no_regular_file", "symbolic_link", "symbolic_link"]
    assert plan.files == {}


def test_hostile_file_name_is_stored_under_its_hash_and_shown_escaped(city: City) -> None:  # H09
    name = "einwohner$(rm x)'; DROP TABLE--\x1b[31m<b>.csv"
    city.deliver(HEADER + "101;Altstadt-Süd;2013;-3\n", name)
    result = city.ingest()
    assert all(re.fullmatch(r"[0-9a-f]{64}", path.name) for path in city.settings.raw.iterdir())
    assert "\x1b" not in result.findings[0].sentence()


def test_growing_file_is_left_to_the_next_look(city: City) -> None:  # D02
    city.deliver(HEADER + ROWS)
    workspace = city.load()
    assert plan_inbox(city.settings, workspace, stable_only=True).files == {}
    old = time.time() - 60
    os.utime(city.inbox / "einwohner.csv", (old, old))
    assert list(plan_inbox(city.settings, workspace, stable_only=True).files) == ["residents"]


def test_file_that_changes_between_plan_and_ingest_is_refused(city: City) -> None:
    city.deliver(HEADER + ROWS)
    workspace = city.load()
    plan: InboxPlan = plan_inbox(city.settings, workspace)
    city.deliver(HEADER + ROWS + "102;Mülheim;2014;5\n")
    result = ingest_extract(city.settings, workspace, plan, "residents")
    assert rules_of(result.findings) == ["still_growing"]
    assert city.events() == []


def test_missing_inbox_is_an_error(city: City) -> None:
    city.inbox.rmdir()
    assert "inbox_missing" in rules_of(check(city.settings))


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("a/*.csv", "a/b.csv", True),
        ("a/*.csv", "a/b/c.csv", False),
        ("**/*.csv", "a/b/c.csv", True),
        ("**/*.csv", "c.csv", True),
        ("x_[0-9]?.csv", "x_12.csv", True),
        ("Köln.csv", "Ko\u0308ln.csv", True),
        ("a.csv", "abcsv", False),
        ("*.csv", "b.csv\n", False),
    ],
)
def test_pattern_of_a_contract_stays_within_its_folder(pattern: str, name: str, fits: bool) -> None:
    assert matches(name, pattern) is fits


KILLED = """
import os, signal, sys
from pathlib import Path
from orchestration.extracts.ingest import ingest_extract, plan_inbox, reland_missing
from orchestration.settings import Settings
from orchestration.workspace import load_workspace

def run(home, wanted):
    calls = 0
    def dying(real):
        def call(*args, **named):
            nonlocal calls
            calls += 1
            if calls == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)
        return call
    for name in ("fsync", "replace", "link"):
        setattr(os, name, dying(getattr(os, name)))
    Path.replace = dying(Path.replace)
    settings = Settings(Path(sys.argv[1]), Path(sys.argv[2]), Path(home))
    workspace, _ = load_workspace(settings.workspace)
    plan = plan_inbox(settings, workspace)
    ingest_extract(settings, workspace, plan, "residents")
    reland_missing(settings, workspace, plan)

for argument in sys.argv[3:]:  # a fork each, so that the imports are paid once
    home, _, wanted = argument.rpartition(":")
    child = os.fork()
    if child == 0:
        run(home, int(wanted))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def content(home: Path) -> dict[str, bytes]:
    """Everything of record in a home, without the clock of the ledger and without leftovers there."""
    files = {n: re.sub(rb'"at": "[^"]*"', b"", data) for n, data in everything(home).items()}
    return {n: data for n, data in files.items() if not (n.startswith("deliveries/") and n.endswith(".tmp"))}


def test_killed_ingest_is_completed_by_the_next_run(city: City) -> None:  # P01
    city.deliver(HEADER + ROWS)
    base = city.settings.home
    homes = {die_at: base.with_name(f"home{die_at}") for die_at in range(0, 36, 2)}
    arguments = [f"{home}:{die_at}" for die_at, home in homes.items()]
    command = [sys.executable, "-c", KILLED, str(city.settings.workspace), str(city.inbox), *arguments]
    ended = subprocess.run(command, check=True, timeout=120, capture_output=True, text=True).stdout.split()
    assert ended[0] == "0"
    assert ended.count(str(-signal.SIGKILL)) >= 10
    undisturbed = content(homes.pop(0))
    workspace = city.load()
    for die_at, home in homes.items():
        settings = Settings(city.settings.workspace, city.inbox, home)
        plan = plan_inbox(settings, workspace)
        assert rules_of(ingest_extract(settings, workspace, plan, "residents").findings) == []
        assert reland_missing(settings, workspace, plan) == []
        assert content(home) == undisturbed, die_at
