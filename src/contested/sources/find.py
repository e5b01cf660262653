"""Any path, folder, stream or URL -> Documents, one after the other. What cannot be read is yielded, not raised."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from contested.errors import InputError, Skipped
from contested.sources.encoding import decode, find_mark
from contested.sources.kinds import HEAD, FileKind, find_kind
from contested.sources.options import ReadOptions
from contested.sources.pages import LARGEST_PAGE, LARGEST_PDF, Page, read_page, read_pdf
from contested.sources.remote import find_remote, is_remote
from contested.sources.report import LONGEST_REPORT, document
from contested.sources.tables import Row, find_json, find_json_lines, find_parquet, find_table, read_row, recode
from contested.sources.warc import find_captures
from contested.sources.web import Download, download, is_url
from contested.types import Document

STDIN = "-"
# Four bytes hold any character of any Unicode encoding: no text of at most LONGEST_REPORT characters is longer.
_LARGEST_TEXT = 4 * LONGEST_REPORT + 4
_REMOTE_BUFFER = 1 << 20  # bytes: few requests for small files, no waste for large ones
_LARGEST_PACKED = (
    1_000_000_000  # bytes of Parquet or WACZ, when it comes from a pipe or a gzip file and has to be kept whole
)


def find_documents(
    path: str | os.PathLike[str], options: ReadOptions | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Document | InputError]:
    """Return the reports found at `path`, in order, as they are read.

    What cannot be read comes as an `InputError` (a `Skipped` when one report is left out) in its place, with the file
    and the line, and the rest is read.

    Args:
        path: a text, HTML, PDF, JSON, JSON Lines, CSV, TSV, Parquet, WARC or WACZ file (any of them gzipped too), a
            folder (read with all folders inside, in alphabetical order, hidden files left out), an http(s) URL, a file
            or folder at an address that fsspec opens (`s3://…`), or "-" for `stdin`.
        options: which columns hold what, and the publication day if it is known.
        stdin: the stream that "-" means; the standard input if None.
    """
    options = options or ReadOptions()
    where = os.fspath(path)
    try:
        if where == STDIN:
            yield from _read_stream(stdin or sys.stdin.buffer, "stdin", "", options)
        elif is_remote(where):
            for address, open_file in find_remote(where):
                yield from _read_remote(address, open_file, options)
        elif is_url(where):
            got = download(where)
            yield from _read_stream(io.BytesIO(got.content), where, "", options, got)
        else:
            for found in _find_files(Path(where)):
                yield from [found] if isinstance(found, InputError) else _read_file(found, options)
    except InputError as error:
        yield error


def _find_files(path: Path) -> Iterator[Path | InputError]:
    """Return `path` itself when it is a file, else the files in it and its folders, sorted."""
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(f"a folder that cannot be opened: {_say(error)}", str(path))
        return
    seen = False
    for entry in entries:
        if entry.name.startswith("."):
            continue
        seen = True
        if entry.is_dir(follow_symlinks=False):  # a link to a folder could lead round in a circle
            yield from _find_files(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)
    if not seen:
        yield Skipped("an empty folder", str(path))


def _say(error: OSError) -> str:
    return error.strerror or str(error)


def _read_file(path: Path, options: ReadOptions) -> Iterator[Document | InputError]:
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, str(path), path.name, options)
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield InputError("no such file or folder; check the path", str(path))
    except OSError as error:
        yield InputError(f"cannot be read: {_say(error)}", str(path))


def _read_remote(address: str, open_file: Callable[[], Any], options: ReadOptions) -> Iterator[Document | InputError]:
    try:
        with open_file() as file:
            stream = io.BufferedReader(file, _REMOTE_BUFFER)
            yield from _read_stream(stream, address, address.rpartition("/")[2], options)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"cannot be read: {_say(error)}", address)


class _Replay(io.RawIOBase):
    """A stream with its beginning, which was read to see what it is, put back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _read_stream(
    stream: BinaryIO, where: str, name: str, options: ReadOptions, got: Download | None = None
) -> Iterator[Document | InputError]:
    """Return the reports of an open stream. `name`: the file's, "" when it has none; `got` is set for a download."""
    head = stream.read(HEAD)
    if not head.strip():
        raise Skipped("empty: there is nothing in it", where)
    kind = find_kind(head, name, where)
    whole: BinaryIO = io.BufferedReader(_Replay(head, stream))
    if kind is FileKind.GZIP:
        try:
            with gzip.GzipFile(fileobj=whole) as unpacked:
                yield from _read_stream(unpacked, where, name.removesuffix(".gz"), options, got)  # type: ignore[arg-type]
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise InputError(f"a gzip file that is broken or cut off: {error}", where) from error
    elif kind is FileKind.WACZ:
        yield from _read_wacz(whole, stream, where, options)
    elif kind is FileKind.WARC:
        yield from _read_captures(whole, where, options)
    elif kind in (FileKind.TEXT, FileKind.HTML, FileKind.PDF):
        yield _read_single(kind, whole, where, name, options, got)
    else:
        for row in _find_rows(kind, whole, stream, head, where, options):
            yield _read_row(row, options)


def _read_captures(stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """Return the reports of a web archive's pages."""
    for capture in find_captures(stream, where):
        try:
            content = io.BytesIO(capture.content)
            yield _read_single(capture.kind, content, capture.where, "", options, capture.download)
        except InputError as error:
            yield error


def _read_wacz(whole: BinaryIO, stream: BinaryIO, where: str, options: ReadOptions) -> Iterator[Document | InputError]:
    """Return the reports of a WACZ file: a ZIP file with web archives in it."""
    seekable = isinstance(stream, io.BufferedReader) and stream.seekable()
    try:
        with zipfile.ZipFile(stream if seekable else io.BytesIO(whole.read(_LARGEST_PACKED))) as packed:
            names = sorted(n for n in packed.namelist() if n.startswith("archive/") and not n.endswith("/"))
            if not names:
                raise Skipped("a WACZ file without an archive in it", where)
            for name in names:
                with packed.open(name) as member:
                    yield from _read_stream(member, f"{where}/{name}", name, options)  # type: ignore[arg-type]
    except zipfile.BadZipFile as error:
        raise InputError(f"a WACZ file that is broken or cut off: {error}", where) from error


def _find_rows(
    kind: FileKind, whole: BinaryIO, stream: BinaryIO, head: bytes, where: str, options: ReadOptions
) -> Iterator[Row | InputError]:
    if kind is FileKind.PARQUET:
        if isinstance(stream, io.BufferedReader) and stream.seekable():
            return find_parquet(stream, where, options)
        return find_parquet(io.BytesIO(whole.read(_LARGEST_PACKED)), where, options)
    if kind is FileKind.JSON:
        return find_json(whole, where)
    mark = find_mark(head)
    rows: BinaryIO = (
        recode(whole, mark[0].removesuffix("-le").removesuffix("-be")) if mark and mark[0] != "utf-8" else whole
    )
    return find_json_lines(rows, where) if kind is FileKind.JSONL else find_table(rows, where, options)


def _read_row(row: Row | InputError, options: ReadOptions) -> Document | InputError:
    if isinstance(row, InputError):
        return row
    try:
        return read_row(row, options)
    except InputError as error:
        return error


def _read_single(
    kind: FileKind, stream: BinaryIO, where: str, name: str, options: ReadOptions, got: Download | None
) -> Document:
    """Return the report of a file that holds one report."""
    url = got.url if got else None
    if kind is FileKind.PDF:
        page = read_pdf(stream.read(LARGEST_PDF), where)
    elif kind is FileKind.HTML:
        page = read_page(stream.read(LARGEST_PAGE + 1), where, url, got.declared if got else None)
    else:
        content = stream.read(_LARGEST_TEXT + 1)
        if len(content) > _LARGEST_TEXT:
            raise Skipped(f"too long to be a report: more than {LONGEST_REPORT:,} characters", where)
        decoded = decode(content, got.declared if got else None)
        page = Page(decoded.text, warnings=decoded.warnings)
    return document(
        page.text,
        published=options.published,
        metadata_date=page.day,
        publisher=options.publisher or page.publisher,
        url=page.url or url,
        where=where,
        file_name=name,
        title=page.title,
        author=page.author,
        warnings=page.warnings,
    )
