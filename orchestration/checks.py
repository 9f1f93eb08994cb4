"""Asset checks of deliveries: is what is due there?

Lives here: freshness by reference period. Must not live here: checks of content (extracts/, dbt tests).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dagster import AssetCheckResult, AssetChecksDefinition, AssetCheckSeverity, asset_check

from orchestration.assets import extract_key
from orchestration.build_run import BuildRun
from orchestration.extracts.contract import Contract, Due
from orchestration.ledger import accepted


def year_due(due: Due, today: date) -> int:
    """The last reference year whose data is due on `today`; a rhythm counts back from a full round."""
    year = today.year
    while date(year, 12, 31) + timedelta(days=due.days_after_period) > today:
        year -= 1
    if due.last_period is not None:
        year = min(year, int(due.last_period[:4]))
    return year


def newest_year(reference_periods: list[str | None]) -> int | None:
    """The newest year named in any reference period ("2012-2024", "2023/24", "2013")."""
    years = [int(year) for period in reference_periods for year in re.findall(r"\b\d{4}\b", period or "")]
    return max(years, default=None)


def is_on_time(due: Due, newest: int | None, today: date) -> bool:
    """True while no more than the rhythm's years lie between the newest delivered year and the one due."""
    return newest is not None and year_due(due, today) - newest < due.every


def freshness_check(run: BuildRun, contract: Contract) -> AssetChecksDefinition | None:
    """Warns when the data of a period is overdue by the contract; None where nothing is ever due."""
    due = contract.due
    if due is None:
        return None

    @asset_check(
        asset=extract_key(contract), name="is_delivered_on_time", description="Data due by the contract."
    )
    def is_delivered_on_time() -> AssetCheckResult:
        periods = [
            event.reference_period
            for event in accepted(run.settings)
            if event.extract_id == contract.extract_id
        ]
        newest, today = newest_year(periods), date.today()
        return AssetCheckResult(
            passed=is_on_time(due, newest, today),
            severity=AssetCheckSeverity.WARN,
            description=f"Delivered up to {newest or 'nothing'}, due up to {year_due(due, today)}.",
            metadata={"owner": contract.owner},
        )

    return is_delivered_on_time
