"""Exports of gold readings: are all rows legal, how much of what was read do they hold, do other programs open them?

    python -m evaluation.exports [--corpus FOLDER] [--split train] [--format plover …] [--into FOLDER]

Every annotated passage is assembled as a perfect reader would have read it, and exported in each format; the format's
own validator must then find nothing. Where another program that reads the format is installed, it reads it too.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from contested.claims import assemble
from contested.export import ExportView, FormatName, Options, OutFolder, load_format
from contested.export.view import ReportList
from contested.types import Claims
from evaluation.foreign import FOREIGN
from evaluation.gold_reading import gold_document, gold_reading

_SHOWN = 5  # problems of one format that are printed; the count tells the rest


def main() -> None:
    """Print, format by format, records, problems, seconds, whether twice is the same, and what others say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--split", default="train")
    parser.add_argument("--passages", type=int, help="only the first so many")
    parser.add_argument("--format", action="append", choices=[f.value for f in FormatName], help="only this one")
    parser.add_argument("--into", type=Path, help="keep the files here")
    options = parser.parse_args()
    reports = read_gold(options.corpus / f"{options.split}.jsonl", options.passages)
    events = sum(len(c.events) for c in reports)
    print(f"{len(reports)} passages, {events} events, {sum(len(c.claims) for c in reports)} claims")
    view = ExportView.of(ReportList(reports), Options())
    with tempfile.TemporaryDirectory() as scratch:
        for name in map(FormatName, options.format or [f.value for f in FormatName]):
            if find_spec(f"contested.export.{name.value}") is not None:
                _measure(name, view, options.into or Path(scratch))


def read_gold(path: Path, passages: int | None = None) -> list[Claims]:
    """Return the claims that a perfect reader would find in the annotated passages of a file."""
    with path.open(encoding="utf-8") as file:
        annotated = [json.loads(line) for line in islice(file, passages)]
    return [assemble(gold_document(a), gold_reading(a)) for a in annotated]


def _measure(name: FormatName, view: ExportView, into: Path) -> None:
    export = load_format(name)
    folder, again = into / name.value, into / f"{name.value}-again"
    begun = time.perf_counter()
    number = export.write(view, Options(), OutFolder(folder))
    seconds = time.perf_counter() - begun
    export.write(view, Options(), OutFolder(again))
    path = folder / export.FILE if export.FILE else folder
    problems = list(export.check(path))
    same = "same bytes again" if _fingerprint(folder) == _fingerprint(again) else "DIFFERS when written again"
    print(f"{name.value:14} {number:6} records, {len(problems)} illegal values, {seconds:.1f} s, {same}")
    for problem in problems[:_SHOWN]:
        print(f"    {problem}")
    for left_out in sorted(folder.glob("*_left_out.csv")):
        _print_left_out(left_out)
    for says in _ask(FOREIGN.get(name, {}), path):
        print(f"    {says}")


def _fingerprint(folder: Path) -> str:
    hashed = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        hashed.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def _print_left_out(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reasons = Counter(row["reason"] for row in csv.DictReader(file))
    for reason, number in reasons.most_common():
        print(f"    left out {number:5}: {reason}")


def _ask(programs: dict[str, Callable[[Path], str]], path: Path) -> Iterator[str]:
    for module, ask in programs.items():
        if find_spec(module) is None:
            yield f"{module}: not installed"
        else:
            yield f"{module}: {ask(path)}"


if __name__ == "__main__":
    main()
