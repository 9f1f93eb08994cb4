"""The one job: everything from the inbox to the release, and when it runs by itself.

Lives here: job and schedule. Must not live here: the sensor on the inbox (sensors.py).
"""

from __future__ import annotations

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    ScheduleDefinition,
    define_asset_job,
    in_process_executor,
)

# In process: one dbtRunner stays resident, and one lock on the home covers the whole run.
refresh = define_asset_job(
    "refresh",
    selection=AssetSelection.all(),
    executor_def=in_process_executor,
    description="Ingest new deliveries, transform, test, publish a release.",
    tags={"dagster/max_retries": "1"},
)

daily = ScheduleDefinition(
    name="daily_refresh",
    job=refresh,
    cron_schedule="30 5 * * *",
    execution_timezone="Europe/Berlin",
    default_status=DefaultScheduleStatus.RUNNING,
)
