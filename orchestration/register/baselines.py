"""The baseline of a target is a value that its release shows: expected, delivered and not hidden.

Lives here: baselines against the values of a published release. Must not live here: whether the release is
there and intact (releases.py), and what a row must say without any release (rules_targets.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from orchestration.findings import Finding
from orchestration.register.rows import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STATUS = """
    select value_status from sozialraum.main.fct_indicator_value
    where indicator_id = ? and area_id = ? and period_id = ? and breakdown_id = 'total'
"""
REASONS = {
    "suppressed_primary": "ist dort geheim gehalten",
    "suppressed_source": "ist schon an der Quelle geheim gehalten",
    "below_min_denominator": "beruht dort auf zu wenigen",
}


def check_baselines(rows: Sequence[Row], connection: DuckDBPyConnection) -> Iterator[Finding]:
    """Targets whose baseline the release behind the connection does not show; rows: those that name it."""
    for row in rows:
        cell = [row[name] for name in ("indicator_id", "area_id", "baseline_period_id")]
        found = connection.execute(STATUS, cell).fetchone()
        if all(cell) and (found is None or found[0] != "ok"):
            reason = REASONS.get(found[0] if found else "", "liegt dort nicht vor")
            text = (
                f"Der Ausgangswert von {cell[0]!r} für {cell[1]!r} im Zeitraum {cell[2]} {reason} "
                f"(Veröffentlichung {row['baseline_release']})."
            )
            expected = "ein Zeitraum und ein Gebiet mit gezeigtem Wert, oder quoted mit dem Wert der Vorlage"
            yield row.wrong("target_baseline_unavailable", text, expected, "baseline_period_id")
