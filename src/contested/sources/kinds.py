"""What kind of file this is: by its content first, by its name second."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePath

from contested.errors import Skipped
from contested.sources.columns import guess_column
from contested.sources.encoding import decode, find_mark

HEAD = 65_536  # bytes looked at; holds the first lines of any table and the head of any page


class FileKind(StrEnum):
    """The kinds of file that reports come in."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    JSON = "JSON"
    JSONL = "JSON Lines"
    TABLE = "CSV or TSV"
    PARQUET = "Parquet"
    GZIP = "gzip"
    WARC = "WARC"
    WACZ = "WACZ"


# The first bytes of the files that are read, and of those that are met most often and are not.
_READ = ((b"%PDF-", FileKind.PDF), (b"PAR1", FileKind.PARQUET), (b"\x1f\x8b", FileKind.GZIP), (b"WARC/", FileKind.WARC))
_NOT_READ = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_HTML = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAGS = re.compile(r"<(?:p|div|span|a|br|h[1-6]|article|section|meta|ul|table)\b[^<>]*>", re.IGNORECASE)
_A_FEW_TAGS = 3  # a report in plain text may quote one tag, not three different ones in its first lines
_XML = re.compile(r"<\?xml|<rss[\s>]|<feed[\s>]|<rdf:", re.IGNORECASE)
_OPENS_OBJECT = re.compile(r"\{\s*[\"}]|\{\s*$")
_OPENS_ARRAY = re.compile(r"\[\s*[\[{\]]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.01  # share of control characters; real text has none, a broken export has a few
DELIMITERS = ",\t;|"


def find_kind(head: bytes, name: str, where: str) -> FileKind:
    """Return what kind of file begins with `head`.

    Args:
        head: the first bytes, `HEAD` of them if there are so many.
        name: the file's name, whose extension decides where the content leaves it open.
        where: for the message.

    Raises:
        Skipped: when it is no kind that is read; the message says what it is.
    """
    for start, kind in _READ:
        if head.startswith(start):
            return kind
    if head.startswith(b"PK\x03\x04") and name.lower().endswith(".wacz"):
        return FileKind.WACZ
    for start, what in _NOT_READ:
        if head.startswith(start):
            raise Skipped(f"{what}, not a report; expected text, HTML, PDF, JSON, CSV, Parquet or WARC", where)
    if head[257:262] == b"ustar":
        raise Skipped("a tar archive, not a report; unpack it and give the folder", where)
    text = decode(head).text
    beginning = text[:4096]
    if "\0" in beginning and not find_mark(head):
        raise Skipped("not text: it holds NUL bytes (UTF-16 needs its byte order mark)", where)
    if len(_CONTROL.findall(beginning)) > _MOST_CONTROL * len(beginning):
        raise Skipped(
            "not text: it holds control characters; expected text, HTML, PDF, JSON, CSV, Parquet or WARC", where
        )
    return _find_text_kind(text, PurePath(name.removesuffix(".gz")).suffix.lower(), where)


def _find_text_kind(text: str, suffix: str, where: str) -> FileKind:
    text = text.lstrip()
    beginning = text[:4096]
    if _HTML.search(beginning):
        return FileKind.HTML
    if _XML.match(beginning):
        raise Skipped("an XML file or feed, not a report; give the pages it links to", where)
    if len({tag.lower() for tag in _TAGS.findall(beginning)}) >= _A_FEW_TAGS or (
        suffix in (".html", ".htm") and "<" in text
    ):
        return FileKind.HTML
    if _OPENS_ARRAY.match(text):
        return FileKind.JSON
    if suffix in (".jsonl", ".ndjson"):
        return FileKind.JSONL
    if _OPENS_OBJECT.match(text[:200]):
        if "\n" not in text.rstrip():  # one line: one object, unless it is so long that its end is not in sight
            return FileKind.JSON if suffix == ".json" or text.rstrip().endswith("}") else FileKind.JSONL
        return FileKind.JSONL if _has_object_line(text) else FileKind.JSON
    if suffix in (".csv", ".tsv", ".tab") or _has_header(text):
        return FileKind.TABLE
    return FileKind.TEXT


def _has_object_line(text: str) -> bool:
    """Return whether one of the first lines is a whole JSON object by itself."""
    for line in text.split("\n")[:10]:
        try:
            if isinstance(json.loads(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def find_delimiter(header: str) -> str:
    """Return the character that separates the columns of a header line."""
    return max(DELIMITERS, key=header.count)


def _has_header(text: str) -> bool:
    """Return whether the first line names columns of a table of reports, the text's among them."""
    header = text.split("\n", 1)[0].strip("\r")
    if len(header) > 1000:  # no header; a paragraph
        return False
    columns = [column.strip(" \"'") for column in header.split(find_delimiter(header))]
    # A sentence with commas is no header: a header's cells are names, and one of them is known as the text's.
    return (
        len(columns) > 1 and all(0 < len(c.split()) <= 3 for c in columns) and guess_column("text", columns) is not None
    )
