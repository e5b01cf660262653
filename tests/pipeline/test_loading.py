"""An archive's parts loaded into a store: the same ids as `add` gives, once only, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contested import pipeline
from contested.errors import InputError
from contested.store import open_store
from contested.types import claim_keys, document_key, event_keys
from tests.pipeline.killed_add import CompanyReader
from tests.pipeline.stories import STORY, corrected, numbered

SETTINGS = {"code": "test", "model": "one word"}
NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr("contested.reader.load", CompanyReader)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = numbered(tmp_path / "reports.jsonl", 150, broken=[40, 149])
    corrected(path, "r3")
    return path


@pytest.fixture
def coded(tmp_path, reports) -> Path:
    pipeline.archive([str(reports)], tmp_path / "coded", settings=SETTINGS, jobs=1, part_batches=2)
    return tmp_path / "coded"


def load(coded, path, **more):
    brought = []
    with open_store(path) as store:
        pipeline.load(coded, store, code="test", clock=lambda: NOW, watch=brought.append, **more)
    return sum(brought[1:], brought[0])


def content(path):
    with open_store(path) as store:
        read = [(v.key, v.report, v.version, v.superseded, v.document) for v in store.documents(superseded=True)]
        keys = [
            (document_key(c.document), event_keys(c), claim_keys(c), c.actors, c.places, c.times, c.disputes)
            for c in store.claims(superseded=True)
        ]
        failures = sorted((f.where, f.reason) for f in store.failures())
        return read, keys, failures


def test_what_is_loaded_is_what_add_would_have_brought_and_only_once(tmp_path, reports, coded):
    added, loaded = tmp_path / "added.db", tmp_path / "loaded.db"
    with open_store(added) as store:
        pipeline.add([str(reports)], store, code="test", clock=lambda: NOW, jobs=1)
    first = load(coded, loaded)
    assert (first.documents, first.known, first.superseding, len(first.failures)) == (149, 0, 1, 2)
    assert content(loaded) == content(added)
    again = load(coded, loaded)
    assert (again.documents, again.claims, again.known) == (0, 0, 149)
    assert content(loaded) == content(added)


def test_an_interrupted_load_goes_on_and_ends_with_the_same_store(tmp_path, coded, monkeypatch):
    monkeypatch.setattr("contested.pipeline.loading.BATCH_REPORTS", 20)
    load(coded, tmp_path / "whole.db")
    seen = []

    def stop(added):
        seen.append(added)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with open_store(tmp_path / "a.db") as store, pytest.raises(KeyboardInterrupt):
        pipeline.load(coded, store, code="test", clock=lambda: NOW, watch=stop)
    load(coded, tmp_path / "a.db")
    with open_store(tmp_path / "a.db") as store, open_store(tmp_path / "whole.db") as whole:
        assert store.fingerprint() == whole.fingerprint()


def test_what_is_no_archive_is_refused(tmp_path, coded):
    with pytest.raises(InputError, match="expected the folder of a coded archive"):
        load(tmp_path, tmp_path / "a.db")
    ledger = coded / "ledger.jsonl"
    ledger.write_text(ledger.read_text().replace('"schema": 1', '"schema": 9'))
    with pytest.raises(InputError, match="expected an archive of schema 1, found 9"):
        load(coded, tmp_path / "a.db")


# Addresses that fsspec opens


@pytest.fixture
def memory():
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


def test_an_archive_behind_an_address_has_the_same_bytes_and_goes_on_where_it_was(tmp_path, reports, coded, memory):
    memory.pipe("/in/reports.jsonl", reports.read_bytes())
    memory.pipe("/in/.hidden/never.txt", b"Troops shelled a town.")

    def stop(progress):
        if progress.documents >= 100:
            raise KeyboardInterrupt

    def code(**more):
        pipeline.archive(["memory://in"], "memory://out", settings=SETTINGS, jobs=1, part_batches=2, **more)

    with pytest.raises(KeyboardInterrupt):
        code(watch=stop)
    with memory.open("/out/ledger.jsonl", "ab") as ledger:
        ledger.write(b'{"part": 9, "docu')
    code()
    names = sorted(str(p.relative_to(coded)) for p in coded.rglob("*") if p.is_file())
    assert sorted(name.removeprefix("/out/") for name in memory.find("/out")) == names
    differing = [n for n in names if memory.cat(f"/out/{n}") != (coded / n).read_bytes()]
    # where a report was read from is part of its row, so documents and unread differ in that alone
    assert all(not n.startswith("claims/") for n in differing)
    loaded = load("memory://out", tmp_path / "b.db")
    assert loaded.documents == 149
    local = content_without_where(tmp_path, coded)
    assert [row[0] for row in content(tmp_path / "b.db")[0]] == local


def content_without_where(tmp_path, coded):
    load(coded, tmp_path / "c.db")
    return [row[0] for row in content(tmp_path / "c.db")[0]]


def test_duckdb_asks_an_archive_behind_an_address(coded, memory):
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    from contested.cli.query import ask

    memory.put(str(coded), "/asked", recursive=True)
    assert ask("memory://asked", "select count(*) from documents").fetchall() == [(149,)]


def test_other_kinds_of_files_are_read_at_an_address_too(tmp_path, memory):
    from contested.sources import find_documents

    (tmp_path / "a.txt").write_text(STORY)
    memory.pipe("/mixed/b/b.txt", STORY.replace("Sunday", "Monday").encode())
    memory.pipe("/mixed/a.html", b"<html><body><article><p>" + STORY.encode() * 3 + b"</p></article></body></html>")
    found = list(find_documents("memory://mixed"))
    assert [d.where for d in found] == ["memory:///mixed/a.html", "memory:///mixed/b/b.txt"]
    (local,) = find_documents((tmp_path / "a.txt").as_uri())
    assert local.text == STORY


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://nothing-here", "no file there"),
        ("nosuch://a/b", "an address that cannot be opened"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(memory, address, said):
    from contested.sources import find_documents

    (error,) = find_documents(address)
    assert isinstance(error, InputError)
    assert said in error.message
