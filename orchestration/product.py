"""Which product this is: its version and a digest of what decides about the content of a release.

Lives here: the product version. Must not live here: anything about a workspace or a home.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from orchestration.settings import DBT_PROJECT, PROJECT_ROOT

CONTENT_SUFFIXES = {".py", ".sql", ".yml", ".csv", ".md"}


def _content_files() -> list[Path]:
    roots = (PROJECT_ROOT / "orchestration", DBT_PROJECT)
    return sorted(
        path
        for root in roots
        for path in root.rglob("*")
        if path.suffix in CONTENT_SUFFIXES and "__pycache__" not in path.parts and "target" not in path.parts
    )


@cache
def product_version() -> str:
    """Version of the distribution and eight digits over models and code: another one means a full build."""
    digest = hashlib.sha256()
    for path in _content_files():
        digest.update(path.relative_to(PROJECT_ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    try:
        number = version("sozialraum")
    except PackageNotFoundError:
        number = "0"
    return f"{number}+{digest.hexdigest()[:8]}"
