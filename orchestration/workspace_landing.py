"""Lands the workspace's own files like deliveries: every table as Parquet, empty where the file is absent.

A row of a table carries row_number, the line of its file on which it stands.

Lives here: writing landing/workspace/*.parquet, and the list of deliveries that enter a build. Must not live
here: checking a workspace (workspace.py) or reading delivered files (extracts/).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from orchestration.atomic import make_folder, write_bytes
from orchestration.extracts.contract import Contract
from orchestration.indices.frames import index_frames
from orchestration.ledger import Event
from orchestration.register.states import steps
from orchestration.settings import Settings
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

DIFFERENCE_ONLY_WARNED = Decimal(10) ** 15  # larger than any count: a warning accepts every difference
DELIVERY_COLUMNS = (
    "delivery_id",
    "extract_id",
    "file_name",
    "sha256",
    "reference_period",
    "delivery_sequence",
    "row_count",
    "received_at",
)
EXTRACT_COLUMNS = (
    "extract_id",
    "title",
    "extract_group",
    "owner",
    "publisher",
    "licence",
    "source_url",
    "purpose",
    "legal_basis",
    "precedence",
    "area_sum_tolerance",
    "category_sum_tolerances",
    "area_state",
    "is_register_complete",
    "incomplete_reason_de",
    "incomplete_reason_en",
)


def _text_frame(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    text = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return pd.DataFrame(text, columns=list(columns), dtype="str")


def _with_lines(frame: pd.DataFrame, lines: Sequence[int]) -> pd.DataFrame:
    import pandas as pd

    return frame.assign(row_number=pd.Series([str(line) for line in lines], index=frame.index, dtype="str"))


def _workspace_frame(workspace: Workspace) -> pd.DataFrame:
    config = workspace.config.model_dump()
    return _text_frame([list(config.values())], list(config))


def _area_sum_tolerance(contract: Contract) -> Decimal:
    """The largest difference between an area and its parts that the contract accepts without an error."""
    accepted = [
        DIFFERENCE_ONLY_WARNED if rule.severity == "warning" else rule.tolerance
        for rule in contract.checks.sum_of_areas
    ]
    return max(accepted, default=Decimal(0))


def _category_sum_tolerances(contract: Contract) -> str:
    """`variable.dimension=difference` joined by |: what is accepted between a total and its categories."""
    accepted: dict[str, Decimal] = {}
    for rule in contract.checks.sum_of_categories:
        name = f"{rule.variable}.{rule.dimension}"
        tolerance = DIFFERENCE_ONLY_WARNED if rule.severity == "warning" else rule.tolerance
        accepted[name] = max(tolerance, accepted.get(name, tolerance))
    return "|".join(f"{name}={accepted[name]}" for name in sorted(accepted))


def _extracts_frame(workspace: Workspace) -> pd.DataFrame:
    rows = [
        (
            contract.extract_id,
            contract.title,
            contract.group,
            contract.owner,
            contract.publisher,
            contract.licence,
            contract.source_url,
            contract.purpose,
            contract.legal_basis,
            contract.precedence,
            _area_sum_tolerance(contract),
            _category_sum_tolerances(contract),
            contract.area.area_state if contract.area else None,
            str(contract.inventory.complete).lower(),
            contract.inventory.reason_de,
            contract.inventory.reason_en,
        )
        for contract in workspace.contracts.values()
    ]
    return _text_frame(rows, EXTRACT_COLUMNS)


def _deliveries_frame(deliveries: Sequence[Event]) -> pd.DataFrame:
    rows = [
        (
            event.delivery_id,
            event.extract_id,
            event.file_name,
            event.sha256,
            event.reference_period,
            event.sequence,
            event.row_count,
            event.at,
        )
        for event in deliveries
    ]
    return _text_frame(rows, DELIVERY_COLUMNS)


def land_workspace(settings: Settings, workspace: Workspace, deliveries: Sequence[Event]) -> None:
    """Write every table of the workspace, its extracts, and the deliveries of this build, all as text.

    deliveries: accepted events in sequence order; only they enter the build. Each file appears completely or
    not at all. Raises EnvironmentFailed when the home cannot be written.
    """
    folder = make_folder(settings.landing / "workspace")
    frames = {table: _with_lines(frame, workspace.lines[table]) for table, frame in workspace.tables.items()}
    frames |= index_frames(workspace.indices)
    frames["workspace"] = _workspace_frame(workspace)
    frames["extracts"] = _extracts_frame(workspace)
    frames["deliveries"] = _deliveries_frame(deliveries)
    frames["state_graph"] = _text_frame(steps(), ("entity", "from_state", "to_state"))
    for table, frame in frames.items():
        buffer = BytesIO()
        frame.to_parquet(buffer, index=False)
        write_bytes(folder / f"{table}.parquet", buffer.getvalue())
