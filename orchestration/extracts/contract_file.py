"""The section `file` of a contract: how delivered bytes become a table of text.

Lives here: the shape of that section, and what every section rests on. Must not live here: the other sections
(contract_parts.py).
"""

from __future__ import annotations

import codecs
import csv
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Text = Annotated[str, Field(min_length=1)]
# Codecs that turn bytes into text, but not the bytes of a delivered table.
NO_TEXT_CODECS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
_GLOB_SET = re.compile(r"\[[^\]/]+\]")


class Strict(BaseModel):
    """Unknown keys are errors: a typing mistake in a contract must not be silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


def compiled(pattern: str, field: str) -> re.Pattern[str]:
    """A regular expression of a contract; raises ValueError naming the field when it is none."""
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{field}: {pattern!r} is no regular expression ({error})") from error


class FileFormat(Strict):
    """How the bytes become a table of text."""

    pattern: Text  # glob relative to the inbox; one delivery per matching file
    format: Literal["csv", "xlsx", "geojson", "esri_json"]
    encoding: str = "utf-8"  # csv and JSON; utf-8 also takes a byte order mark
    delimiter: str = ";"
    quote: str = '"'
    decimal: str = ","
    thousands: str = ""
    sheet: str | None = None  # xlsx
    title_lines: int = Field(0, ge=0)  # lines above the header
    header_lines: int = Field(1, ge=1)  # several lines are joined with " | ", merged cells filled
    footer_starts_with: str | None = None  # the first line that starts so, and all after it, is no data
    final_newline: Literal["required", "absent"] = "required"  # csv only
    max_bytes: int = 256 * 1024 * 1024

    @field_validator("encoding")
    @classmethod
    def known_encoding(cls, value: str) -> str:
        try:
            "".encode(value)  # refuses codecs like base64 as well, which lookup alone does not
            name = codecs.lookup(value).name.replace("_", "-")
        except (LookupError, UnicodeError) as error:
            raise ValueError(f"{value!r} is no text encoding; usual are utf-8, windows-1252") from error
        if name in NO_TEXT_CODECS:
            raise ValueError(f"{value!r} is no encoding of delivered text; usual are utf-8, windows-1252")
        return value

    @field_validator("pattern")
    @classmethod
    def sets_are_possible(cls, value: str) -> str:
        for found in _GLOB_SET.findall(value):
            compiled(found, "pattern")
        return value

    @model_validator(mode="after")
    def signs_differ(self) -> FileFormat:
        if (
            len(self.delimiter) != 1
            or len(self.decimal) != 1
            or len(self.thousands) > 1
            or len(self.quote) > 1
        ):
            raise ValueError(
                "file.delimiter and file.decimal are one character, thousands and quote at most one"
            )
        if self.decimal == self.thousands:
            raise ValueError("file.decimal and file.thousands must differ")
        if self.delimiter == self.quote or {self.delimiter, self.quote} & {"\n", "\r", "\0", " "}:
            raise ValueError("file.delimiter and file.quote must differ and be no blank and no line break")
        try:
            csv.reader((), delimiter=self.delimiter, quotechar=self.quote or None)
        except (TypeError, ValueError, csv.Error) as error:
            raise ValueError(f"file.delimiter, file.quote: {error}") from error
        return self
