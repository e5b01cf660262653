"""Archives read from and written to an S3 store, a server on this machine. What a cluster writes: `tests/scale`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from contested import pipeline
from contested.errors import InputError
from contested.store import open_store
from tests.pipeline.killed_add import CompanyReader
from tests.pipeline.stories import STORY, numbered

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")  # boto's own
SETTINGS = {"code": "test", "model": "one word"}
NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr("contested.reader.load", CompanyReader)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return numbered(tmp_path / "reports.jsonl", 150, broken=[40])


def files_of(system, folder: str) -> dict[str, bytes]:
    return {name.removeprefix(f"{folder}/"): system.cat_file(name) for name in system.find(folder)}


def local_files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_an_archive_written_to_s3_has_the_bytes_of_one_on_a_disk_and_goes_on_where_it_was(tmp_path, reports, bucket):
    code = partial(pipeline.archive, [str(reports)], settings=SETTINGS, jobs=1, part_batches=2)
    code(tmp_path / "coded")

    def stop(progress):
        if progress.documents >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        code("s3://news/coded", watch=stop)
    assert "manifest.json" not in files_of(bucket, "news/coded")
    ledger = bucket.cat_file("news/coded/ledger.jsonl")
    assert ledger.count(b"\n") > 1, "no part was done before the run was stopped"
    code("s3://news/coded")
    assert bucket.cat_file("news/coded/ledger.jsonl").startswith(ledger)
    assert files_of(bucket, "news/coded") == local_files(tmp_path / "coded")


def test_a_folder_on_s3_is_read_in_order_and_loaded_into_a_store(tmp_path, reports, bucket):
    bucket.pipe_file("news/2016/b/reports.jsonl", reports.read_bytes())
    bucket.pipe_file("news/2016/a.txt", STORY.encode())
    bucket.pipe_file("news/2016/.hidden/never.txt", STORY.replace("Sunday", "Monday").encode())
    pipeline.archive(["s3://news/2016/"], "s3://news/out", settings=SETTINGS, jobs=1)
    manifest = json.loads(bucket.cat_file("news/out/manifest.json"))
    assert (manifest["documents"], manifest["unread"]) == (150, 1)
    with open_store(tmp_path / "a.db") as store:
        pipeline.load("s3://news/out", store, code="test", clock=lambda: NOW)
        found = [version.document.where for version in store.documents()]
    assert found[0] == "s3://news/2016/a.txt"
    assert len(found) == 150


def test_what_is_not_there_is_said(bucket):
    from contested.sources import find_documents

    (error,) = find_documents("s3://news/nothing/")
    assert isinstance(error, InputError)
    assert "no file there" in error.message
    (error,) = find_documents("s3://no-such-bucket/a")
    assert isinstance(error, InputError)
    with pytest.raises(InputError, match="cannot be written"):
        pipeline.archive(["s3://news/nothing/"], "s3://no-such-bucket/out", settings=SETTINGS, jobs=1)
    assert not bucket.exists("no-such-bucket")


def test_duckdb_asks_an_archive_on_s3(tmp_path, reports, bucket):
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    from contested.cli.query import ask

    pipeline.archive([str(reports)], "s3://news/asked", settings=SETTINGS, jobs=1, part_batches=2)
    assert ask("s3://news/asked", "select count(*) from documents").fetchall() == [(149,)]
