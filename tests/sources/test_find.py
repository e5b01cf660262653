"""Files, folders and streams: what can be read is read, what cannot is said with its place."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import time
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested.errors import InputError, Skipped
from contested.sources import ReadOptions, find_documents
from contested.types import DateOrigin, Document, Published

PROSE = "The army said on Sunday that its troops had taken the village after a battle with rebels."
SPECIAL = f"{PROSE}\r\n\r\n“Déjà vu 😀,” a résident said of \u200fدوما\u200f. {PROSE}"


def read(path: Path | str, options: ReadOptions | None = None) -> tuple[list[Document], list[InputError]]:
    found = list(find_documents(path, options))
    return [f for f in found if isinstance(f, Document)], [f for f in found if isinstance(f, InputError)]


def read_one(path: Path | str, options: ReadOptions | None = None) -> Document:
    documents, errors = read(path, options)
    assert errors == []
    (report,) = documents
    return report


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"PK\x03\x04" + b"\0" * 30, "ZIP archive"),
        (b"word \0\0\0 word", "NUL bytes"),
        (b"\x01\x02\x03\x04 word", "control characters"),
        (b"<?xml version='1.0'?><rss version='2.0'></rss>", "XML file or feed"),
        (b"%PDF-1.4\nbroken", "PDF that cannot be parsed"),
        (b"PAR1broken", "Parquet file that cannot be read"),
        (b"\x1f\x8b\x08broken", "gzip file that is broken"),
        ("وقال الجيش إن قواته سيطرت على المدينة بعد معركة".encode(), "Arabic script"),
        (b"<html><body></body></html>", "without text|cannot be parsed"),
    ],
)
def test_what_is_no_report_is_named_whatever_its_extension(tmp_path: Path, content: bytes, reason: str) -> None:
    for name in ("a.html", "a.txt", "a"):
        path = tmp_path / name
        path.write_bytes(content)
        documents, (error,) = read(path)
        assert documents == []
        assert error.where.startswith(str(path))
        assert any(part in str(error) for part in reason.split("|"))


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_every_encoding_gives_the_same_characters(tmp_path: Path, encoding: str, mark: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + SPECIAL.encode(encoding))
    report = read_one(path)
    assert report.text == SPECIAL
    assert report.warnings == ()
    line = json.dumps({"id": "1", "text": SPECIAL}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_bytes(mark + f"{line}\n{line}\n".encode(encoding))
    assert [found.text for found in read(tmp_path / "a.jsonl")[0]] == [SPECIAL, SPECIAL]
    (tmp_path / "a.csv").write_bytes(mark + f'id,text\n1,"{SPECIAL}"\n'.encode(encoding))
    assert read_one(tmp_path / "a.csv").text == SPECIAL


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    text = f"“{PROSE}” said a résident – of the village."
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    report = read_one(tmp_path / "a.txt")
    assert report.text == text
    (warning,) = report.warnings
    assert warning.startswith("not UTF-8: ")
    assert "line 1" in warning
    assert warning.endswith("read as Windows-1252")
    (tmp_path / "a.csv").write_bytes(f'id;text\n1;"{text}"\n'.encode("cp1252"))
    assert read_one(tmp_path / "a.csv").text == text


def test_broken_utf8_is_read_with_a_warning_that_says_where(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"Café “déjà” news of the day.\n{PROSE}".encode() + b" A \xff byte.")
    report = read_one(tmp_path / "a.txt")
    at = len(f"Café “déjà” news of the day.\n{PROSE} A ".encode())
    assert report.warnings == (f"broken UTF-8: 1 unreadable byte(s), first at byte {at} (line 2), read as \ufffd",)


def test_bad_lines_are_numbered_and_good_ones_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "text": PROSE, "date": "2016-07-31", "publisher": "Example", "sentences": [[0, 3]]}),
        '{"text": "cut off',
        "[1, 2]",
        "",
        json.dumps({"id": "x", "body": PROSE}),
        json.dumps({"id": "y"}),
        json.dumps({"id": "z", "text": None}),
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    documents, errors = read(path)
    assert [report.id for report in documents] == ["7", "x"]
    assert documents[0].published == Published(date(2016, 7, 31), DateOrigin.METADATA)
    assert documents[0].publisher == "Example"
    assert [sentence.of(PROSE) for sentence in documents[0].sentences] == [PROSE]
    assert [error.where for error in errors] == [f"{path}:{number}" for number in (2, 3, 6, 7)]


def test_a_bad_first_line_does_not_hide_what_the_file_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"text": "cut off\n' + json.dumps({"text": PROSE}) + "\n")
    documents, errors = read(tmp_path / "a")
    assert len(documents) == len(errors) == 1


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("a.txt", b"", b""),
        ("a.jsonl", b'{"text": "', b'"}\n' + json.dumps({"text": PROSE}).encode()),
        ("a.csv", b"id,text\n1,", b"\n2," + PROSE.encode()),
        ("a.html", b"<html><p>", b"</p>"),
        ("a.pdf", b"%PDF-1.4 ", b""),
    ],
)
def test_a_line_of_50_mb_is_passed_over_quickly(tmp_path: Path, name: str, start: bytes, end: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(start + b"word " * 10_000_000 + end)
    started = time.monotonic()
    documents, (error,) = read(path)
    assert time.monotonic() - started < 10  # seconds; 0.1 on a quiet machine
    assert len(documents) == (PROSE.encode() in end)
    assert error.where.startswith(str(path))
    if documents:
        assert documents[0].where == f"{path}:{2 if name == 'a.jsonl' else 3}"


def test_columns_are_guessed_or_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        f"Doc_ID\tFull Text\tSummary\tPub Date\n1\t{PROSE}\tThe village was taken by the army.\t31 July 2016\n"
    )
    guessed = read_one(path)
    assert (guessed.id, guessed.text) == ("1", PROSE)
    assert guessed.published == Published(date(2016, 7, 31), DateOrigin.METADATA)
    named = read_one(path, ReadOptions(text_column="Summary", published=date(2016, 8, 1)))
    assert named.text == "The village was taken by the army."
    assert named.published == Published(date(2016, 8, 1), DateOrigin.GIVEN)
    (error,) = read(path, ReadOptions(text_column="Body"))[1]
    assert "no column 'Body'; there are 'Doc_ID', 'Full Text'" in str(error)


def test_a_table_without_a_text_column_says_so_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,when\n1,2\n3,4\n")
    (error,) = read(tmp_path / "a.csv")[1]
    assert "no text column found among 'id', 'when'" in str(error)


def test_a_ragged_row_is_an_error_and_an_ambiguous_date_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text,date\n1,a,b,c,d\n2,"{PROSE}",04/07/2016\n')
    (report,), (error,) = read(path)
    assert error.where == f"{path}:2"
    assert report.where == f"{path}:3"
    assert report.published is None
    assert "'04/07/2016'" in report.warnings[0]


def test_parquet_is_read_from_a_file_and_from_gzip(tmp_path: Path) -> None:
    table = pyarrow.table(
        {"id": ["a", "b"], "content": [SPECIAL, None], "date": [date(2016, 7, 31), None], "n": [[1], [2]]}
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "b.gz").write_bytes(gzip.compress((tmp_path / "a.parquet").read_bytes()))
    for name in ("a.parquet", "b.gz"):
        (report,), (error,) = read(tmp_path / name)
        assert (report.id, report.text, report.where) == ("a", SPECIAL, f"{tmp_path / name}:row 1")
        assert report.published == Published(date(2016, 7, 31), DateOrigin.METADATA)
        assert error.where == f"{tmp_path / name}:row 2"


def test_json_may_be_a_list_or_wrap_one(tmp_path: Path) -> None:
    rows = [{"title": "Village taken", "text": PROSE}, {"text": 5}]
    for value in (rows, {"count": 2, "articles": rows}):
        (tmp_path / "a.json").write_text(json.dumps(value))
        (report,), (error,) = read(tmp_path / "a.json")
        assert report.headline_text == "Village taken"
        assert "got int" in str(error)
    (tmp_path / "b.json").write_text(json.dumps(rows[0], indent=2))
    assert read_one(tmp_path / "b.json").text == PROSE
    (tmp_path / "c.json").write_text("[" * 100_000)
    assert "nested too deeply" in str(read(tmp_path / "c.json")[1][0])


def test_gzip_of_any_kind_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "2016-07-31.txt.gz").write_bytes(gzip.compress(PROSE.encode()))
    report = read_one(tmp_path / "2016-07-31.txt.gz")
    assert report.published == Published(date(2016, 7, 31), DateOrigin.FILE_NAME)
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": PROSE}).encode() * 3)[:-12])
    assert "broken or cut off" in str(read(tmp_path / "cut.jsonl.gz")[1][0])


def test_a_folder_is_read_in_order_with_its_folders(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden/x.txt", "c.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{PROSE} {name}" if name != "c.png" else "\x89PNG")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n")
    documents, errors = read(tmp_path)
    assert [os.path.relpath(report.where, tmp_path) for report in documents] == ["a.txt", "b/1.txt", "b/2.txt"]
    assert [type(error) for error in errors] == [Skipped]
    (tmp_path / "empty").mkdir()
    assert "an empty folder" in str(read(tmp_path / "empty")[1][0])


def test_a_folder_without_permission_is_said_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "locked").mkdir()
    (tmp_path / "z.txt").write_text(PROSE)
    scandir = os.scandir

    def refuse(path: str | os.PathLike[str]) -> object:  # permissions do not bind the superuser, who may run the tests
        if os.fspath(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    documents, (error,) = read(tmp_path)
    assert len(documents) == 2
    assert str(error) == f"{tmp_path / 'locked'}: a folder that cannot be opened: Permission denied"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "no.txt")[1]
    assert str(error) == f"{tmp_path / 'no.txt'}: no such file or folder; check the path"


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (PROSE, 1),
        (json.dumps({"text": PROSE}) + "\n" + json.dumps({"text": PROSE}), 2),
        (json.dumps([{"text": PROSE}] * 3), 3),
        (f"text,source\n{PROSE},Example\n", 1),
        (f"<!DOCTYPE html><html><body><p>{PROSE}</p><p>{PROSE}</p></body></html>", 1),
    ],
)
def test_the_standard_input_is_told_by_its_content(content: str, count: int) -> None:
    found = list(find_documents("-", stdin=io.BytesIO(content.encode())))
    assert [f.text.count(PROSE) > 0 for f in found if isinstance(f, Document)] == [True] * count
    assert len(found) == count


def test_an_address_without_a_host_is_refused() -> None:
    (error,) = read("https://")[1]
    assert "expected an http or https address" in str(error)


def test_an_address_of_no_known_kind_is_refused() -> None:
    (error,) = read("gopher://example.org/a.txt")[1]
    assert "cannot be opened" in str(error) or "need fsspec" in str(error)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(
        [b"", b"%PDF-1.4\n", b"<html><p>", b'{"text": ', b"[{", b"id,text\n", b"\xff\xfe", b"\x1f\x8b\x08\0", b"PAR1"]
    ),
    st.binary(max_size=200),
)
def test_no_bytes_whatever_raise(start: bytes, rest: bytes) -> None:
    found = list(find_documents("-", stdin=io.BytesIO(start + rest)))
    assert found
    assert all(isinstance(f, Document | InputError) for f in found)
