"""Languages of the pages: gettext catalogues read with Babel, message ids in English.

Lives here: the lookup of a sentence in a language. Must not live here: names from the data (`name_de`,
`name_en` are columns of the release) and number formats (formats.py). To add a sentence: write it in
English where it is used, `language.text("...")`, and add it to each `<code>.po`; a test names what is
missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from babel.messages.pofile import read_po

LANGUAGES: dict[str, str] = {"de": "Deutsch", "en": "English"}
DEFAULT = "de"
FOLDER = Path(__file__).parent
Text = TypeVar("Text", str, str | None)


@dataclass(frozen=True)
class Language:
    """One language of the pages; `code` is de or en."""

    code: str

    def text(self, message: str, **values: object) -> str:
        """The sentence in this language with `{name}` replaced; the English sentence where no translation
        exists.
        """
        found = _catalogue(self.code).get(message) or message
        text = found if isinstance(found, str) else found[0]
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The sentence for n things; `{n}` is replaced by what the caller passes as `n_text`, else by n."""
        found = _catalogue(self.code).get(one, "")
        forms = found if isinstance(found, tuple) and all(found) else (one, many)
        shown = {"n": values.pop("n_text", n), **values}
        return forms[0 if n == 1 else 1].format(**shown)

    def pick(self, german: Text, english: Text) -> Text:
        """The column of this language: `language.pick(row.name_de, row.name_en)`."""
        return german if self.code == "de" else (english or german)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> dict[str, str | tuple[str, ...]]:
    """Message id (first form of a plural) to translation (all forms of a plural)."""
    with (FOLDER / f"{code}.po").open("rb") as stream:
        messages = read_po(stream, locale=code)
    found: dict[str, str | tuple[str, ...]] = {}
    for message in messages:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        value = message.string
        found[str(key)] = tuple(value) if isinstance(value, (tuple, list)) else str(value)
    return found
