"""Imports a made-up GeoNames dump, with bad lines at known numbers and the program killed on the way.

    python -m evaluation.gazetteer_import [--lines 12000000] [--kills 3] [--seed 1] [--folder DIR]

The dump is made from the places that ship, one after another, each line with an id, a name and a point of its own;
every so often a line has the wrong number of columns, a point that is none, or bytes that are not UTF-8. `contested
gazetteer import` runs on it as a command of its own, is stopped by SIGKILL at random lines and once while it writes
the index of names, and is started again until it ends by itself. Then the file must hold exactly the places of the
good lines, and the numbers of exactly the bad ones. Prints seconds by the clock and of processor time, lines a
second, and the peak of resident memory of every run (`VmHWM`, which is read from /proc: Linux alone).
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from contested.places.geonames import iso3_by_iso2
from contested.places.tables import load_world

BAD_LINES = 300  # spread over the dump
SOURCE = "made up"
ASKED_MB = 500
_POLL_S = 0.1
_FEATURES = (("P", "PPL"), ("P", "PPLX"), ("A", "ADM2"), ("H", "STM"), ("S", "MIL"), ("T", "HLL"), ("L", "LCTY"))
# As often as in GeoNames: most places have no other name, some a dozen in as many scripts.
_ALIASES = (
    "",
    "",
    "",
    "{0} al-Gharbi",
    "Al {0},Ал {0},ال{0}",
    "{0},{0}ah,{0} Village,As {0},Es-{0},Գյուղ,村,마을,גבעה",
)


@dataclass
class Made:
    """What the dump holds: good lines, the sum of their ids, and the numbers of the bad lines."""

    lines: int = 0
    ids: int = 0
    bad: list[int] = field(default_factory=list)


@dataclass
class Run:
    """One run of the import: how it ended, and what it took."""

    ended: str
    seconds: float
    processor_s: float
    peak_mb: float

    def told(self) -> str:
        """Return it as a line to print."""
        return (
            f"{self.ended}: {self.seconds:.1f} s, {self.processor_s:.1f} of the processor, peak {self.peak_mb:.0f} MB"
        )


def main() -> None:
    """Print what each run took, and whether the finished gazetteer is what it must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=12_000_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="where there is room: 0.5 kB a line")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        dump, target = Path(folder) / "allCountries.txt", Path(folder) / "gazetteer.sqlite"
        start = time.monotonic()
        made = write_dump(dump, options.lines)
        print(f"{made.lines:,} lines, {dump.stat().st_size / 1e6:,.0f} MB, {len(made.bad)} bad, "
              f"made in {time.monotonic() - start:.0f} s", flush=True)  # fmt: skip
        stops = [*sorted(random.Random(options.seed).sample(range(made.lines), options.kills)), made.lines]
        runs: list[Run] = []
        for stop in [*stops, None]:
            runs.append(run_import(dump, target, stop))
            print(runs[-1].told(), flush=True)
        whole = Run(
            "together", sum(r.seconds for r in runs), sum(r.processor_s for r in runs), max(r.peak_mb for r in runs)
        )
        print(
            f"{whole.told()}; {made.lines / whole.seconds:,.0f} lines a second; {target.stat().st_size / 1e6:,.0f} MB"
        )
        faults = differences(target, made)
        if whole.peak_mb > ASKED_MB:
            faults.append(f"peak memory {whole.peak_mb:.0f} MB, asked at most {ASKED_MB}")
        print("\n".join(faults) or "every good line is one place, every bad line is told by its number")
    sys.exit(bool(faults))


def write_dump(path: Path, lines: int) -> Made:
    """Write a dump of so many lines and return what it holds."""
    made, every = Made(lines), max(lines // BAD_LINES, 2)
    iso2 = {iso3: two for two, iso3 in iso3_by_iso2().items()}
    places = cycle([(e.name, e.lat, e.lon, iso2.get(e.country or "", "")) for e in load_world().entries()])
    with path.open("wb") as file:
        for number in range(1, lines + 1):
            name, lat, lon, country = next(places)
            line = _line(number, name, lat, lon, country)
            if number % every == every // 2:
                line = _spoilt(line, len(made.bad))
                made.bad.append(number)
            else:
                made.ids += number
            file.write(line + b"\n")
    return made


def _line(number: int, name: str, lat: float, lon: float, country: str) -> bytes:
    own = f"{name} {number // 1000:x}"  # a thousand lines on, another name
    fclass, fcode = _FEATURES[number % len(_FEATURES)]
    aliases = _ALIASES[number % len(_ALIASES)].format(own)
    point = f"{lat + number % 97 / 1000:.5f}\t{lon - number % 89 / 1000:.5f}"
    people = number % 9_000 if fclass == "P" else 0
    return (
        f"{number}\t{own}\t{own}\t{aliases}\t{point}\t{fclass}\t{fcode}\t{country}\t\t{number % 30:02}\t{number % 900}"
        f"\t\t\t{people}\t\t{number % 2_000}\tEtc/UTC\t2026-01-01"
    ).encode()


def _spoilt(line: bytes, turn: int) -> bytes:
    fields = line.split(b"\t")
    match turn % 4:
        case 0:
            return b"\t".join(fields[:-2])
        case 1:
            fields[4] = b"91.5"
        case 2:
            fields[5] = b"east"
        case _:
            fields[1] = b"Z\xfcrich"  # Latin-1
    return b"\t".join(fields)


def run_import(dump: Path, target: Path, stop: int | None) -> Run:
    """Run the import; stop it by SIGKILL when it has written `stop` lines, or let it end by itself if None."""
    words = ["import", "geonames", str(dump), "--name", SOURCE, "--licence", "CC0", "--file", str(target)]
    start, before, peak = time.monotonic(), _children_s(), 0.0
    program = subprocess.Popen(
        [sys.executable, "-m", "contested.cli.main", "gazetteer", *words], stdout=subprocess.PIPE
    )
    ended = ""
    while program.poll() is None:
        peak = max(peak, _peak_mb(program.pid))
        lines = _lines_done(target) if stop is not None else 0
        if stop is not None and lines >= stop:
            program.send_signal(signal.SIGKILL)
            program.wait()
            ended = f"killed after {lines:,} lines"
        time.sleep(_POLL_S)
    told = (program.stdout.read().decode() if program.stdout else "").strip()
    if not ended and program.returncode:
        sys.exit(f"the import failed with {program.returncode}: {told}")
    return Run(ended or told, time.monotonic() - start, _children_s() - before, peak)


def _children_s() -> float:
    """Return the processor time of all runs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has just ended
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def _lines_done(target: Path) -> int:
    try:
        with sqlite3.connect(f"file:{target}?mode=ro", uri=True, timeout=5) as store:
            row = store.execute("SELECT lines FROM source WHERE name = ?", (SOURCE,)).fetchone()
    except sqlite3.OperationalError:  # not yet made
        return 0
    return int(row[0]) if row else 0


def differences(target: Path, made: Made) -> list[str]:
    """Return in what a finished gazetteer is not what the dump says; nothing when it is."""
    with sqlite3.connect(target) as store:
        rows, ids, distinct = store.execute(
            "SELECT count(*), sum(cast(substr(code, 3) AS INTEGER)), count(DISTINCT code) FROM place"
        ).fetchone()
        unnamed = store.execute("SELECT count(*) FROM place WHERE id NOT IN (SELECT place FROM name)").fetchone()[0]
        strays = store.execute("SELECT count(*) FROM name WHERE place NOT IN (SELECT id FROM place)").fetchone()[0]
        complete = store.execute("SELECT complete FROM source").fetchone()[0]
        bad = [row[0] for row in store.execute("SELECT number FROM bad_line ORDER BY number")]
    return list(_faults(made, rows, ids, distinct, unnamed, strays, complete, bad))


def _faults(
    made: Made, rows: int, ids: int, distinct: int, unnamed: int, strays: int, complete: int, bad: list[int]
) -> Iterator[str]:
    good = made.lines - len(made.bad)
    if (rows, ids, distinct) != (good, made.ids, good):
        yield f"expected {good:,} places, once each; found {rows:,}, {distinct:,} different, sum {ids - made.ids:+,}"
    if unnamed or strays:
        yield f"{unnamed:,} places without a name, {strays:,} names without a place"
    if not complete:
        yield "not marked as complete"
    if bad != made.bad:
        yield f"expected {len(made.bad)} bad lines, {made.bad[:5]} …; told were {len(bad)}, {bad[:5]} …"


if __name__ == "__main__":
    main()
