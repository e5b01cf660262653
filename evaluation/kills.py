"""Kills `contested add`, with the real reader, at random moments, and compares the store with an undisturbed run's.

    python -m evaluation.kills REPORTS.jsonl.gz [--reports 500] [--kills 20] [--seed 1]

REPORTS holds one report a line (`id`, `text`, `date`). One store is filled without disturbance. Others are filled by
runs that SIGKILL stops after a random part of the time that the first one took; the store is opened, and the next run
goes on where that one was stopped. A run that comes to its end first, or the last one of all, completes a store,
which must equal the undisturbed one. The tests do the same with a reader that takes no time
(tests/pipeline/killed_add.py); here the moments fall into reading too.
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
        whole = Path(folder) / "whole.db"
        start = time.monotonic()
        _run(reports, whole).wait()
        took_s = time.monotonic() - start
        print(f"{number} reports, undisturbed: {took_s:.0f} s", flush=True)
        with open_store(whole) as held:
            expected = held.fingerprint()
        found = _kill_often(reports, Path(folder), options.kills, took_s, random.Random(options.seed))
        equal = all(fingerprint == expected for fingerprint in found)
        print(f"{len(found)} stores completed after kills; " + ("all equal" if equal else "THEY DIFFER"))
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


def _kill_often(reports: Path, folder: Path, kills: int, took_s: float, chance: random.Random) -> list[str]:
    """Return the fingerprints of the stores that were completed between and after the kills."""
    done: list[str] = []
    number = 0
    while number < kills:
        store = folder / f"killed{len(done)}.db"
        running = _run(reports, store)
        wait_s = chance.uniform(LEAST_S, took_s)
        try:
            running.wait(wait_s)
        except subprocess.TimeoutExpired:
            number += 1
            running.send_signal(signal.SIGKILL)
            running.wait()
            with open_store(store) as held:
                documents = sum(1 for _ in held.documents())
            print(f"kill {number} after {wait_s:.1f} s: the store opens and holds {documents} reports", flush=True)
        else:
            done.append(_fingerprint(store))
    _run(reports, store).wait()
    return [*done, _fingerprint(store)]


def _fingerprint(store: Path) -> str:
    with open_store(store) as held:
        return held.fingerprint()


if __name__ == "__main__":
    main()
