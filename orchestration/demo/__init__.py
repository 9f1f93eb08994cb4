"""The fictional demo city: a complete workspace with an inbox, written from a seed.

Lives here: everything invented. Must not live here: anything that reads, checks or transforms
deliveries; the product treats the result like the files of any other city.
"""

from __future__ import annotations

from orchestration.demo.writing import FolderInUse, write_demo

__all__ = ["FolderInUse", "write_demo"]
