"""Territories over time: what social spaces consist of, and how areas of one state become those of another.

Lives here: the rules of geography/shares.csv and geography/crosswalks.csv that need the areas. Must not live
here: single cells (workspace_values.py) and the arithmetic with shares and weights (dbt_project).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orchestration.findings import Finding
from orchestration.workspace_files import TABLES, Tables, wrong
from orchestration.workspace_values import day_of, is_number, is_whole

TOLERANCE = Decimal("0.000001")
AREAS = "geography/areas.csv"
Row = dict[str, str]


@dataclass(frozen=True)
class Span:
    """From the first day to before the last; open ends are the first and last day there are."""

    begins: date
    ends: date

    @classmethod
    def of(cls, row: Row) -> Span:
        """The validity of a row."""
        return cls(day_of(row["valid_from"]) or date.min, day_of(row["valid_to"]) or date.max)

    def holds(self, day: date) -> bool:
        return self.begins <= day < self.ends


@dataclass(frozen=True)
class _Member:
    """One row of geography/shares.csv that can be computed with."""

    line: int
    space: str
    member: str
    member_level: str
    share: Decimal
    span: Span


def _covered(span: Span, spans: Iterable[Span]) -> bool:
    """Whether the spans together hold every day of a span."""
    reached = span.begins
    for one in sorted(spans, key=lambda s: s.begins):
        if one.begins <= reached:
            reached = max(reached, one.ends)
    return reached >= span.ends


def check_shares(tables: Tables) -> list[Finding]:
    """Members must exist as long as they belong, not more than whole, and describe each space completely."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for _, row in tables.rows("areas"):
        spans[f"{row['level']}-{row['code']}"].append(Span.of(row))
    found: list[Finding] = []
    members: list[_Member] = []
    for line, row in tables.rows("shares"):
        problems = list(_share_places(line, row, spans))
        found += problems
        if not problems and is_number(row["share"]):
            space, member = f"{row['level']}-{row['code']}", f"{row['member_level']}-{row['member_code']}"
            share = Decimal(row["share"])
            members.append(_Member(line, space, member, row["member_level"], share, Span.of(row)))
    return [*found, *_more_than_whole(members), *_two_descriptions(members, tables)]


def _share_places(line: int, row: Row, spans: dict[str, list[Span]]) -> Iterator[Finding]:
    file = TABLES["shares"][0]
    for level, code in (("level", "code"), ("member_level", "member_code")):
        area = f"{row[level]}-{row[code]}"
        if area not in spans:
            yield wrong(file, "unknown_area", f"area {area!r}.", f"an area of {AREAS}", line, code)
        elif level == "member_level" and not _covered(Span.of(row), spans[area]):
            text = f"{area!r} does not exist on all days on which the row says that it belongs."
            expected = f"valid_from and valid_to within those of {area} in {AREAS}"
            yield wrong(file, "share_validity", text, expected, line, "valid_from")
    if row["level"] == row["member_level"]:
        text = f"{row['level']!r} is the level of the area and of its member."
        yield wrong(file, "member_level", text, "a member of another level", line, "member_level")


def _more_than_whole(members: list[_Member]) -> Iterator[Finding]:
    """The shares of one member over the spaces of one level never exceed 1."""
    shared: dict[tuple[str, str], list[_Member]] = defaultdict(list)
    for one in members:
        shared[one.space.split("-")[0], one.member].append(one)
    for (level, member), rows in sorted(shared.items()):
        for day in sorted({row.span.begins for row in rows}):
            valid = [row for row in rows if row.span.holds(day)]
            total = sum((row.share for row in valid), Decimal(0))
            if total > 1 + TOLERANCE:
                lines = ", ".join(str(row.line) for row in valid)
                text = f"{member!r} belongs to areas of {level!r} with {total} in all (lines {lines})."
                yield wrong(TABLES["shares"][0], "share_sum", text, "at most 1 on every day", valid[-1].line)
                break


def _two_descriptions(members: list[_Member], tables: Tables) -> Iterator[Finding]:
    """A space described by members of two levels is the same territory twice, not a mixture of both."""
    rank = {row["level"]: int(row["rank"]) for _, row in tables.rows("levels") if is_whole(row["rank"])}
    above: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for _, row in tables.rows("areas"):
        if row["parent_code"]:
            parent = f"{row['parent_level']}-{row['parent_code']}"
            above[f"{row['level']}-{row['code']}"].append((Span.of(row), parent))
    spaces: dict[str, list[_Member]] = defaultdict(list)
    for one in members:
        if one.member_level in rank:
            spaces[one.space].append(one)
    for space, rows in sorted(spaces.items()):
        for day in sorted({row.span.begins for row in rows}):
            valid = [row for row in rows if row.span.holds(day)]
            levels = sorted({row.member_level for row in valid}, key=lambda level: rank[level])
            said = [_lying_in(levels[0], level, valid, above, day) for level in levels]
            if any(one != said[0] for one in said):
                yield _mixed(space, levels, day, valid[-1].line)
                break


def _mixed(space: str, levels: list[str], day: date, line: int) -> Finding:
    spoken = " and ".join(repr(level) for level in levels)
    text = (
        f"the members of {space!r} on {day} are of the levels {spoken}, and they are not the same territory."
    )
    expected = f"all members of one level; or the whole space once by each of {spoken}"
    return wrong(TABLES["shares"][0], "mixed_members", text, expected, line, "member_level")


def _lying_in(
    top: str, level: str, valid: list[_Member], above: dict[str, list[tuple[Span, str]]], day: date
) -> set[str]:
    """The areas of `top` in which the members of one level lie; one that lies in none stands for itself."""
    found = set()
    for one in valid:
        if one.member_level != level:
            continue
        area, passed = one.member, {one.member}
        while area.split("-")[0] != top:
            upper = next((parent for span, parent in above[area] if span.holds(day)), None)
            if upper is None or upper in passed:
                break
            passed.add(upper)
            area = upper
        found.add(area)
    return found


def check_crosswalks(tables: Tables) -> list[Finding]:
    """Both areas must exist, one after the other, and the weights of an area must add up to 1."""
    versions: dict[tuple[str, str, str], Row] = {}
    for _, row in tables.rows("areas"):
        versions[row["level"], row["code"], row["valid_from"]] = row
    found: list[Finding] = []
    targets: dict[tuple[str, str, str], list[tuple[int, Span, Decimal]]] = defaultdict(list)
    for line, row in tables.rows("crosswalks"):
        problems = list(_crosswalk_row(line, row, versions))
        found += problems
        if not problems and is_number(row["weight"]):
            target = versions[row["to_level"], row["to_code"], row["to_valid_from"]]
            source = row["from_level"], row["from_code"], row["from_valid_from"]
            targets[source].append((line, Span.of(target), Decimal(row["weight"])))
    return [*found, *_weights(targets)]


def _crosswalk_row(line: int, row: Row, versions: dict[tuple[str, str, str], Row]) -> Iterator[Finding]:
    file = TABLES["crosswalks"][0]
    pair = []
    for side in ("from", "to"):
        key = row[f"{side}_level"], row[f"{side}_code"], row[f"{side}_valid_from"]
        if key in versions:
            pair.append(versions[key])
        else:
            text = f"no area {key[0]}-{key[1]} begins on {key[2] or '(empty)'}."
            expected = f"level, code and valid_from as in {AREAS}"
            yield wrong(file, "unknown_area", text, expected, line, f"{side}_code")
    if row["from_level"] != row["to_level"]:
        text = f"{row['from_level']!r} becomes {row['to_level']!r}."
        yield wrong(file, "crosswalk_levels", text, "two areas of one level", line, "to_level")
    if len(pair) == 2 and Span.of(pair[0]).ends > Span.of(pair[1]).begins:
        text = f"{row['from_level']}-{row['from_code']} has not ended when {row['to_code']} begins."
        expected = f"a valid_to of the old area in {AREAS}, not after valid_from of the new one"
        yield wrong(file, "crosswalk_order", text, expected, line, "from_code")


def _weights(targets: dict[tuple[str, str, str], list[tuple[int, Span, Decimal]]]) -> Iterator[Finding]:
    """On every day on which a new area begins, the weights of the areas that exist then add up to 1."""
    for (level, code, _), rows in sorted(targets.items()):
        for day in sorted({span.begins for _, span, _ in rows}):
            valid = [(line, weight) for line, span, weight in rows if span.holds(day)]
            total = sum((weight for _, weight in valid), Decimal(0))
            if abs(total - 1) > TOLERANCE:
                text = f"the weights of {level}-{code} add up to {total} for the areas of {day}."
                yield wrong(TABLES["crosswalks"][0], "weight_sum", text, "1", valid[-1][0], "weight")
                break
