"""Options that all commands share, and how every failure becomes a sentence and an exit code.

Lives here: --workspace, --inbox, --home, --audience, --json, --quiet, exit codes. Must not live here:
commands.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click

from orchestration.settings import AUDIENCES, Audience, Settings

DONE, REFUSED, WRONG_USE, ENVIRONMENT, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143


@dataclass(frozen=True)
class Common:
    """What the shared options say."""

    settings: Settings
    audience: Audience
    as_json: bool
    quiet: bool


def common_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the shared options; the command gets them as its first argument."""

    @click.option("--workspace", type=click.Path(path_type=Path), help="The city. Default: seeds/demo.")
    @click.option(
        "--inbox", type=click.Path(path_type=Path), help="Delivered files. Default: <workspace>/inbox."
    )
    @click.option("--home", type=click.Path(path_type=Path), help="What the product writes. Default: var.")
    @click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        default="public",
        show_default=True,
        help="Whose release file.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Machine-readable output on stdout.")
    @click.option("--quiet", is_flag=True, help="Only findings and errors.")
    @functools.wraps(command)
    def with_common(
        *args: Any,
        workspace: Path | None,
        inbox: Path | None,
        home: Path | None,
        audience: str,
        as_json: bool,
        quiet: bool,
        **kwargs: Any,
    ) -> int:
        settings = Settings.resolve(workspace, inbox, home)
        return command(Common(settings, cast(Audience, audience), as_json, quiet), *args, **kwargs)

    return with_common


def print_json(content: object) -> None:
    """Print one JSON document on stdout."""
    print(json.dumps(content, ensure_ascii=False, indent=2, default=str))


class _Interruptions:
    """Which signal interrupted the run: libraries replace the handlers, but not the wakeup pipe."""

    def __init__(self) -> None:
        self._reading, writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)

    def exit_code(self) -> int:
        """130 after Ctrl-C, 143 after a request to terminate."""
        with contextlib.suppress(BlockingIOError):
            if signal.SIGTERM in os.read(self._reading, 64):
                return TERMINATED
        return INTERRUPTED


class WrongUse(Exception):
    """The command cannot be carried out as it was given; the text says why (exit code 2)."""


class Damaged(Exception):
    """A file of the home cannot be read as what it was written (exit code 3)."""


@contextlib.contextmanager
def plain_value_errors(become: type[WrongUse] | type[Damaged]) -> Iterator[None]:
    """Turn the ValueErrors that the called function documents into one kind of failure.

    Only ValueError itself: a subclass is either named in its own right (PointerDamaged) or unexpected.
    """
    try:
        yield
    except ValueError as error:
        if type(error) is not ValueError:
            raise
        raise become(str(error)) from error


def _explain(error: Exception) -> tuple[int, str]:
    """Exit code and sentence of a failure; what nobody expects is an internal error.

    The kinds are imported here because some of them are heavy.
    """
    from orchestration.atomic import EnvironmentFailed, environment_errors
    from orchestration.build import BuildBroken
    from orchestration.demo import FolderInUse
    from orchestration.ledger import LedgerDamaged, UnknownDelivery
    from orchestration.lock import LockHeld
    from orchestration.metric_conditions import WrongQuery
    from orchestration.queried_release import ReleaseAltered
    from orchestration.release import PointerDamaged, ReleaseRefused, UnknownRelease
    from orchestration.workspace import WorkspaceUnusable

    if isinstance(error, WorkspaceUnusable):
        return REFUSED, "\n".join(finding.sentence() for finding in error.findings)
    if isinstance(error, ReleaseRefused):
        return REFUSED, str(error)
    if isinstance(error, (WrongUse, WrongQuery, UnknownRelease, UnknownDelivery, FolderInUse)):
        return WRONG_USE, str(error)
    if isinstance(
        error,
        (Damaged, LockHeld, EnvironmentFailed, PointerDamaged, LedgerDamaged, BuildBroken, ReleaseAltered),
    ):
        return ENVIRONMENT, str(error)
    try:
        with environment_errors(Path()):
            raise error
    except EnvironmentFailed as failed:
        return ENVIRONMENT, str(failed)
    except Exception as unexpected:
        kind = type(unexpected).__name__
        return ENVIRONMENT, f"Internal error ({kind}): {unexpected}. The published release is untouched."


def run_command(group: click.Group) -> int:
    """Run the command line; errors go to stderr as sentences, never as a traceback. Returns the exit code."""
    interruptions = _Interruptions()
    try:
        return int(group.main(standalone_mode=False) or DONE)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return WRONG_USE
    except (KeyboardInterrupt, click.Abort):
        print("Interrupted. The published release is untouched.", file=sys.stderr)
        return interruptions.exit_code()
    except SystemExit as left:
        # click leaves with 1, which means "refused" here, when the reader of a pipe has seen enough.
        return DONE if isinstance(sys.stdout, click.utils.PacifyFlushWrapper) else int(left.code or DONE)
    except Exception as error:
        code, sentence = _explain(error)
        print(sentence, file=sys.stderr)
        return code
