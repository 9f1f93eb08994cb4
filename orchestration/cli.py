"""The command line `sozialraum`: parses, calls, prints. Exit codes as in the README.

Lives here: the group, the commands check, build, query, demo, dashboard, orchestrate. Must not live here: any
rule, and nothing heavy at import: a build without changes answers within seconds.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from orchestration.cli_options import (
    Common,
    Damaged,
    WrongUse,
    common_options,
    plain_value_errors,
    print_json,
    run_command,
)
from orchestration.cli_progress import BuildProgress
from orchestration.cli_register import register
from orchestration.cli_releases import delivery, release
from orchestration.cli_trace import trace
from orchestration.findings import Finding, count_of, in_reading_order

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sozialraum")
def sozialraum() -> None:
    """Sozialraum: from delivered files to published indicators, and the planning cycle on top of them."""


sozialraum.add_command(release)
sozialraum.add_command(delivery)
sozialraum.add_command(trace)
sozialraum.add_command(register)


def _print_findings(findings: Iterable[Finding], stream: Any) -> None:
    for finding in in_reading_order(findings):
        print(finding.sentence(), file=stream)


def _counted(findings: list[Finding]) -> str:
    return f"{count_of(findings, 'error')} errors, {count_of(findings, 'warning')} warnings"


@sozialraum.command()
@common_options
def check(options: Common) -> int:
    """Validate workspace and inbox without building; list all findings."""
    from orchestration.extracts.ingest import check as check_all
    from orchestration.register.releases import check_releases

    findings = check_all(options.settings, check_releases)
    if options.as_json:
        print_json({"findings": [finding.as_dict() for finding in in_reading_order(findings)]})
    else:
        _print_findings(findings, sys.stdout)
        print(_counted(findings))
    return 1 if count_of(findings, "error") else 0


@sozialraum.command()
@click.option(
    "--force", is_flag=True, help="Build even when nothing changed; withdrawn deliveries are used again."
)
@common_options
def build(options: Common, force: bool) -> int:
    """Ingest new deliveries, transform, test, protect, publish a release."""
    from orchestration.build import build as run_build

    started = time.monotonic()
    with BuildProgress(options.quiet or options.as_json) as progress:
        outcome = run_build(options.settings, force=force, progress=progress.step, announce=progress.announce)
    if options.as_json:
        print_json(asdict(outcome))
        return 1 if outcome.refused else 0
    serious = [finding for finding in outcome.findings if finding.severity != "info"]
    _print_findings(serious, sys.stderr)
    for sentence in outcome.failed_checks:
        print(f"ERROR [check_failed] {sentence}", file=sys.stderr)
    for sentence in outcome.warnings:
        print(f"WARNING [check] {sentence}", file=sys.stderr)
    if outcome.refused:
        kept = f"Release {outcome.release} stays." if outcome.release else "Nothing was published."
        failed = f", {len(outcome.failed_checks)} failed checks" if outcome.failed_checks else ""
        print(f"Refused: {_counted(outcome.findings)}{failed}. {kept}", file=sys.stderr)
        return 1
    if options.quiet:
        return 0
    if outcome.unchanged:
        print(f"Nothing changed since release {outcome.release}: no new release.")
        return 0
    for name, used in outcome.stages.items():
        print(f"  {name:<12}{used['seconds']:8.2f} s {used['peak_mb']:8.0f} MB")
    seconds = time.monotonic() - started
    print(f"Release {outcome.release} published in {seconds:.1f} s. {_counted(outcome.findings)}.")
    return 0


def _cell(cell: object) -> str:
    """One value of an answer: counts without a decimal point, as many digits as are published."""
    if cell is None:
        return "NULL"
    return format(cell, ".12g") if isinstance(cell, float) else str(cell)


@sozialraum.command()
@click.argument("metrics", nargs=-1)
@click.option("--by", default="", help="Group by area, year or both: area,year.")
@click.option("--level", help="Exactly one level of areas; default: the city.")
@click.option("--breakdown", default="total", show_default=True, help="Exactly one breakdown.")
@click.option("--where", help="For example: \"year >= 2020 and area = 'stadt-0'\".")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The last release published by this date.")
@click.option("--grain", default="year", show_default=True, help="Time grain.")
@click.option("--list", "is_list", is_flag=True, help="List all metrics, or with words those they find.")
@common_options
def query(
    options: Common,
    metrics: tuple[str, ...],
    by: str,
    level: str | None,
    breakdown: str,
    where: str | None,
    as_of: datetime | None,
    grain: str,
    is_list: bool,
) -> int:
    """Ask the metrics layer on a release: METRIC... are ids of indicators or variables.

    With --list they are words to search for in names, synonyms and definitions: --list Kinderarmut.
    """
    from orchestration.metric_list import list_metrics
    from orchestration.metric_queries import Question, answer

    day: date | None = as_of.date() if as_of else None
    grouped = [name.strip() for name in by.split(",") if name.strip()]
    question = Question(metrics, grouped, level, breakdown, where, day, grain)
    with plain_value_errors(Damaged):
        if is_list:
            found = list_metrics(options.settings, " ".join(metrics), day, options.audience)
        else:
            found = answer(options.settings, question, options.audience)
    if options.as_json:
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        print_json({"release": found.release, "notes": found.notes, "rows": rows})
        return 0
    print("\t".join(found.columns))
    for row in found.rows:
        print("\t".join(_cell(cell) for cell in row))
    if not options.quiet:
        print(" ".join(found.notes), file=sys.stderr)
    return 0


@sozialraum.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--seed", default=2021, show_default=True, help="The same seed writes the same bytes.")
@click.option(
    "--scale", default=1.0, show_default=True, type=click.FloatRange(min=0.05, max=20), help="1 = 86 areas."
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable output on stdout.")
@click.option("--quiet", is_flag=True, help="Only errors.")
def demo(out: Path, seed: int, scale: float, as_json: bool, quiet: bool) -> int:
    """Write a fictional city: a workspace with its inbox."""
    from orchestration.atomic import EnvironmentFailed
    from orchestration.demo import write_demo

    try:
        with plain_value_errors(WrongUse):
            write_demo(out, seed=seed, scale=scale)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        advice = "Choose another folder with --out, or make it writable."
        raise EnvironmentFailed(f"Cannot write {error.filename or out}: {why}. {advice}") from error
    if as_json:
        print_json({"workspace": str(out), "inbox": str(out / "inbox"), "seed": seed, "scale": scale})
    elif not quiet:
        print(f"Workspace written to {out}. Next: sozialraum build --workspace {out}")
    return 0


@sozialraum.command()
@click.option("--port", default=8501, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@common_options
def dashboard(options: Common, port: int, host: str) -> int:
    """Serve the dashboards on the current release; they follow new releases without restart."""
    if options.audience == "internal" and host not in LOOPBACK:
        raise click.UsageError(
            f"--audience internal on {host} needs sign-in, which is not configured. Use 127.0.0.1 or public."
        )
    environment = {
        **os.environ,
        "SOZIALRAUM_HOME": str(options.settings.home),
        "SOZIALRAUM_AUDIENCE": options.audience,
    }
    command = [sys.executable, "-m", "dashboards", "--host", host, "--port", str(port)]
    os.execve(sys.executable, command, environment)  # noqa: S606  no shell is the point


@sozialraum.command()
@click.option("--port", default=3000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@common_options
def orchestrate(options: Common, port: int, host: str) -> int:
    """Start Dagster's webserver and daemon: assets, checks, schedule, sensor on the inbox."""
    from orchestration.instance import prepare_instance

    prepare_instance(options.settings)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(options.settings.dagster),
        "SOZIALRAUM_WORKSPACE": str(options.settings.workspace),
        "SOZIALRAUM_INBOX": str(options.settings.inbox),
        "SOZIALRAUM_HOME": str(options.settings.home),
    }
    command = [
        sys.executable,
        "-m",
        "dagster",
        "dev",
        "-m",
        "orchestration.served",
        "-h",
        host,
        "-p",
        str(port),
    ]
    os.execve(sys.executable, command, environment)  # noqa: S606  no shell is the point


def main() -> None:
    """Entry point: runs a command and leaves with its exit code.

    After a build the interpreter would spend two seconds on taking apart what dbt and Dagster left in memory;
    every file is closed and synced by then, so the process ends without it.
    """
    code = run_command(sozialraum)
    logging.shutdown()
    if "multiprocessing.util" in sys.modules:  # gives back dbt's locks, which would be reported as leaked
        sys.modules["multiprocessing.util"]._exit_function()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)
