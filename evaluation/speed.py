"""Measures how fast `contested read` is, and what it needs. Reports ratios; is no test and has no floor.

Usage::

    python -m evaluation.speed [--articles 2000] [--words 600] [--cores 2]

Prints articles and words a second over one JSONL file (start and model load included), peak memory of all processes
together, seconds to the first claim of a single report, and the share of the time that is not spent in the encoder.

The articles are put together from open texts beside the project where they are present, else from the example
reports; either way no two are alike, so nothing is gained from repeated windows.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click

from contested.types import Document

ROOT = Path(__file__).resolve().parents[1]
OPEN_TEXTS = ROOT.parent / "shared" / "data" / "open"
SEED = 7  # any; fixed so that two runs read the same articles
SAMPLE_S = 0.2  # memory is sampled this often; a worker's peak, a batch, lasts longer
STAGED = 200  # articles timed stage by stage, in this one process: enough for shares, done in seconds
STARTS = 3  # single reports read, of which the median counts: the first one also warms the disk


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command took."""

    seconds: float
    first_line_s: float
    peak_mb: float
    lines: int


def passages() -> tuple[str, list[str]]:
    """Return where the text comes from, and paragraphs of it in a fixed order."""
    fakes, current = OPEN_TEXTS / "fakes_half.jsonl.gz", OPEN_TEXTS / "current_events.jsonl.gz"
    if fakes.exists() and current.exists():
        articles, entries = [row["article_content"] for row in _rows(fakes)], [row["text"] for row in _rows(current)]
        return "open news texts", articles * 2 + entries  # twice: about half of the words then come from long articles
    reports = sorted((ROOT / "examples" / "reports").glob("*.txt"))
    lines = [line for report in reports for line in report.read_text(encoding="utf-8").splitlines() if line.strip()]
    return "the example reports", lines


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_articles(path: Path, articles: int, words: int) -> tuple[str, int]:
    """Write `articles` articles of about `words` words; return where they come from and the number of words."""
    source, texts = passages()
    draw, total = random.Random(SEED), 0
    with path.open("w", encoding="utf-8") as out:
        for number in range(articles):
            body: list[str] = []
            while (missing := words - sum(len(part.split()) for part in body)) > words // 20:
                body.append(_cut(draw.choice(texts), missing))
            text = "\n\n".join(body)
            total += len(text.split())
            out.write(json.dumps({"id": f"speed-{number}", "date": "2016-08-01", "text": text}) + "\n")
    return source, total


def _cut(text: str, words: int) -> str:
    """Return the text, ended at the last full stop before it has `words` words."""
    if len(text.split()) <= words:
        return text
    short = " ".join(text.split(" ")[:words])
    return short[: short.rfind(". ") + 1] or short


def run_reading(path: Path, cores: int) -> Run:
    """Read `path` with the command line on the first `cores` cores that this process may use."""
    command = [sys.executable, "-m", "contested.cli.main", "read", "--format", "jsonl", str(path)]
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    began, first, lines = time.perf_counter(), 0.0, 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, preexec_fn=_keep_to(allowed)) as reading:
        memory = _Memory(reading.pid)
        memory.start()
        assert reading.stdout is not None
        for _ in reading.stdout:
            first = first or time.perf_counter() - began
            lines += 1
        code = reading.wait()
        memory.done.set()
    if code != 0:
        raise SystemExit(f"{' '.join(command)} ended with exit code {code}")
    return Run(time.perf_counter() - began, first, memory.peak_mb, lines)


def _keep_to(cores: list[int]) -> Callable[[], None]:
    return lambda: os.sched_setaffinity(0, cores)


class _Memory(threading.Thread):
    """Samples what a process and all its descendants hold, pages that they share counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak_mb, self.done = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(SAMPLE_S):
            self.peak_mb = max(self.peak_mb, sum(map(_held_mb, _family(self.pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            pids = [int(child) for child in children.read_text().split()]
        except OSError:
            continue  # the thread has ended meanwhile
        for child in pids:
            yield from _family(child)


def _held_mb(pid: int) -> float:
    """Return the proportional set size of one process, 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def time_stages(path: Path, articles: int) -> dict[str, float]:
    """Return the seconds that each stage takes on the first `articles` articles, in one process on one core."""
    from contested.claims import assemble
    from contested.pipeline.batches import cut_into_batches
    from contested.reader import load
    from contested.sources import find_documents

    reader = load()
    first = next(document for document in find_documents(path) if isinstance(document, Document))
    assemble(first, *reader.read([first]))  # tables and sessions are loaded on first use; that is no stage
    seconds = dict.fromkeys(("opening", "encoder", "rest of the reader", "claims"), 0.0)
    before = reader.model.encoder_seconds
    at = time.perf_counter()
    for batch in cut_into_batches(islice(find_documents(path), articles)):
        opened = time.perf_counter()
        readings = reader.read(batch.documents)
        read = time.perf_counter()
        for document, reading in zip(batch.documents, readings, strict=True):
            assemble(document, reading)
        done = time.perf_counter()
        seconds["opening"] += opened - at
        seconds["rest of the reader"] += read - opened
        seconds["claims"] += done - read
        at = time.perf_counter()
    seconds["encoder"] = reader.model.encoder_seconds - before
    seconds["rest of the reader"] -= seconds["encoder"]
    return seconds


@click.command()
@click.option("--articles", default=2000, show_default=True)
@click.option("--words", default=600, show_default=True, help="Words an article, about.")
@click.option("--cores", default=2, show_default=True)
def main(articles: int, words: int, cores: int) -> None:
    """Print how fast `contested read` is on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder, "many.jsonl"), Path(folder, "one.jsonl")
        source, total = write_articles(many, articles, words)
        write_articles(one, 1, words)
        starts = [run_reading(one, cores) for _ in range(STARTS)]
        run = run_reading(many, cores)
        stages = time_stages(many, min(articles, STAGED))
    print(f"{articles} articles of about {words} words from {source}, {cores} cores, model load included")
    print(f"  articles a second          {articles / run.seconds:9.1f}")
    print(f"  words a second             {total / run.seconds:9.0f}")
    print(f"  peak memory, all processes {run.peak_mb:9.0f} MB")
    print(f"  first claim, one report    {statistics.median(s.first_line_s for s in starts):9.2f} s")
    total_s = sum(stages.values())
    print(f"  outside the encoder        {100 * (1 - stages['encoder'] / total_s):9.0f} %")
    print("  of which " + ", ".join(f"{n} {100 * s / total_s:.0f} %" for n, s in stages.items() if n != "encoder"))


if __name__ == "__main__":
    main()
