"""What lies in the inbox: which file belongs to which contract, which to none, which extracts are absent.

Lives here: looking, matching, hashing. Must not live here: reading a file's content as a table, or writing.
"""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from orchestration import ledger
from orchestration.atomic import sha256_of
from orchestration.extracts.table import visible
from orchestration.findings import Finding, Severity
from orchestration.settings import Settings
from orchestration.workspace import Workspace

STABLE_SECONDS = 2.0  # a file changed later than this may still be copied; longer delays every delivery
HIDDEN = (".", "~$")  # beginnings of names that programs leave behind


@dataclass(frozen=True)
class InboxFile:
    """One file that a contract reads. name: POSIX path relative to the inbox. size in bytes."""

    name: str
    path: Path
    extract_id: str
    size: int
    sha256: str


@dataclass(frozen=True)
class InboxPlan:
    """files: extract id -> its files by name, where it has some. findings: about the inbox itself."""

    files: dict[str, tuple[InboxFile, ...]]
    unmatched: tuple[str, ...]
    absent: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """The sorted sha256 of all files that a contract reads."""
        return tuple(sorted({file.sha256 for files in self.files.values() for file in files}))


def plan_inbox(settings: Settings, workspace: Workspace, stable_only: bool = False) -> InboxPlan:
    """Look through the inbox without changing anything.

    stable_only: leave out files that were changed within the last two seconds (for the sensor). Files whose
    sha256 the workspace ignores are left out and listed with the reason.
    """
    findings: list[Finding] = []
    files: dict[str, list[InboxFile]] = {}
    unmatched: list[str] = []
    if not settings.inbox.is_dir():
        findings.append(
            _finding(".", "inbox_missing", "error", f"the inbox {settings.inbox} is no folder.", "a folder")
        )
    for name, path in _regular_files(settings.inbox, findings):
        reason = _ignored_by_name(name, workspace)
        owners = [i for i, c in workspace.contracts.items() if matches(name, c.file.pattern)]
        if reason is not None:
            findings.append(_finding(name, "ignored_file", "info", f"ignored: {reason}"))
        elif not owners:
            unmatched.append(name)
            findings.append(
                _finding(
                    name,
                    "unmatched_file",
                    "info",
                    "no valid contract reads this file.",
                    "nothing; it is not used",
                )
            )
        elif len(owners) > 1:
            text = f"{len(owners)} contracts match this file: {', '.join(sorted(owners))}."
            findings.append(
                _finding(name, "several_contracts", "error", text, "file patterns that do not overlap")
            )
        else:
            found = _taken(name, path, owners[0], workspace, stable_only, findings)
            if found is not None:
                files.setdefault(owners[0], []).append(found)
    absent = _absent(settings, workspace, files, findings)
    ordered = {
        i: tuple(sorted(members, key=lambda f: name_order(f.name))) for i, members in sorted(files.items())
    }
    return InboxPlan(ordered, tuple(unmatched), absent, tuple(findings))


def name_order(name: str) -> tuple[str, str]:
    """Names are ordered without their extension first: `x_2022.csv` comes before `x_2022-korrektur.csv`."""
    extension = PurePosixPath(name).suffix
    return name.removesuffix(extension), extension


def _finding(name: str, rule: str, severity: Severity, message: str, expected: str = "") -> Finding:
    return Finding(visible(name), None, None, rule, severity, message, expected)


def _regular_files(folder: Path, findings: list[Finding], prefix: str = "") -> Iterator[tuple[str, Path]]:
    """(relative name, path) of all regular files in order of their names; links and devices are reported."""
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        name = prefix + os.fsencode(entry.name).decode("utf-8", "backslashreplace")
        if entry.name.startswith(HIDDEN):
            continue
        if entry.is_symlink():
            findings.append(
                _finding(name, "symbolic_link", "error", "this is a symbolic link.", "the file itself")
            )
        elif entry.is_dir(follow_symlinks=False):
            yield from _regular_files(Path(entry.path), findings, name + "/")
        elif entry.is_file(follow_symlinks=False):
            yield name, Path(entry.path)
        else:
            findings.append(
                _finding(
                    name, "no_regular_file", "error", "this is a device, pipe or socket.", "a regular file"
                )
            )


def matches(name: str, pattern: str) -> bool:
    """Whether a relative path matches a glob: `*` and `?` stay within a folder, `**/` crosses folders."""
    return (
        _glob(unicodedata.normalize("NFC", pattern)).fullmatch(unicodedata.normalize("NFC", name)) is not None
    )


def _glob(pattern: str) -> re.Pattern[str]:
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    tokens = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]/]+\])", pattern)
    return re.compile(
        "".join(
            parts.get(t) or (t if t.startswith("[") and t.endswith("]") else re.escape(t)) for t in tokens
        ),
        re.DOTALL,
    )


def _ignored_by_name(name: str, workspace: Workspace) -> str | None:
    return next((why for glob, why in workspace.ignored_files.items() if matches(name, glob)), None)


def _taken(
    name: str, path: Path, extract_id: str, workspace: Workspace, stable_only: bool, findings: list[Finding]
) -> InboxFile | None:
    """The file with its hash; None when it is too large, still growing, gone or ignored."""
    limit = workspace.contracts[extract_id].file.max_bytes
    try:
        before = path.lstat()
        if not stat.S_ISREG(before.st_mode):
            return None
        if before.st_size > limit:
            findings.append(
                _finding(name, "too_large", "error", f"{before.st_size} bytes.", f"at most {limit} bytes")
            )
            return None
        growing = stable_only and time.time() - before.st_mtime < STABLE_SECONDS
        sha256 = "" if growing else sha256_of(path)
        after = path.lstat()
    except OSError as error:
        findings.append(
            _finding(
                name, "unreadable", "error", f"the file cannot be read ({error.strerror}).", "a readable file"
            )
        )
        return None
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if growing or changed:
        severity: Severity = "info" if stable_only else "error"
        findings.append(
            _finding(name, "still_growing", severity, "the file is still being written.", "run again later")
        )
        return None
    if sha256 in workspace.ignored_deliveries:
        why = workspace.ignored_deliveries[sha256]
        findings.append(_finding(name, "ignored_delivery", "info", f"sha256 {sha256} is ignored: {why}"))
        return None
    return InboxFile(name, path, extract_id, before.st_size, sha256)


def _absent(
    settings: Settings, workspace: Workspace, files: dict[str, list[InboxFile]], findings: list[Finding]
) -> tuple[str, ...]:
    """Extracts without a file now and without an accepted delivery earlier."""
    delivered = {event.extract_id for event in ledger.accepted(settings)} | set(files)
    absent = tuple(sorted(set(workspace.contracts) - delivered))
    for extract_id in absent:
        pattern = workspace.contracts[extract_id].file.pattern
        findings.append(
            _finding(
                pattern,
                "absent_extract",
                "info",
                f"nothing is delivered for extract {extract_id!r}.",
                f"a file matching {pattern!r}",
            )
        )
    return absent
