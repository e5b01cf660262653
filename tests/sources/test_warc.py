from __future__ import annotations

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest

from contested.errors import InputError, Skipped
from contested.sources import find_documents
from contested.types import Document

FIRST = "The army said on Sunday that its troops had taken the village after a battle with rebels."
SECOND = "Two people were killed on Monday when a shell hit the market, the mayor of the town said."
IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def page(text: str) -> bytes:
    return f"<html><head><title>War</title></head><body><article><p>{text}</p></article></body></html>".encode()


def record(kind: str, url: str, media: str, block: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2016-08-02T10:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{url}>\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def archive(*captures: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """Return a WARC of (address, status, content type, content), with the request before each response."""
    records = [record("warcinfo", "about", "application/warc-fields", b"software: a test\r\n")]
    for url, status, kind, content in captures:
        records.append(record("request", url, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"))
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        records.append(record("response", url, "application/http; msgtype=response", http))
    return b"".join(gzip.compress(r) if packed else r for r in records)


PAGES = (
    ("https://example.org/1", "200 OK", "text/html; charset=utf-8", page(FIRST)),
    ("https://example.org/logo.png", "200 OK", "image/png", IMAGE),
    ("https://example.org/gone", "404 Not Found", "text/html", page("This page is gone.")),
    ("https://example.org/2", "200 OK", "text/html", page(SECOND)),
)


def read(path: Path) -> list[Document | InputError]:
    return list(find_documents(path))


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_web_archive_are_read_and_nothing_else_of_it(tmp_path, packed):
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(*PAGES, packed=packed))
    one, two = read(path)
    assert (FIRST in one.text, SECOND in two.text) == (True, True)
    assert (one.url, two.url) == ("https://example.org/1", "https://example.org/2")
    assert two.where == f"{path}:https://example.org/2"


def test_the_day_of_the_capture_is_no_publication_day(tmp_path):
    (tmp_path / "a.warc").write_bytes(archive(PAGES[0], packed=False))
    (document,) = read(tmp_path / "a.warc")
    assert document.published is None


def test_the_encoding_that_the_server_named_holds(tmp_path):
    text = "Das Militär said on Sunday that it had taken the village after a battle with rebels of the north."
    content = page(text).decode().encode("iso-8859-2")
    (tmp_path / "a.warc").write_bytes(
        archive(("https://example.org/1", "200 OK", "text/html; charset=ISO-8859-2", content), packed=False)
    )
    (document,) = read(tmp_path / "a.warc")
    assert "Militär" in document.text


def test_an_archive_without_a_page_says_so(tmp_path):
    (tmp_path / "a.warc").write_bytes(archive(PAGES[1], packed=False))
    (error,) = read(tmp_path / "a.warc")
    assert isinstance(error, Skipped)
    assert "without a page" in str(error)


def test_a_page_that_is_no_report_costs_only_itself(tmp_path):
    empty = ("https://example.org/0", "200 OK", "text/html", page(""))
    (tmp_path / "a.warc").write_bytes(archive(empty, PAGES[0], packed=False))
    error, document = read(tmp_path / "a.warc")
    assert isinstance(error, InputError)
    assert "https://example.org/0" in error.where
    assert FIRST in document.text


def test_an_archive_cut_off_gives_what_came_before(tmp_path):
    film = ("https://example.org/film", "200 OK", "video/mp4", random.Random(1).randbytes(300_000))
    whole = archive(PAGES[0], film, PAGES[3])
    (tmp_path / "a.warc.gz").write_bytes(whole[: len(whole) - 40])
    found = read(tmp_path / "a.warc.gz")
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], InputError)
    assert "cut off" in str(found[-1])


def test_wacz_holds_archives(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/two.warc.gz", archive(PAGES[3]))
        packed.writestr("archive/one.warc.gz", archive(PAGES[0]))
    one, two = read(tmp_path / "a.wacz")
    assert (FIRST in one.text, SECOND in two.text) == (True, True)
    assert "a.wacz/archive/one.warc.gz" in one.where


def test_wacz_in_a_gzip_file_is_read_too(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("archive/one.warc.gz", archive(PAGES[0]))
    (tmp_path / "a.wacz.gz").write_bytes(gzip.compress(packed.getvalue()))
    (document,) = read(tmp_path / "a.wacz.gz")
    assert FIRST in document.text


@pytest.mark.parametrize("content", [b"PK\x03\x04 but no more", b""])
def test_a_broken_or_empty_wacz_is_said(tmp_path, content):
    path = tmp_path / "a.wacz"
    path.write_bytes(content)
    (error,) = read(path)
    assert isinstance(error, InputError)
