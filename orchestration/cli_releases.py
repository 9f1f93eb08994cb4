"""The commands `release` and `delivery`: what was published, what was delivered.

Lives here: parsing and printing. Must not live here: any of the work (release/, ledger.py).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from orchestration.cli_options import (
    Common,
    Damaged,
    WrongUse,
    common_options,
    plain_value_errors,
    print_json,
)


def _print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Tab-separated lines with a header: readable, and easy to cut."""
    print("\t".join(columns))
    for row in rows:
        print("\t".join("" if row.get(name) is None else str(row.get(name)) for name in columns))


def _print_mapping(content: Mapping[str, Any], indent: str = "") -> None:
    for key, value in content.items():
        if isinstance(value, Mapping):
            print(f"{indent}{key}:")
            _print_mapping(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            print(f"{indent}{key}:")
            for one in value:
                print(f"{indent}  - " + ", ".join(f"{name}={cell}" for name, cell in one.items()))
        else:
            print(f"{indent}{key}: {value}")


@click.group()
def release() -> None:
    """The published releases."""


@release.command("list")
@common_options
def list_(options: Common) -> int:
    """List all releases with their marks."""
    from orchestration.release import list_releases

    rows = list_releases(options.settings)
    if options.as_json:
        print_json(rows)
    else:
        _print_rows(
            rows, ["release", "built_at", "n_inputs", "rollback_of", "is_current", "is_pruned", "verifies"]
        )
    return 0


@release.command()
@click.argument("number", type=int, required=False)
@common_options
def show(options: Common, number: int | None) -> int:
    """Show the manifest of a release (default: the current one)."""
    from orchestration.release import show as show_release

    with plain_value_errors(Damaged):
        manifest = show_release(options.settings, number)
    if options.as_json:
        print_json(manifest)
    else:
        _print_mapping(manifest)
    return 0


@release.command()
@click.argument("number", type=int, required=False)
@common_options
def verify(options: Common, number: int | None) -> int:
    """Hash a release's files again and compare their content with the manifest."""
    from orchestration.release import verify as verify_release

    problems = verify_release(options.settings, number)
    if options.as_json:
        print_json({"problems": problems})
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
        print(f"{len(problems)} problems")
    return 1 if problems else 0


@release.command()
@click.argument("number", type=int)
@common_options
def rollback(options: Common, number: int) -> int:
    """Publish the content of release NUMBER as a new, higher release."""
    from orchestration.release import read_manifest
    from orchestration.release import rollback as roll_back

    with plain_value_errors(Damaged):
        read_manifest(options.settings, number)
    with plain_value_errors(WrongUse):
        new = roll_back(options.settings, number)
    if options.as_json:
        print_json({"release": new, "rollback_of": number})
    else:
        print(f"Release {new} published with the content of release {number}.")
    return 0


@release.command()
@click.argument("a", type=int)
@click.argument("b", type=int)
@common_options
def diff(options: Common, a: int, b: int) -> int:
    """Report the revision from release A to release B: changed, new and vanished values per indicator.

    A changed value is "beyond" when it moved by more than half the width of its old 95 % interval.
    """
    from orchestration.release import diff as compare

    with plain_value_errors(Damaged):
        difference = compare(options.settings, a, b, options.audience)
    if options.as_json:
        print_json(difference)
        return 0
    counted = ["n_beyond_interval", "n_comparison_flips", "n_trend_flips"]
    _print_rows(difference["indicators"], ["indicator_id", "n_changed", "n_new", "n_vanished", *counted])
    said = ["exceeds_interval", "comparison_flips", "trend_flips"]
    _print_rows(
        difference["values"],
        [
            "indicator_id",
            "area_id",
            "period_id",
            "breakdown_id",
            "kind",
            "earlier_value",
            "later_value",
            *said,
        ],
    )
    if difference["targets"]:
        _print_rows(difference["targets"], ["target_id", "period_id", "earlier_status", "later_status"])
    print("\t".join(f"{name}={count}" for name, count in difference["summary"].items()))
    return 0


@release.command()
@click.option("--keep", type=int, help="How many of the newest releases keep their files.")
@common_options
def prune(options: Common, keep: int | None) -> int:
    """Remove the files of old releases, never manifests or the ledger of what was published."""
    from orchestration.release import prune as remove_old

    with plain_value_errors(WrongUse):
        result = remove_old(options.settings) if keep is None else remove_old(options.settings, keep)
    if options.as_json:
        print_json(result)
    else:
        _print_mapping(result)
    return 0


@click.group()
def delivery() -> None:
    """The ledger of delivered files."""


@delivery.command("list")
@common_options
def list_deliveries_(options: Common) -> int:
    """List what came when, and what became of it."""
    from orchestration.ledger import list_deliveries

    rows = list_deliveries(options.settings)
    if options.as_json:
        print_json(rows)
    else:
        _print_rows(rows, ["sequence", "at", "event", "delivery_id", "file_name", "row_count", "reason"])
    return 0


@delivery.command("show")
@click.argument("reference")
@common_options
def show_delivery_(options: Common, reference: str) -> int:
    """Show everything known of one delivered file: REFERENCE is a delivery id or how its sha256 begins."""
    from orchestration.ledger import show_delivery

    content = show_delivery(options.settings, reference)
    if options.as_json:
        print_json(content)
    else:
        _print_mapping(content)
    return 0


@delivery.command()
@click.argument("sha")
@click.option("--reason", required=True, help="Why the bytes must go; it stays in the ledger.")
@common_options
def purge(options: Common, sha: str, reason: str) -> int:
    """Remove delivered bytes for data protection; a tombstone stays in the ledger."""
    from orchestration.ledger import purge as purge_delivery

    with plain_value_errors(WrongUse):
        tombstones = purge_delivery(options.settings, sha, reason)
    if options.as_json:
        print_json([event.as_dict() for event in tombstones])
    else:
        print(f"{len(tombstones)} deliveries purged. The next build leaves them out.")
    return 0
