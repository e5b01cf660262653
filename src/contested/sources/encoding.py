"""Bytes -> text: by the mark at the beginning, as UTF-8, or as Windows-1252; what is broken is said, with its place."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# The longer marks first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REPLACED = "\ufffd"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and what went wrong when it was decoded."""

    text: str
    warnings: tuple[str, ...] = ()


def find_mark(content: bytes) -> tuple[str, int] | None:
    """Return the encoding that a byte order mark at the beginning names, and the mark's length; None without one."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    return None


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Return the text of `content`, its byte order mark left out, and warnings.

    The mark decides; else valid UTF-8 is UTF-8; else the declared encoding, if any; else text with more valid
    UTF-8 characters beyond ASCII than invalid bytes is broken UTF-8, and anything else is Windows-1252.

    Args:
        content: the whole file, line or field.
        declared: the encoding that a page or a server names; used only when the bytes are not valid UTF-8.
    """
    mark = find_mark(content)
    if mark and mark[0] != "utf-8":
        return _decode_as(content[mark[1] :], mark[0])
    if mark:
        content = content[mark[1] :]
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken = error
    text = content.decode("utf-8", "replace")
    invalid = text.count(_REPLACED)
    if not mark and declared and (found := _lookup(declared)):
        return _decode_as(content, found)
    line = content.count(b"\n", 0, broken.start) + 1
    first = f"first at byte {broken.start} (line {line})"
    if mark or len(_NOT_ASCII.findall(text)) - invalid >= invalid:
        return Decoded(text, (f"broken UTF-8: {invalid} unreadable byte(s), {first}, read as \ufffd",))
    # Windows-1252 leaves five bytes undefined; they are read as the control characters that Latin-1 makes of them.
    text = (
        "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in content)
        if _has_undefined(content)
        else content.decode("cp1252")
    )
    return Decoded(text, (f"not UTF-8: {invalid} byte(s) that UTF-8 does not know, {first}, read as Windows-1252",))


def _has_undefined(content: bytes) -> bool:
    return any(byte in content for byte in b"\x81\x8d\x8f\x90\x9d")


def _decode_as(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError as error:
        text = content.decode(encoding, "replace")
        return Decoded(text, (f"broken {encoding.upper()}: first unreadable byte at {error.start}, read as \ufffd",))


def _lookup(declared: str) -> str | None:
    """Return Python's name of a declared text encoding, or None when it is not known or is UTF-8, which it was not."""
    try:
        name = codecs.lookup(declared.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    try:
        b"a".decode(name)  # base64 and the like are codecs too, but no text encodings
    except (LookupError, UnicodeError):
        return None
    return None if name == "utf-8" else name
