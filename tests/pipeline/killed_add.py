"""A program that adds reports to stores and kills itself doing so; run by `test_adding`, in a process without threads.

    python -m tests.pipeline.killed_add FOLDER ROUNDS SEED

FOLDER holds `reports.jsonl`. For each round it prints one line of JSON: how many reports the store held after the kill,
after the second run, and whether the store then equals that of an undisturbed run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import contested.reader
from contested import pipeline
from contested.store import open_store
from contested.types import Document, Reading
from tests.pipeline.readers import WordReader


class CompanyReader(WordReader):
    """Its scores depend on what is read together, as those of a quantised network do."""

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        company = 1 / (1 + sum(len(d.text) for d in documents))
        return [
            replace(reading, triggers=tuple(replace(t, score=company) for t in reading.triggers))
            for reading in super().read(documents)
        ]


def add(folder: Path, store: Path) -> None:
    with open_store(store) as opened:
        pipeline.add([str(folder / "reports.jsonl")], opened, code="test", clock=lambda: datetime.now(UTC), jobs=1)


def start(folder: Path, store: Path) -> int:
    """Add in a process of its own; return its id."""
    child = os.fork()
    if child == 0:
        try:
            add(folder, store)
            os._exit(0)
        finally:
            os._exit(1)
    return child


def held(store: Path) -> tuple[int, str]:
    with open_store(store) as opened:
        return sum(1 for _ in opened.documents()), opened.fingerprint()


def main(folder: Path, rounds: int, seed: int) -> None:
    contested.reader.load = CompanyReader
    chance = random.Random(seed)
    began = time.perf_counter()
    assert os.waitpid(start(folder, folder / "undisturbed.db"), 0)[1] == 0
    length = time.perf_counter() - began
    _, expected = held(folder / "undisturbed.db")
    for number in range(rounds):
        store = folder / f"killed{number}.db"
        child = start(folder, store)
        time.sleep(chance.uniform(0, length))
        os.kill(child, signal.SIGKILL)  # until it is waited for, its id is its own, even when it has ended
        os.waitpid(child, 0)
        after_kill, _ = held(store)
        add(folder, store)
        after_all, found = held(store)
        sys.stdout.write(
            json.dumps({"after_kill": after_kill, "after_all": after_all, "equal": found == expected}) + "\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
