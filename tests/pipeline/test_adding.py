from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contested import pipeline
from contested.store import open_store
from tests.pipeline.killed_add import CompanyReader

ROOT = Path(__file__).parents[2]


def text_of(number: int) -> str:
    return (
        f"The army shelled the village of Darvand on Sunday, killing {number} people, and the rebels said so as well."
    )


def write(path: Path, numbers: Iterable[int]) -> str:
    lines = [json.dumps({"id": f"r{n}", "text": text_of(n), "date": "2024-05-15"}) for n in numbers]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr("contested.reader.load", CompanyReader)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def add(store, *paths: str, watch=None) -> None:
    pipeline.add(paths, store, code="test", clock=lambda: datetime(2024, 5, 16, tzinfo=UTC), watch=watch, jobs=1)


def test_what_is_added_twice_is_there_once(store, tmp_path):
    path = write(tmp_path / "reports.jsonl", range(40))
    add(store, path)
    first = store.fingerprint()
    add(store, path)
    assert store.fingerprint() == first
    assert [(run.added, run.known, run.failed) for run in store.runs()] == [(40, 0, 0), (0, 40, 0)]


def test_new_reports_among_old_ones_are_read(store, tmp_path):
    add(store, write(tmp_path / "some.jsonl", range(0, 40, 2)))
    add(store, write(tmp_path / "all.jsonl", range(40)))
    assert {v.document.id for v in store.documents()} == {f"r{n}" for n in range(40)}


def test_a_bad_report_never_stops_the_run_and_is_kept_with_its_reason_once(store, tmp_path):
    path = tmp_path / "reports.jsonl"
    good = [json.dumps({"id": str(n), "text": text_of(n)}) for n in range(3)]
    faulty = json.dumps({"id": "f", "text": "A faulty report says that the army shelled the village on Sunday."})
    path.write_text("\n".join([good[0], "{broken", good[1], faulty, good[2]]), encoding="utf-8")
    add(store, str(path), str(tmp_path / "missing.txt"))
    add(store, str(path), str(tmp_path / "missing.txt"))
    assert [v.document.id for v in store.documents()] == ["0", "1", "2"]
    reasons = {Path(f.where).name: f.reason for f in store.failures()}
    assert set(reasons) == {"reports.jsonl:2", "reports.jsonl:4", "missing.txt"}
    assert "a shape that does not fit" in reasons["reports.jsonl:4"]
    assert [run.failed for run in store.runs()] == [3, 3]


def test_a_changed_text_supersedes_the_earlier_one(store, tmp_path):
    add(store, write(tmp_path / "reports.jsonl", [7]))
    path = tmp_path / "changed.jsonl"
    path.write_text(json.dumps({"id": "r7", "text": text_of(8)}), encoding="utf-8")
    told = []
    add(store, str(path), watch=told.append)
    assert [v.version for v in store.documents()] == [2]
    assert sum(t.superseding for t in told) == 1


def test_an_interrupt_leaves_whole_batches_and_the_next_run_goes_on(store, tmp_path):
    path = write(tmp_path / "reports.jsonl", range(100))

    def stop(added):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(store, path, watch=stop)
    assert len(list(store.documents())) == 32
    add(store, path)
    with open_store(tmp_path / "undisturbed.db") as other:
        add(other, path)
        assert store.fingerprint() == other.fingerprint()
    assert store.runs()[0].ended is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program forks")
def test_killed_at_twenty_moments_the_store_ends_equal_to_an_undisturbed_one(tmp_path):
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    inside = 0
    for seed in ("5", "6", "7"):  # on a busy machine all kills of one round may come too late
        folder = tmp_path / seed
        folder.mkdir()
        write(folder / "reports.jsonl", range(500))
        program = [sys.executable, "-m", "tests.pipeline.killed_add", str(folder), "20", seed]
        done = subprocess.run(
            program, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        rounds = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(r["after_all"], r["equal"]) for r in rounds] == [(500, True)] * 20
        inside += sum(0 < r["after_kill"] < 500 for r in rounds)
        if inside:
            break
    assert inside, "no kill came in the middle"
