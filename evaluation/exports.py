"""Whether exports are legal, open in the programs they are for, and stream; measured, with what is missing named.

    python -m evaluation.exports                    legal rows over the corpus, programs, streaming
    python -m evaluation.exports legal --corpus ../shared/corpus
    python -m evaluation.exports programs
    python -m evaluation.exports stream 10000 100000

`legal`: every row of every format over the corpus's train passages, read as a perfect reader would (gold), so that only
the exports are judged. `programs`: each program that is installed opens the file it is for and must find what was
written. `stream`: made incidents, peak memory against their number. Ends with 1 when something is illegal or unread.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import click

from contested.claims import assemble
from contested.export import ExportView, FormatName, Options, OutFolder, ReportList, load_format
from contested.export.bundle import write_bundle
from contested.types import Claims
from evaluation.export_programs import PROGRAMS, Opened
from evaluation.export_stream import made_view
from evaluation.foreign import FOREIGN
from evaluation.gold_reading import gold_document, gold_reading

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "gold"
STREAMED = (FormatName.INCIDENTS, FormatName.ACLED, FormatName.UCDP, FormatName.GEOJSON, FormatName.PARQUET)
MOST_GROWTH_MB = 60  # from the smallest to the largest size; noise of allocator and page cache, not one row kept each


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure the exports."""
    if context.invoked_subcommand is None:
        failed = [name for name, run in (("legal", _legal), ("programs", _programs)) if not run()]
        failed += [] if _stream((10_000, 100_000)) else ["stream"]
        sys.exit(", ".join(failed) and f"failed: {', '.join(failed)}")


@main.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, show_default=True)
@click.option("--format", "forms", multiple=True, help="Only this format.  [default: all]")
def legal(corpus: Path, forms: tuple[str, ...]) -> None:
    """Check every row of every format over the corpus's train passages."""
    sys.exit(not _legal(corpus, tuple(map(FormatName, forms)) or tuple(FormatName)))


@main.command()
def programs() -> None:
    """Open each format in the programs it is for."""
    sys.exit(not _programs())


@main.command()
@click.argument("sizes", nargs=-1, type=int)
def stream(sizes: tuple[int, ...]) -> None:
    """Export made incidents and print time and peak memory."""
    sys.exit(not _stream(sizes or (10_000, 100_000)))


def gold_claims(files: Iterable[Path]) -> Iterator[Claims]:
    """Yield the claims of gold passages as a perfect reader would have found them."""
    for path in files:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                annotated = json.loads(line)
                yield assemble(gold_document(annotated), gold_reading(annotated))


def _legal(corpus: Path = CORPUS, forms: Iterable[FormatName] = tuple(FormatName)) -> bool:
    source = corpus / "train.jsonl"
    if not source.exists():
        print(f"legal: not measured, expected {source}")
        return True
    reports = ReportList(gold_claims([source]))
    view = ExportView.of(reports, Options())
    print(f"legal: {len(list(reports.claims())):,} passages, {sum(1 for _ in view.cases()):,} incidents")
    bad = 0
    for name in forms:
        with tempfile.TemporaryDirectory() as folder:
            start = time.process_time()
            number = load_format(name).write(view, view.options, OutFolder(Path(folder)))
            main_file = Path(folder) / load_format(name).FILE
            problems = list(load_format(name).check(main_file))
            bad += len(problems)
            seconds = time.process_time() - start
            print(f"  {name.value}: {number:,} records, {len(problems)} problems, {seconds:.0f} s processor time")
            for rule, times in Counter((p.column, p.rule) for p in problems).most_common(5):
                print(f"    {times} × {rule[0]}: {rule[1]}")
    return not bad


def _programs() -> bool:
    """Export the examples in every format and let each program that is there open its own."""
    view = ExportView.of(ReportList(gold_claims(sorted(EXAMPLES.glob("*.jsonl")))), Options())
    unread = 0
    with tempfile.TemporaryDirectory() as place:
        written = {}
        for name in FormatName:
            folder = Path(place) / name.value
            out = OutFolder(folder)
            written[name] = load_format(name).write(view, view.options, out)
            write_bundle(folder, name, out.written, view.options, view.fingerprint())
        for program in (*PROGRAMS, *FOREIGN):
            for name in program.formats:
                opened = program.open(Path(place) / name.value, name)
                unread += opened is not None and not opened.is_right(written[name])
                print(f"  {program.name}: {_said(opened, name, written[name])}")
    return not unread


def _said(opened: Opened | None, name: FormatName, written: int) -> str:
    if opened is None:
        return f"{name.value}: not installed, not shown"
    verdict = "opens it" if opened.is_right(written) else "DOES NOT OPEN IT"
    return f"{name.value}: {verdict}, {opened.records} of {written} records; {opened.said}"


def _stream(sizes: Iterable[int]) -> bool:
    """Export each size in a process of its own, so that its peak memory is its own."""
    ok = True
    for name in STREAMED:
        peaks = []
        for size in sizes:
            command = [sys.executable, "-m", "evaluation.exports", "one", name.value, str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            number, seconds, peak = done.stdout.split()
            peaks.append(float(peak))
            print(
                f"  {name.value}: {size:,} incidents, {int(number):,} records, {seconds} s, peak {peak} MB", flush=True
            )
        ok = ok and max(peaks) - min(peaks) <= MOST_GROWTH_MB
    return ok


@main.command(hidden=True)
@click.argument("form")
@click.argument("size", type=int)
def one(form: str, size: int) -> None:
    """Export one size and print records, seconds and peak memory in MB."""
    start = time.process_time()
    view = made_view(size)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        number = load_format(FormatName(form)).write(view, view.options, OutFolder(Path(folder)))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(number, f"{time.process_time() - start:.0f}", f"{peak_mb:.0f}")


if __name__ == "__main__":
    main()
