"""Where things are. The only module that reads the environment and names paths; imports nothing of ours."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Audience = Literal["public", "internal"]
AUDIENCES: tuple[Audience, ...] = ("public", "internal")

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
DEFAULT_WORKSPACE = PROJECT_ROOT / "seeds" / "demo"
DEFAULT_HOME = PROJECT_ROOT / "var"


@dataclass(frozen=True)
class Settings:
    """Paths of one run: the workspace (one city), its inbox and the home the product writes to."""

    workspace: Path
    inbox: Path
    home: Path

    @classmethod
    def resolve(
        cls,
        workspace: Path | str | None = None,
        inbox: Path | str | None = None,
        home: Path | str | None = None,
    ) -> Settings:
        """Command-line values win over SOZIALRAUM_WORKSPACE / _INBOX / _HOME, those over the defaults."""
        chosen_workspace = Path(workspace or os.environ.get("SOZIALRAUM_WORKSPACE") or DEFAULT_WORKSPACE)
        chosen_inbox = Path(inbox or os.environ.get("SOZIALRAUM_INBOX") or chosen_workspace / "inbox")
        chosen_home = Path(home or os.environ.get("SOZIALRAUM_HOME") or DEFAULT_HOME)
        return cls(chosen_workspace.resolve(), chosen_inbox.resolve(), chosen_home.resolve())

    @property
    def raw(self) -> Path:
        return self.home / "raw"

    @property
    def quarantine(self) -> Path:
        return self.home / "quarantine"

    @property
    def landing(self) -> Path:
        return self.home / "landing"

    @property
    def work(self) -> Path:
        return self.home / "work"

    @property
    def state(self) -> Path:
        return self.home / "state"

    @property
    def releases(self) -> Path:
        return self.home / "releases"

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def pointer(self) -> Path:
        return self.home / "current.json"

    @property
    def ledger(self) -> Path:
        return self.home / "deliveries"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def dagster(self) -> Path:
        return self.home / "dagster"

    @property
    def dbt_target(self) -> Path:
        return self.work / "dbt_target"

    @property
    def work_database(self) -> Path:
        return self.work / "sozialraum.duckdb"
