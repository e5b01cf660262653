"""Kills `contested add` and `contested archive` at random moments, with the real reader, and looks at what is left.

    python -m evaluation.kills add REPORTS.jsonl.gz [--reports 500] [--kills 20] [--seed 1]
    python -m evaluation.kills archive REPORTS.jsonl.gz [--reports 240] [--kills 10]

REPORTS holds one report a line (`id`, `text`, `date`). One run is left undisturbed. Others are stopped by SIGKILL after
a random part of the time that the first one took; what they left is looked at, and the next run goes on where that one
was stopped. A run that comes to its end first, or the last one of all, completes a store or an archive, which must
equal the undisturbed one: the store in all that it holds, the archive to the byte. The tests do the same with a reader
that takes no time (tests/pipeline); here the moments fall into reading too.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from contested.store import open_store

LEAST_S = 0.3  # before it a run has not yet opened what it writes to
_PART_BATCHES = "2"  # small parts, so that kills fall between and into several of them


@dataclass(frozen=True)
class Subject:
    """What is killed: its arguments behind the reports, what it left after a kill, and a hash of a completed one."""

    arguments: tuple[str, ...]
    left: Callable[[Path], str]
    fingerprint: Callable[[Path], str]


def main() -> None:
    """Print what happened at each kill, and whether what was completed equals the undisturbed one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=tuple(SUBJECTS))
    parser.add_argument("texts", type=Path)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    subject = SUBJECTS[options.command]
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports.jsonl"
        number = _write(options.texts, reports, options.reports)
        whole = Path(folder) / "whole"
        start = time.monotonic()
        if _run(options.command, reports, whole).wait():
            sys.exit("the undisturbed run failed")
        took_s = time.monotonic() - start
        print(f"{number} reports, undisturbed: {took_s:.0f} s", flush=True)
        expected = subject.fingerprint(whole)
        found = _kill_often(options.command, reports, options.kills, took_s, random.Random(options.seed))
        equal = all(fingerprint == expected for fingerprint in found)
        print(f"{len(found)} completed after kills; " + ("all equal" if equal else "THEY DIFFER"))
    sys.exit(not equal)


def _write(texts: Path, reports: Path, number: int) -> int:
    with gzip.open(texts, "rt", encoding="utf-8") as file:
        rows = list(islice(map(json.loads, file), number))
    kept = [json.dumps({key: row[key] for key in ("id", "text", "date") if key in row}) for row in rows]
    reports.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return len(kept)


def _run(command: str, reports: Path, target: Path) -> subprocess.Popen[bytes]:
    words = [word.format(target) for word in SUBJECTS[command].arguments]
    line = [sys.executable, "-m", "contested.cli.main", command, str(reports), *words, "--jobs", "1"]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _kill_often(command: str, reports: Path, kills: int, took_s: float, chance: random.Random) -> list[str]:
    """Return the fingerprints of what was completed between and after the kills."""
    subject = SUBJECTS[command]
    done: list[str] = []
    number = 0
    while number < kills:
        target = reports.parent / f"killed{len(done)}"
        running = _run(command, reports, target)
        wait_s = chance.uniform(LEAST_S, took_s)
        try:
            running.wait(wait_s)
        except subprocess.TimeoutExpired:
            number += 1
            running.send_signal(signal.SIGKILL)
            running.wait()
            print(f"kill {number} after {wait_s:.1f} s: {subject.left(target)}", flush=True)
        else:
            done.append(subject.fingerprint(target))
    target = reports.parent / f"killed{len(done)}"
    _run(command, reports, target).wait()
    return [*done, subject.fingerprint(target)]


def _held(store: Path) -> str:
    with open_store(store) as held:
        return f"the store opens and holds {sum(1 for _ in held.documents())} reports"


def _fingerprint(store: Path) -> str:
    with open_store(store) as held:
        return held.fingerprint()


def _written(folder: Path) -> str:
    files = [p for p in folder.rglob("*") if p.is_file()] if folder.exists() else []
    ledger = folder / "ledger.jsonl"
    lines = ledger.read_text(encoding="utf-8").count("\n") if ledger.exists() else 0
    unfinished = sum(p.suffix == ".unfinished" for p in files)
    return f"the ledger holds {max(0, lines - 1)} parts, beside it lie {unfinished} unfinished files"


def _files_hash(folder: Path) -> str:
    """Return a hash over names and bytes of all files, the manifest among them."""
    hashed = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        hashed.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    if not (folder / "manifest.json").exists():
        hashed.update(b"not complete")
    return hashed.hexdigest()


SUBJECTS = {
    "add": Subject(("--store", "{}"), _held, _fingerprint),
    "archive": Subject(("-o", "{}", "--part-batches", _PART_BATCHES), _written, _files_hash),
}


if __name__ == "__main__":
    main()
