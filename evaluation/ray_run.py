"""`contested archive --engine ray` against the local engine: the same bytes, its cost, a reader killed midway.

    python -m evaluation.ray_run REPORTS.jsonl.gz [--reports 2000] [--workers 2] [--joined 1 | --varied] [--no-kill]
    python -m evaluation.ray_run REPORTS.jsonl.gz … --only local & python -m evaluation.ray_run … --only ray

REPORTS holds one report a line (`id`, `text`, `date`); more than it has are made by going round again with other
days and another first sentence. `--joined 20` puts twenty of them into one, which gives articles of some 600 words: so
`--reports 50000 --joined 20` is an archive of 50,000 articles. `--varied` makes short reports instead: one to three of
them drawn by lot, some cut short, each on a day of its own. Three runs over the same input: local with as many
processes as readers, Ray (the start of its cluster included), and Ray with one reader stopped by SIGKILL halfway.
Prints seconds by the clock, of processor time of all processes, and of what others on the machine took meanwhile (with
which the clock means little), and whether the folders are equal to the byte. `--only` makes one run and prints a hash
of what it wrote; two of them, started at the same time, share a busy machine fairly.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from contested import pipeline
from contested.pipeline.stream import Engine
from contested.scale import ray_engine

Report = dict[str, str]  # id, date, text

READER = "ray::_Reader"  # how Ray names the processes of our readers
_PART_BATCHES = 32  # so that an archive of thousands has several parts
_CUT = 0.3  # of the reports of one row
_FEWEST_WORDS = 12  # below, no language is told
_DAYS = 3_000
_EVERY_S = 0.5  # between two looks at the processes; one that ends within it is not counted


def main() -> None:
    """Print a line a run, and whether all gave the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--joined", type=int, default=1)
    parser.add_argument("--varied", action="store_true")
    parser.add_argument("--no-kill", action="store_true")
    parser.add_argument("--only", choices=("local", "ray"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = folder / "reports.jsonl"
        with gzip.open(options.texts, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        made = vary(rows, options.reports) if options.varied else repeat(rows, options.reports, options.joined)
        words = write_reports(made, reports)
        print(f"{options.reports:,} reports, {words:,} words, {options.workers} readers", flush=True)
        if options.only:
            only = ray_engine(workers=options.workers) if options.only == "ray" else None
            _run(options.only, reports, folder / options.only, only, options.workers)
            print(files_hash(folder / options.only))
            return
        local = _run("local", reports, folder / "local", None, options.workers)
        found = [files_hash(folder / "local")]
        engine = ray_engine(workers=options.workers)
        ray = _run("ray", reports, folder / "ray", engine, options.workers)
        found.append(files_hash(folder / "ray"))
        if not options.no_kill:
            with _killing(ray[0] / 2) as killed:
                _run("ray, a reader killed", reports, folder / "killed", engine, options.workers)
            print(f"killed after {ray[0] / 2:.0f} s: process {', '.join(map(str, killed)) or 'none, nobody read'}")
            found.append(files_hash(folder / "killed"))
            if not killed:
                sys.exit("no reader was killed: nothing was shown")
        clock, work = (100 * (a / b - 1) for a, b in zip(ray, local, strict=True))
        print(f"more than the local engine: {clock:+.0f} % by the clock, {work:+.0f} % of processor time")
    equal = len(set(found)) == 1
    print("all equal to the byte" if equal else "THEY DIFFER")
    sys.exit(not equal)


def repeat(rows: list[Report], number: int, joined: int) -> Iterator[Report]:
    """Yield so many reports of `joined` rows each, another day and another first sentence each time round."""
    source = cycle(rows)
    for n in range(number):
        told = list(islice(source, joined))
        round_ = n * joined // len(rows)
        opening = f"This is account {round_ + 1} of these events. " if round_ else ""
        yield _report(n, told[0]["date"], round_, opening + "\n\n".join(row["text"] for row in told))


def vary(rows: list[Report], number: int, seed: int = 11) -> Iterator[Report]:
    """Yield so many short reports: one to three rows drawn by lot, the last often cut, on a day of its own."""
    chance = random.Random(seed)
    for n in range(number):
        told = chance.choices(rows, k=chance.choice((1, 1, 1, 2, 2, 3)))
        texts = [row["text"] for row in told]
        if len(texts) > 1 or chance.random() < _CUT:
            words = texts[-1].split()
            texts[-1] = " ".join(words[: max(_FEWEST_WORDS, chance.randrange(len(words)))])
        yield _report(n, told[0]["date"], chance.randrange(_DAYS), " ".join(texts))


def _report(n: int, day: str, later: int, text: str) -> Report:
    return {"id": f"r{n}", "date": (date.fromisoformat(day) + timedelta(days=later)).isoformat(), "text": text}


def write_reports(reports: Iterable[Report], path: Path) -> int:
    """Write reports, and return how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as out:
        for report in reports:
            words += len(report["text"].split())
            out.write(json.dumps(report) + "\n")
    return words


def _run(name: str, reports: Path, folder: Path, engine: Engine | None, workers: int) -> tuple[float, float]:
    """Code the reports, and return seconds by the clock and of processor time."""
    begun, all_before = time.monotonic(), _machine_s()
    with _watching() as worked:
        pipeline.archive([str(reports)], folder, settings={}, jobs=workers, engine=engine, part_batches=_PART_BATCHES)
    clock = time.monotonic() - begun
    others = _machine_s() - all_before - sum(worked.values())
    print(
        f"{name}: {clock:.0f} s, {sum(worked.values()):.0f} s of processor time ("
        + ", ".join(f"{who} {seconds:.0f}" for who, seconds in worked.items())
        + f"); others on the machine took {others:.0f} s",
        flush=True,
    )
    return clock, sum(worked.values())


@contextmanager
def _killing(after_s: float) -> Iterator[list[int]]:
    """Stop one reader by SIGKILL as soon as one reads after a time; give the list in which its process then stands."""
    killed: list[int] = []
    is_over = threading.Event()

    def kill() -> None:
        is_over.wait(after_s)
        while not is_over.wait(_EVERY_S):
            readers = [pid for pid, line in _descendants().items() if line.startswith(READER)]
            if readers:
                os.kill(readers[0], signal.SIGKILL)
                killed.append(readers[0])
                return

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        is_over.set()
        thread.join()


@contextmanager
def _watching() -> Iterator[Mapping[str, float]]:
    """Give what in the end holds the processor seconds of this process, its readers, and all else that it started."""
    worked: dict[int, float] = {}
    names: dict[int, str] = {}
    before = {pid: _processor_s(pid) for pid in [os.getpid(), *_descendants()]}
    is_over = threading.Event()

    def watch() -> None:
        for _ in count():
            for pid, line in [(os.getpid(), ""), *_descendants().items()]:
                worked[pid] = max(worked.get(pid, 0.0), _processor_s(pid) - before.get(pid, 0.0))
                if pid == os.getpid():
                    names[pid] = "this process"
                elif line.startswith(READER) or "multiprocessing.spawn" in line:
                    names[pid] = "readers"
            if is_over.wait(_EVERY_S):
                return

    thread = threading.Thread(target=watch)
    thread.start()
    total: defaultdict[str, float] = defaultdict(float)
    try:
        yield total
    finally:
        is_over.set()
        thread.join()
        for pid, seconds in worked.items():
            total[names.get(pid, "the cluster")] += seconds


def _descendants() -> dict[int, str]:
    """Return the processes that this one started, and those that they started, with their command lines."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            parents[int(folder.name)] = int(fields[1])
    found: dict[int, str] = {}
    for pid in parents:
        above: Any = pid
        while (above := parents.get(above)) is not None:
            if above == os.getpid():
                found[pid] = _command(pid)
                break
    return found


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has ended
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _machine_s() -> float:
    """Return how many seconds the machine's cores have worked for anybody since it started."""
    line = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    user, nice, system, _, _, irq, softirq, *_ = map(int, line.split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def _processor_s(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def files_hash(folder: Path) -> str:
    """Return a hash over names and bytes of all files."""
    hashed = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        hashed.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


if __name__ == "__main__":
    main()
