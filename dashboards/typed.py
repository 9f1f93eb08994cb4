"""Rows of an answer as frozen records.

Lives here: the one way from a row to its record. Must not live here: SQL, names of columns (records.py,
register_records.py, stock_records.py).
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

Row = TypeVar("Row")


def typed(row_type: type[Row], rows: list[dict[str, Any]]) -> list[Row]:
    """One record per row; a list that is NULL is empty, a decimal becomes a float."""
    names = {f.name: str(f.type).startswith("tuple") for f in fields(row_type)}  # type: ignore[arg-type]
    return [row_type(**{n: _plain(row[n], is_list) for n, is_list in names.items()}) for row in rows]


def _plain(value: Any, is_list: bool) -> Any:
    if is_list:
        return tuple(value or ())
    return float(value) if isinstance(value, Decimal) else value
