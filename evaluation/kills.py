"""Kills `contested add`, with the real reader, at random moments, and compares the store with an undisturbed run's.

    python -m evaluation.kills REPORTS.jsonl.gz [--reports 500] [--kills 20] [--seed 1]

REPORTS holds one report a line (`id`, `text`, `date`). One store is filled without disturbance. Another is filled by runs
that are killed by SIGKILL after a random part of the time that the first one took, each going on where the one before was
stopped; after each kill the store is opened. When so many were killed a last run completes it. The tests do the same with a
reader that takes no time (tests/pipeline/killed_add.py); here the moments fall into reading too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from contested.store import open_store

LEAST_S = 0.3  # before it a run has not yet opened its store


def main() -> None:
    """Print what happened at each kill, and whether the two stores are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports.jsonl"
        number = _write(options.texts, reports, options.reports)
        whole, killed = Path(folder) / "whole.db", Path(folder) / "killed.db"
        start = time.monotonic()
        _run(reports, whole).wait()
        took_s = time.monotonic() - start
        print(f"{number} reports, undisturbed: {took_s:.0f} s", flush=True)
        _kill_often(reports, killed, options.kills, took_s, random.Random(options.seed))
        _run(reports, killed).wait()
        with open_store(whole) as one, open_store(killed) as two:
            equal = one.fingerprint() == two.fingerprint()
        print("the stores are equal" if equal else "THE STORES DIFFER")
    sys.exit(not equal)


def _write(texts: Path, reports: Path, number: int) -> int:
    with gzip.open(texts, "rt", encoding="utf-8") as file:
        rows = list(islice(map(json.loads, file), number))
    kept = [json.dumps({key: row[key] for key in ("id", "text", "date") if key in row}) for row in rows]
    reports.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return len(kept)


def _run(reports: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "contested.cli.main", "add", str(reports), "--store", str(store), "--jobs", "1"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _kill_often(reports: Path, store: Path, kills: int, took_s: float, chance: random.Random) -> None:
    for number in range(1, kills + 1):
        running = _run(reports, store)
        wait_s = chance.uniform(LEAST_S, max(took_s / 4, 2 * LEAST_S))
        try:
            running.wait(wait_s)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
        with open_store(store) as held:
            documents = sum(1 for _ in held.documents())
        print(f"kill {number} after {wait_s:.1f} s: the store opens and holds {documents} reports", flush=True)


if __name__ == "__main__":
    main()
