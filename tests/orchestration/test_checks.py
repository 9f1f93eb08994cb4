"""When is what due, and what Dagster is given: assets, checks, job, schedule and sensor."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from command_line import City, copy_of
from dagster import (
    AssetKey,
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    RunRequest,
    SkipReason,
    build_sensor_context,
    materialize,
)

from orchestration.assets import LOCK, landed_tables, rhythm_of, team_of
from orchestration.build_run import BuildRun, new_deliveries
from orchestration.checks import is_on_time, newest_year, year_due
from orchestration.definitions import build_defs
from orchestration.extracts.contract import Due
from orchestration.extracts.ingest import plan_inbox
from orchestration.findings import Finding
from orchestration.sensors import inbox_sensor, run_key
from orchestration.settings import Settings
from orchestration.workspace import load_workspace

# Freshness.


@pytest.mark.parametrize(
    ("days", "today", "year"),
    [
        (60, date(2025, 2, 28), 2023),
        (60, date(2025, 3, 1), 2024),  # 31.12.2024 + 60 days
        (0, date(2024, 12, 30), 2023),
        (0, date(2024, 12, 31), 2024),
        (500, date(2025, 6, 1), 2023),
    ],
)
def test_year_is_due_so_many_days_after_its_end(days: int, today: date, year: int) -> None:
    assert year_due(Due(days_after_period=days, every=1), today) == year


def test_nothing_is_due_after_the_last_period() -> None:
    due = Due(days_after_period=30, every=1, last_period="2013")
    assert year_due(due, date(2030, 1, 1)) == 2013
    assert is_on_time(due, 2013, date(2030, 1, 1))
    assert not is_on_time(due, 2012, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("every", "newest", "on_time"),
    [(1, 2024, True), (1, 2023, False), (2, 2023, True), (2, 2022, False), (6, 2020, True), (1, None, False)],
)
def test_delivery_is_late_when_a_whole_rhythm_is_missing(
    every: int, newest: int | None, on_time: bool
) -> None:
    assert is_on_time(Due(days_after_period=30, every=every), newest, date(2025, 6, 1)) is on_time


@pytest.mark.parametrize(
    ("periods", "year"),
    [
        ([], None),
        ([None], None),
        (["2013"], 2013),
        (["2012-2024", "2020"], 2024),
        (["2023/24"], 2023),
        (["2021..2023"], 2023),
        (["2024-07"], 2024),
    ],
)
def test_newest_year_is_read_from_every_kind_of_period(periods: list[str | None], year: int | None) -> None:
    assert newest_year(periods) == year


# Definitions.


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, small_city: City) -> City:
    return copy_of(small_city, tmp_path_factory.mktemp("definitions"))


def settings_of(city: City) -> Settings:
    return Settings(city.workspace, city.inbox, city.home)


@pytest.fixture(scope="module")
def run(city: City) -> BuildRun:
    settings = settings_of(city)
    workspace, _ = load_workspace(settings.workspace)
    return BuildRun(settings, workspace, plan_inbox(settings, workspace))


@pytest.fixture(scope="module")
def definitions(run: BuildRun) -> Definitions:
    return build_defs(run)


def test_every_extract_is_an_asset_with_group_and_owner(definitions: Definitions, run: BuildRun) -> None:
    specs = {spec.key: spec for spec in definitions.resolve_all_asset_specs()}
    for extract_id, contract in run.workspace.contracts.items():
        spec = specs[AssetKey([contract.group, extract_id])]
        assert spec.group_name == contract.group
        assert list(spec.owners) == [team_of(contract.owner)]
        assert contract.title in str(spec.description)
        assert spec.metadata["legal_basis"] == contract.legal_basis
    groups = {spec.group_name for spec in specs.values()}
    assert {"statistics", "inventory", "landing", "staging", "intermediate", "marts", "release"} <= groups


def test_every_list_of_offers_is_an_asset_of_its_office_with_rhythm_and_checks(
    definitions: Definitions, run: BuildRun
) -> None:
    lists = {
        AssetKey([contract.group, name]): contract
        for name, contract in run.workspace.contracts.items()
        if contract.produces == "offers"
    }
    specs = {spec.key: spec for spec in definitions.resolve_all_asset_specs()}
    checks = definitions.resolve_asset_graph().asset_check_keys
    assert len({contract.owner for contract in lists.values()}) == len(lists) == 3
    for key, contract in lists.items():
        assert specs[key].metadata["rhythm"] == rhythm_of(contract) != "no fixed rhythm"
        assert {check.name for check in checks if check.asset_key == key} == {"is_delivered_on_time"}
        assert contract.checks.unique == [str(contract.offers and contract.offers.offer_id.column)]


@pytest.mark.parametrize(
    ("office", "team"),
    [
        ("Amt für Straßen und Bäume", "team:amt_fuer_strassen_und_baeume"),
        ("IT.NRW (Düsseldorf)", "team:it_nrw_duesseldorf"),
    ],
)
def test_office_is_spelled_as_an_owner(office: str, team: str) -> None:
    assert team_of(office) == team


def test_assets_lead_from_the_file_to_the_release(definitions: Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    above = graph.get_ancestor_asset_keys(AssetKey("release"))
    assert AssetKey(["statistics", "haushalte"]) in above
    assert AssetKey(["landing", "observations"]) in above
    assert any(key.path[-1] == "fct_indicator_value" for key in above)


def test_due_dates_and_dbt_tests_are_checks(definitions: Definitions, run: BuildRun) -> None:
    keys = set(definitions.resolve_asset_graph().asset_check_keys)
    on_time = {key.asset_key for key in keys if key.name == "is_delivered_on_time"}
    due = {AssetKey([c.group, c.extract_id]) for c in run.workspace.contracts.values() if c.due is not None}
    assert on_time == due
    assert len(due) > 10
    checked = {key.asset_key.path[-1] for key in keys}
    assert {"fct_indicator_value", "fct_observation"} <= checked
    assert AssetKey(["landing", "observations"]) in {key.asset_key for key in keys}, (
        "tests of sources are checks"
    )


def test_one_job_refreshes_everything_and_runs_daily(definitions: Definitions) -> None:
    job = definitions.resolve_job_def("refresh")
    assert AssetKey("release") in job.asset_layer.executable_asset_keys
    assert job.executor_def.name == "in_process"
    schedule = definitions.resolve_schedule_def("daily_refresh")
    assert schedule.job_name == "refresh"
    assert schedule.cron_schedule.split()[2:] == ["*", "*", "*"]
    assert schedule.execution_timezone == "Europe/Berlin"


def test_scheduled_run_stops_at_a_workspace_with_errors(run: BuildRun) -> None:
    wrong = Finding("planning/needs.csv", 2, "area_id", "unknown_reference", "error", "x", language="de")
    landed = landed_tables(replace(run, workspace_findings=[wrong]))
    done = materialize([landed], resources={LOCK: None}, raise_on_error=False)
    assert not done.success
    (failed,) = done.get_step_failure_events()
    assert "sozialraum check" in str(failed.event_specific_data)


# Sensor.


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


@pytest.fixture
def own_settings(tmp_path: Path, small_city: City) -> Settings:
    return settings_of(copy_of(small_city, tmp_path))


def evaluated(settings: Settings, instance: DagsterInstance) -> RunRequest | SkipReason:
    with build_sensor_context(instance=instance) as context:
        found = inbox_sensor(settings)(context)
    assert isinstance(found, RunRequest | SkipReason)
    return found


def deliver(settings: Settings, name: str, content: bytes, seconds_ago: float) -> None:
    file = settings.inbox / name
    file.write_bytes(content)
    os.utime(file, (time.time() - seconds_ago,) * 2)


def test_sensor_sleeps_while_nothing_new_lies_in_the_inbox(
    own_settings: Settings, instance: DagsterInstance
) -> None:
    found = evaluated(own_settings, instance)
    assert isinstance(found, SkipReason)
    assert "No new stable file" in str(found.skip_message)


def test_sensor_waits_until_a_file_is_stable(own_settings: Settings, instance: DagsterInstance) -> None:
    deliver(own_settings, "kommunalwahl_2025.csv", b"half of it", seconds_ago=0)
    assert isinstance(evaluated(own_settings, instance), SkipReason)
    deliver(own_settings, "kommunalwahl_2025.csv", b"half of it", seconds_ago=60)
    assert isinstance(evaluated(own_settings, instance), RunRequest)


def test_sensor_starts_one_run_per_set_of_new_files(
    own_settings: Settings, instance: DagsterInstance
) -> None:
    deliver(own_settings, "kommunalwahl_2025.csv", b"first", seconds_ago=60)
    first = evaluated(own_settings, instance)
    again = evaluated(own_settings, instance)
    deliver(own_settings, "kommunalwahl_2026.csv", b"second", seconds_ago=60)
    both = evaluated(own_settings, instance)
    assert isinstance(first, RunRequest) and isinstance(again, RunRequest) and isinstance(both, RunRequest)
    assert first.run_key == again.run_key
    assert both.run_key not in {None, first.run_key}
    workspace, _ = load_workspace(own_settings.workspace)
    assert both.run_key == run_key(new_deliveries(own_settings, plan_inbox(own_settings, workspace)))
    assert run_key(["a", "b"]) == run_key(["b", "a"])


def test_sensor_starts_no_second_run_while_one_is_active(
    own_settings: Settings, instance: DagsterInstance, definitions: Definitions
) -> None:
    deliver(own_settings, "kommunalwahl_2025.csv", b"first", seconds_ago=60)
    instance.create_run_for_job(definitions.resolve_job_def("refresh"), status=DagsterRunStatus.STARTED)
    found = evaluated(own_settings, instance)
    assert isinstance(found, SkipReason)
    assert "running" in str(found.skip_message)
