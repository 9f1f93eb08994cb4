"""From delivered bytes to text in the declared encoding, or the reason why not.

Lives here: strict decoding, the proposal of an encoding that fits, invisible characters. Must not live here:
any guess that is used silently: a wrong encoding is always an error, the proposal only lets the other
findings of the file be listed too.
"""

from __future__ import annotations

import codecs

from orchestration.extracts.table import INVISIBLE, Complaints, visible

BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
PROPOSALS = ("utf-8", "windows-1252", "iso-8859-1")
MAX_INVISIBLE = 1000  # a text with more control characters than this is no text; nothing after it is read
MIN_NUL_SHARE = 0.2  # Latin text in UTF-16 is half NUL bytes; no other text has any


def decoded(data: bytes, declared: str, complaints: Complaints) -> str | None:
    """The file as text without byte order mark and invisible characters, both reported.

    data: the delivered bytes. declared: encoding of the contract. Returns None only when no known encoding
    fits at all.
    """
    found = _contradicting(data, declared)
    encoding = declared
    if found is not None:
        position, why = found
        proposal = proposed_encoding(data, declared)
        line = data[:position].count(b"\n") + 1
        advice = (
            f"; the file looks like {proposal}: deliver it as declared, or declare that" if proposal else ""
        )
        complaints.add(
            "wrong_encoding", f"byte {position + 1} {why}.", f"text in {declared}{advice}", line=line
        )
        if proposal is None:
            return None
        encoding = proposal
    text = data.decode(encoding).removeprefix("\ufeff")
    return _without_invisible(text, complaints)


def _contradicting(data: bytes, declared: str) -> tuple[int, str] | None:
    """(byte position, what is wrong) where the bytes contradict the declared encoding, else None."""
    codec = codecs.lookup(declared).name
    for mark, encoding in BOMS.items():
        if data.startswith(mark) and not codec.startswith(encoding):
            return 0, f"begins a byte order mark of {encoding}"
    try:
        text = data.decode(declared)
    except UnicodeDecodeError as error:
        bytes_there = data[error.start : error.start + 1].hex().upper()
        return (error.start, f"(0x{bytes_there}) does not exist in {declared} at this place")
    if codec in {"cp1252", "iso8859-1", "iso8859-15"} and not data.isascii():
        first = next(at for at, byte in enumerate(data) if byte > 127)
        if _decodes(data, "utf-8"):
            return (
                first,
                f"begins a character of UTF-8, which {declared} would show as {text[first : first + 2]!r}",
            )
        control = next((at for at, byte in enumerate(data) if 0x80 <= byte <= 0x9F), None)
        if codec != "cp1252" and control is not None and _decodes(data, "cp1252"):
            return (control, f"(0x{data[control]:02X}) is a control character in {declared}")
    if b"\0" in data and not codec.startswith(("utf-16", "utf-32")) and _looks_like_utf16(data):
        return data.index(b"\0"), "is NUL, as in every second byte"
    return None


def proposed_encoding(data: bytes, declared: str) -> str | None:
    """The first well-known encoding in which the bytes are text without control characters."""
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return encoding if _decodes(data, encoding) else None
    if _looks_like_utf16(data):
        encoding = "utf-16-le" if data[1::2].count(0) > data[0::2].count(0) else "utf-16-be"
        return encoding if _decodes(data, encoding) else None
    for encoding in PROPOSALS:
        if codecs.lookup(encoding) == codecs.lookup(declared) or not _decodes(data, encoding):
            continue
        if encoding == "utf-8" or not INVISIBLE.search(data.decode(encoding)):
            return encoding
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:4096]
    return len(head) > 1 and head.count(0) > MIN_NUL_SHARE * len(head)


def _without_invisible(text: str, complaints: Complaints) -> str | None:
    """Report each line with an invisible or control character and go on without them.

    Returns None where there are so many of them that this is no text.
    """
    if INVISIBLE.search(text) is None:
        return text
    at_line, counted_to, reported = 1, 0, 0
    for number, match in enumerate(INVISIBLE.finditer(text), start=1):
        at_line += text.count("\n", counted_to, match.start())
        counted_to = match.start()
        if number > MAX_INVISIBLE:
            complaints.add(
                "control_character",
                f"more than {MAX_INVISIBLE} invisible or control characters; nothing after them was read.",
                "a text file",
                line=at_line,
            )
            return None
        if at_line == reported:
            continue
        reported = at_line
        around = visible(text[max(0, match.start() - 15) : match.end() + 15].strip())
        complaints.add(
            "control_character",
            f"the character U+{ord(match.group()):04X} in {around!r} is invisible or a control character.",
            "printable text; remove the character at the source",
            line=at_line,
        )
    return INVISIBLE.sub("", text)
