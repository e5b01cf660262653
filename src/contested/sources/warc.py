"""Web archives (WARC) -> the pages captured in them, one after the other, however large the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from contested.errors import InputError, Skipped
from contested.sources.kinds import FileKind
from contested.sources.pages import LARGEST_PAGE, LARGEST_PDF
from contested.sources.web import Download

_KINDS = {
    "text/html": FileKind.HTML,
    "application/xhtml+xml": FileKind.HTML,
    "text/plain": FileKind.TEXT,
    "application/pdf": FileKind.PDF,
}
_HOLD_CONTENT = ("response", "resource")  # the other records are requests, metadata and notes that nothing changed
_FETCHED = "200"


@dataclass(frozen=True, slots=True)
class Capture:
    """One page as it was fetched. The day it was fetched is not kept: it is no publication day (decision 7)."""

    kind: FileKind
    where: str
    content: bytes
    download: Download


def find_captures(stream: BinaryIO, where: str) -> Iterator[Capture]:
    """Return the pages of an unpacked WARC stream, in order.

    Redirects, failures, images, scripts and the like hold no report and are passed over.

    Raises:
        Skipped: at the end, when there was no page at all.
        InputError: when the file is broken; what came before was returned.
    """
    from warcio.archiveiterator import ArchiveIterator  # needed by few runs
    from warcio.exceptions import ArchiveLoadFailed

    pages = passed = 0
    try:
        for record in ArchiveIterator(stream):
            capture = _capture(record, where) if record.rec_type in _HOLD_CONTENT else None
            if capture is None:
                passed += record.rec_type in _HOLD_CONTENT
                continue
            pages += 1
            yield capture
    except ArchiveLoadFailed as error:
        raise InputError(f"a web archive that is broken or cut off after {pages:,} pages: {error}", where) from error
    if not pages:
        raise Skipped(f"a web archive without a page: {passed:,} records hold images, scripts, redirects", where)


def _capture(record: object, where: str) -> Capture | None:
    headers, http = record.rec_headers, record.http_headers  # type: ignore[attr-defined]
    url = headers.get_header("WARC-Target-URI") or ""
    if http is not None and http.get_statuscode() != _FETCHED:
        return None
    stated = (http or headers).get_header("Content-Type") or ""
    kind = _KINDS.get(stated.partition(";")[0].strip().lower())
    if kind is None:
        return None
    largest = LARGEST_PDF if kind is FileKind.PDF else LARGEST_PAGE + 1
    content = record.content_stream().read(largest)  # type: ignore[attr-defined]
    return Capture(kind, f"{where}:{url}", content, Download(content, url, _charset(stated)))


def _charset(content_type: str) -> str | None:
    """Return the encoding that a Content-Type declares, or None."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
