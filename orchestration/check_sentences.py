"""A failed dbt test as a sentence: what it claims and how many rows break it, never which values.

Lives here: words from dbt's manifest and events. Must not live here: the tests (dbt_project/tests).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FIRST_SENTENCE = re.compile(r".+?[.](?=\s|$)")


def leading_comment(sql: str) -> str:
    """The text of the comment lines at the head of a query, as one line."""
    lines = []
    for line in sql.lstrip().splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.lstrip("-").strip())
    return " ".join(lines)


def claim_of(node: Mapping[str, Any]) -> str:
    """What a test claims: its description, the first sentence of its leading comment, or kind and column."""
    text = " ".join(str(node.get("description") or "").split()) or leading_comment(
        str(node.get("raw_code") or "")
    )
    if text:
        sentence = FIRST_SENTENCE.match(text)
        return sentence[0] if sentence else f"{text}."
    kind = str((node.get("test_metadata") or {}).get("name") or "check").replace("_", " ")
    model = str(node.get("attached_node") or "").split(".")[-1]
    column = node.get("column_name")
    place = f"{model}.{column}" if column else model
    return f"{kind} on {place}." if place else f"{kind}."


def failed_node(event: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """One finished dbt node that failed or warned: its name, its claim, its number of rows.

    A node that could not run at all is told with dbt's own words: it has no rows to count.
    """
    info = event["data"].get("node_info", {})
    name = str(info.get("node_name", ""))
    unique_id = str(info.get("unique_id", ""))
    status = str(info.get("node_status", ""))
    node = manifest["nodes"].get(unique_id) or manifest.get("unit_tests", {}).get(unique_id) or {}
    if status not in {"fail", "warn"} or unique_id.split(".")[0] == "unit_test":
        return f"{name}: {str(event['info'].get('msg', status)).strip()}"
    rows = int(event["data"].get("num_failures") or 0)
    return f"{name}: {claim_of(node)} {rows} {'row fails' if rows == 1 else 'rows fail'}."
