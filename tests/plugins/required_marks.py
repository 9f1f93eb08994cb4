"""A pytest plugin: `--require-mark=real_data` fails a run in which no test with that mark was executed.

Lives here: counting executed tests by mark; a skipped test was not executed. Must not live here:
what the tests say.
"""

from __future__ import annotations

import pytest

EXECUTED: set[str] = set()
NO_FAILURE = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option may be given several times."""
    parser.addoption(
        "--require-mark",
        action="append",
        default=[],
        metavar="MARK",
        help="fail when no test with this mark was executed",
    )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Called in the controlling process for the tests of all workers."""
    if report.when == "call" and not report.skipped:
        EXECUTED.update(report.keywords)


def _missing(config: pytest.Config) -> list[str]:
    if hasattr(config, "workerinput"):
        return []
    return [mark for mark in config.getoption("require_mark") if mark not in EXECUTED]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run without a required test is no success."""
    if _missing(session.config) and session.exitstatus in NO_FAILURE:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say why."""
    for mark in _missing(config):
        terminalreporter.write_line(f"No test marked {mark} was executed, but one must be.", red=True)
