"""What can go wrong with a release, as sentences. Lives here: the exceptions; nothing else."""

from __future__ import annotations

from collections.abc import Sequence


class ReleaseRefused(RuntimeError):
    """The file that was to be published does not keep its promises; nothing was published (exit code 1)."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class UnknownRelease(LookupError):
    """There is no such release, or its files are no longer kept; the text says which exist (exit code 2)."""


class PointerDamaged(ValueError):
    """current.json exists but is not a pointer; nothing is picked silently in its place."""
