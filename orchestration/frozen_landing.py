"""Lands what evaluations froze and commentaries read: values of an earlier release, from its own file.

Lives here: which values of which releases, the number of the release being built, and the pins that keep
frozen releases. Must not live here: what is computed from them (int_evaluations__* of the dbt project).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from orchestration.atomic import make_folder, write_bytes
from orchestration.release import next_number, pin
from orchestration.release.content import opened
from orchestration.release.pointer import database_name, is_pinned, release_folder, release_numbers
from orchestration.settings import Settings
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "indicator_id",
    "area_version_id",
    "area_id",
    "level",
    "period_id",
    "breakdown_id",
    "value_status",
    "year",
    "numerator",
    "denominator",
    "value",
    "ci_lower",
    "ci_upper",
)


def frozen_releases(workspace: Workspace) -> dict[int, list[str]]:
    """Release number -> evaluations and commentaries of the register that rest on it."""
    found: dict[int, list[str]] = {}
    for stem, key in (("evaluations", "evaluation_id"), ("commentaries", "commentary_id")):
        for row in workspace.tables[f"planning_{stem}"].to_dict("records"):
            if row["release"].isdigit():
                found.setdefault(int(row["release"]), []).append(str(row[key]))
    return dict(sorted(found.items()))


def _indicators(workspace: Workspace) -> list[str]:
    outcomes = workspace.tables["planning_evaluation_outcomes"]["indicator_id"].tolist()
    matching = workspace.tables["planning_evaluations"]["matching_indicators"].tolist()
    read = [
        row["subject_id"] if row["subject_kind"] == "indicator" else row["indicator_id"]
        for row in workspace.tables["planning_commentaries"].to_dict("records")
    ]
    return sorted(
        {*outcomes, *filter(None, read), *(name for cell in matching for name in cell.split("|") if name)}
    )


def _frozen(settings: Settings, workspace: Workspace) -> Iterator[pa.Table]:
    wanted = _indicators(workspace)
    for number in frozen_releases(workspace):
        if number in release_numbers(settings):
            path = release_folder(settings, number) / database_name("internal")
            with opened(path) as connection:
                yield connection.execute(
                    f"select {number}::bigint as release_number, {', '.join(COLUMNS)}"
                    " from sozialraum.main.fct_indicator_value where list_contains(?, indicator_id)"
                    " order by all",
                    [wanted],
                ).to_arrow_table()


def land_frozen(settings: Settings, workspace: Workspace) -> None:
    """Write the frozen values of all earlier releases, and the number of the release being built.

    The values of the release being built itself are taken from the build. The releases are verified before
    (register/releases.py). Raises EnvironmentFailed when the home cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = {"release_number": pa.int64(), "year": pa.int32()}
    doubles = dict.fromkeys(("numerator", "denominator", "value", "ci_lower", "ci_upper"), pa.float64())
    types: dict[str, Any] = numbers | doubles
    schema = pa.schema([(name, types.get(name, pa.string())) for name in ("release_number", *COLUMNS)])
    values = pa.concat_tables(
        [schema.empty_table(), *(table.cast(schema) for table in _frozen(settings, workspace))]
    )
    build = pa.table({"release_number": [next_number(settings)]})
    folder = make_folder(settings.landing / "workspace")
    for name, table in (("frozen_values", values), ("build", build)):
        buffer = BytesIO()
        pq.write_table(table, buffer)
        write_bytes(folder / f"{name}.parquet", buffer.getvalue())


def pin_frozen(settings: Settings, workspace: Workspace) -> None:
    """Keep every release that an evaluation froze or a commentary reads, whatever is pruned later."""
    for number, reading in frozen_releases(workspace).items():
        if number in release_numbers(settings) and not is_pinned(settings, number):
            pin(settings, number, f"frozen by {', '.join(reading)}")
