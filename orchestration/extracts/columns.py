"""Which delivered column is which column of the contract.

Lives here: matching by name, the nearest name, refusal of person-level columns. Must not live here: cells.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter

from orchestration.extracts.contract import Contract
from orchestration.extracts.table import Complaints, clean_header

NEAR = 0.55  # similarity (0 to 1) from which another name is proposed: "Anz." for "Anzahl" has 0.6
# Column names that hold data of single persons. Compared without blanks, dashes and umlauts.
PERSON_LEVEL = re.compile(
    r"""
      (vor|nach|familien|geburts|ruf|mädchen)namen?   | (first|last|given|family|sur)name
    | geb(urts)?(datum|dat|tag|date)                  | (dateof)?birth(date|day)? | dateofbirth | dob
    | steuer(id|idnr|identifikations?(nummer|nr)?|nummer|nr) | idnr | tax(id|number)
    | (sozial|renten|kranken|pflege)?versicher(ungs|ten)(nummer|nr|id) | svnr | svnummer | socialsecurity.*
    | (personal|reise)?(ausweis|pass)(nummer|nr)?     | passport.*
    | aktenzeichen | geschäftszeichen | case(id|number|no)
    | (fall|kunden|klienten|patienten|bg|bedarfsgemeinschafts?)(nummer|nr|id) | customer(id|number)
    | iban | kontonummer | kontonr | bankverbindung
    | (person|personen|einwohner|bürger|schüler|kind|klienten?|patient|versicherten|haushalts?)
      (id|nr|nummer|schlüssel)
    | (telefon|tel|telefonnummer|handy|mobil|email|mail|emailadresse)(nummer|nr)?privat
    | private?(telefon|tel|handy|mobil|email|mail)(nummer|nr|adresse)?
    | handy(nummer|nr) | mobil(nummer|nr|telefon)
    """,
    re.VERBOSE,
)
CONTACT = re.compile(
    r"(telefon|tel|phone|email|mail)(nummer|nr|adresse)?"
)  # an office has a telephone, a count has none


def is_person_level(name: str, contract: Contract) -> bool:
    """Whether a column name stands for data of single persons and the contract has not explained it."""
    if name in {clean_header(reviewed) for reviewed in contract.reviewed_columns}:
        return False
    for part in name.split(" | "):
        bare = re.sub(r"[^a-zäöüß0-9]", "", unicodedata.normalize("NFC", part).casefold())
        if PERSON_LEVEL.fullmatch(bare):
            return True
        if contract.group != "inventory" and CONTACT.fullmatch(bare):
            return True
    return False


def matched_columns(
    found: list[str],
    contract: Contract,
    complaints: Complaints,
    header_line: int | None,
    hint: str = "",
    not_additional: frozenset[str] = frozenset(),
) -> list[str] | None:
    """The delivered columns in the contract's spelling, in delivered order.

    found: joined headers. hint: what else may explain a header that does not fit (another delimiter).
    A missing column with one likely stand-in takes that one, after the error, so that its cells are checked
    as well. Returns None when the file is not the one that the contract describes.
    """
    for name in found:
        if is_person_level(name, contract):
            complaints.add(
                "person_level_column",
                f"column {name!r} looks like data of single persons.",
                "counts, never persons; remove the column, or explain it under reviewed_columns",
                line=header_line,
                column=name,
            )
    wanted = {clean_header(column.name): column for column in contract.columns}
    missing = [key for key, column in wanted.items() if key not in found and not column.optional]
    extra = [name for name in found if name not in wanted and name not in not_additional]
    required = [key for key, column in wanted.items() if not column.optional]
    if len(missing) * 2 > len(required) and len(missing) > 1:
        complaints.add(
            "wrong_file",
            f"{len(missing)} of {len(required)} columns are missing; found: {_listed(found)}.",
            f"the file {contract.title!r} with the columns {_listed(required)}{hint}",
            line=header_line,
        )
        return None
    stand_in = _complain_missing(missing, extra, found, complaints, header_line, hint)
    if not found or (missing and not stand_in and len(missing) == len(required)):
        return None
    _complain_extra([name for name in extra if name not in stand_in], contract, complaints, header_line)
    spelling = {key: column.name for key, column in wanted.items()}
    spelling |= {name: wanted[key].name for name, key in stand_in.items()}
    return _unique([spelling.get(name, name) for name in found], contract, complaints, header_line)


def _complain_missing(
    missing: list[str],
    extra: list[str],
    found: list[str],
    complaints: Complaints,
    header_line: int | None,
    hint: str,
) -> dict[str, str]:
    """Report every missing column; returns delivered name -> the missing name it stands in for."""
    stand_in: dict[str, str] = {}
    for key in missing:
        near = nearest(key, [name for name in extra if name not in stand_in])
        if near is None and len(missing) == 1 and len(extra) == 1:
            near = extra[0]
        advice = f"; the nearest is {near!r} (renamed?)" if near else ""
        complaints.add(
            "column_missing",
            f"column {key!r} is missing; found: {_listed(found)}{advice}.",
            f"a column named exactly {key!r}{hint}",
            line=header_line,
            column=key,
        )
        if near is not None:
            stand_in[near] = key
    return stand_in


def _complain_extra(
    extra: list[str], contract: Contract, complaints: Complaints, header_line: int | None
) -> None:
    if contract.additional_columns == "ignore":
        return
    for name in extra:
        complaints.add(
            "additional_column",
            f"column {name!r} is not in the contract; it is not used.",
            "only the columns of the contract",
            line=header_line,
            column=name,
            severity="error" if contract.additional_columns == "refuse" else "warning",
        )


def _unique(
    names: list[str], contract: Contract, complaints: Complaints, header_line: int | None
) -> list[str]:
    """The names with repeated ones numbered; a repeated column of the contract is an error."""
    counts = Counter(names)
    for name in counts:
        if counts[name] > 1 and name in contract.column_by_name:
            complaints.add(
                "duplicate_column",
                f"{counts[name]} columns are named {name!r}.",
                "each column once",
                line=header_line,
                column=name,
            )
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def nearest(wanted: str, candidates: list[str]) -> str | None:
    """The most similar candidate, upper and lower case alike; None when nothing is similar."""
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    close = difflib.get_close_matches(wanted.casefold(), list(folded), n=1, cutoff=NEAR)
    return folded[close[0]] if close else None


def _listed(names: list[str], limit: int = 15) -> str:
    shown = ", ".join(repr(name) for name in names[:limit])
    return shown + (f" and {len(names) - limit} more" if len(names) > limit else "") if names else "nothing"
