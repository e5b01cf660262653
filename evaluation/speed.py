"""Measures how fast `contested read` is, and what it needs. Reports ratios; is no test and has no floor.

Usage::

    python -m evaluation.speed [--articles 2000] [--words 600] [--cores 2]

Prints articles and words a second over one JSONL file (start and model load included), peak memory of all processes
together (also in the second and the last quarter of the run: it should be flat), seconds to the first claim of a single
report, and the share of the processor time that is not spent in the encoder. Then the physical limit: how many
multiplications of bytes a second a core does in one large matrix product (measured in the same run; needs `onnx`, which
the training extra brings), and what share of them the encoder's own are. Shares are of processor time, so that other
work on the machine does not move them.

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
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click

from contested.types import Document

ROOT = Path(__file__).resolve().parents[1]
OPEN_TEXTS = ROOT.parent / "shared" / "data" / "open"
SEED = 7  # any; fixed so that two runs read the same articles
SAMPLE_S = 0.2  # memory is sampled this often; a worker's peak, a batch, lasts longer
STAGED = 200  # articles timed stage by stage, in this one process: enough for shares, done in seconds
ROWS, INNER, COLUMNS = 768, 1536, 1536  # of the product that shows the limit: larger than the encoder's, in cache still
HIDDEN, HEAD, HEADS, WIDE, LAYERS = 384, 32, 53, 1152, 7  # of the encoder, as pruned; heads of all layers together
PRODUCTS = 20  # of which the fastest counts: a limit is not an average
STARTS = 3  # single reports read, of which the median counts: the first one also warms the disk


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command took."""

    seconds: float
    first_line_s: float
    peak_mb: float
    quarters_mb: tuple[float, float]
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
    return Run(time.perf_counter() - began, first, memory.peak_mb, memory.quarters(), lines)


def _keep_to(cores: list[int]) -> Callable[[], None]:
    return lambda: os.sched_setaffinity(0, cores)


class _Memory(threading.Thread):
    """Samples what a process and all its descendants hold, pages that they share counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.done = pid, threading.Event()
        self._samples: list[float] = []

    def run(self) -> None:
        while not self.done.wait(SAMPLE_S):
            self._samples.append(sum(map(_held_mb, _family(self.pid))))

    @property
    def peak_mb(self) -> float:
        """Return the most that was held."""
        return max(self._samples, default=0.0)

    def quarters(self) -> tuple[float, float]:
        """Return the peak of the second and of the last quarter of the run; the first one loads and fills caches."""
        quarter = max(1, len(self._samples) // 4)
        return max(self._samples[quarter : 2 * quarter], default=0.0), max(self._samples[-quarter:], default=0.0)


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


def limit() -> float | None:
    """Return how many multiply-and-adds of bytes a second one core does at most; None without `onnx`."""
    try:
        from onnx import TensorProto, helper, numpy_helper
    except ImportError:
        return None
    import numpy as np
    import onnxruntime as ort

    draw = np.random.default_rng(SEED)
    weight = numpy_helper.from_array(draw.integers(-127, 127, (INNER, COLUMNS), dtype=np.int8), "w")
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [ROWS, INNER])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [ROWS, COLUMNS])],
        [weight],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    x = draw.integers(0, 255, (ROWS, INNER), dtype=np.uint8)
    seconds = []
    for _ in range(PRODUCTS):
        began = time.process_time()
        session.run(None, {"x": x})
        seconds.append(time.process_time() - began)
    return ROWS * INNER * COLUMNS / min(seconds)


def count_pieces(path: Path, articles: int) -> int:
    """Return how many word pieces the encoder reads in the first `articles` articles, marks and heads included."""
    from contested.reader import load
    from contested.reader.model import calls
    from contested.reader.pieces import cut
    from contested.sources import find_documents

    tokenizer = load().tokenizer
    cuts = (
        cut(tokenizer, d.text, d.sentences) for d in islice(find_documents(path), articles) if isinstance(d, Document)
    )
    return sum(pieces.size(slot.window) for pieces in cuts for slots in calls(pieces) for slot in slots)


def time_stages(path: Path, articles: int) -> dict[str, float]:
    """Return the processor time that each stage takes on the first `articles` articles, in one process on one core."""
    from contested.claims import assemble
    from contested.pipeline.batches import cut_into_batches
    from contested.reader import load
    from contested.sources import find_documents

    reader = load()
    first = next(document for document in find_documents(path) if isinstance(document, Document))
    assemble(first, *reader.read([first]))  # tables and sessions are loaded on first use; that is no stage
    seconds = dict.fromkeys(("opening", "encoder", "rest of the reader", "resolving", "rest of claims"), 0.0)
    before = reader.model.encoder_seconds
    at = time.process_time()
    for batch in cut_into_batches(islice(find_documents(path), articles)):
        opened = time.process_time()
        readings = reader.read(batch.documents)
        read = time.process_time()
        with _resolving_timed(seconds):
            for document, reading in zip(batch.documents, readings, strict=True):
                assemble(document, reading)
        done = time.process_time()
        seconds["opening"] += opened - at
        seconds["rest of the reader"] += read - opened
        seconds["rest of claims"] += done - read
        at = time.process_time()
    seconds["encoder"] = reader.model.encoder_seconds - before
    seconds["rest of the reader"] -= seconds["encoder"]
    seconds["rest of claims"] -= seconds["resolving"]
    return seconds


@contextmanager
def _resolving_timed(seconds: dict[str, float]) -> Iterator[None]:
    """Add to `seconds["resolving"]` what the rooms for times, counts, places and actors take meanwhile."""
    from contested import actors, counts, places, times

    def timed(resolve: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return resolve(*args, **kwargs)
            finally:
                seconds["resolving"] += time.process_time() - start

        return call

    rooms = ((times, "resolve"), (counts, "resolve"), (places, "resolve_all"), (actors, "resolve_all"))
    originals = [(room, name, getattr(room, name)) for room, name in rooms]
    for room, name, resolve in originals:
        setattr(room, name, timed(resolve))
    try:
        yield
    finally:
        for room, name, resolve in originals:
            setattr(room, name, resolve)


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
        staged = min(articles, STAGED)
        stages, pieces, most = time_stages(many, staged), count_pieces(many, staged), limit()
    print(f"{articles} articles of about {words} words from {source}, {cores} cores, model load included")
    print(f"  articles a second          {articles / run.seconds:9.1f}")
    print(f"  words a second             {total / run.seconds:9.0f}")
    print(f"  peak memory, all processes {run.peak_mb:9.0f} MB")
    print("    second and last quarter  " + " and ".join(f"{held:.0f} MB" for held in run.quarters_mb))
    print(f"  first claim, one report    {statistics.median(s.first_line_s for s in starts):9.2f} s")
    total_s = sum(stages.values())
    print(f"  outside the encoder        {100 * (1 - stages['encoder'] / total_s):9.0f} %")
    print(f"  encoder, pieces a second and core {pieces / stages['encoder']:.0f}")
    if most is not None:
        a_piece = 4 * HIDDEN * HEAD * HEADS + LAYERS * 2 * HIDDEN * WIDE
        products = pieces * a_piece / stages["encoder"]
        print(f"  physical limit of a core   {most / 1e9:9.0f} G multiply-and-adds of bytes a second")
        print(f"    of which the encoder uses {100 * products / most:8.0f} %")
    print("  of which " + ", ".join(f"{n} {100 * s / total_s:.0f} %" for n, s in stages.items() if n != "encoder"))


if __name__ == "__main__":
    main()
