"""The calendar year of a period id, as the warehouse counts it."""

from __future__ import annotations

from orchestration.workspace_values import is_period


def year_of(period: str) -> int | None:
    """2024, 2024-07 and 2023/24 give the first, 2021..2023 the last year; None where it is no period."""
    if not is_period(period):
        return None
    return int(period[-4:] if ".." in period else period[:4])
