"""What it costs to bring a coded archive into a store: in bulk from its parts, beside one report at a time.

    python -m evaluation.bulk_load 2000 [--store postgresql://…]

Makes reports with four accounts each (`web_scale`), writes them as an archive's parts, and brings them into new stores:
one report a transaction, 32 as `contested add` does, and by `contested load`. Reading them is no part of it. Prints
seconds by the clock and of this process's processor time, and whether all stores hold the same.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from contested import pipeline
from contested.pipeline.coding import code
from contested.pipeline.folders import open_folder
from contested.pipeline.ledger import Entry, open_ledger
from contested.pipeline.parts import Part
from contested.store import Store, open_store
from contested.types import Claims
from evaluation.web_scale import PER_REPORT, make_reports

PART = 1_000  # reports a part, about as `archive` cuts them
_TELLINGS = 2.2  # of an incident, at the mean of `make_reports`


def main() -> None:
    """Print a line a way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int)
    parser.add_argument("--store", help="an empty database on a server instead of files; asked for each way anew")
    options = parser.parse_args()
    made = list(islice(make_reports(int(options.reports * PER_REPORT / _TELLINGS * 1.2)), options.reports))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(made, folder / "coded")
        ways: dict[str, Callable[[Store], None]] = {
            "one report a transaction": lambda store: _add(store, made, 1),
            "32 reports a transaction": lambda store: _add(store, made, 32),
            "load": lambda store: _load(store, folder / "coded"),
        }
        for number, (way, bring) in enumerate(ways.items()):
            with _store(options.store, folder, number) as store:
                begun, worked = time.perf_counter(), time.process_time()
                bring(store)
                clock, processor = time.perf_counter() - begun, time.process_time() - worked
                held = sum(1 for _ in store.documents())
                rate = len(made) / processor
                print(
                    f"{way}: {clock:.1f} s, {processor:.1f} s of processor time ({rate:,.0f} reports/s); holds {held}"
                )
                if way == "load":
                    begun = time.perf_counter()
                    bring(store)
                    print(f"load again: {time.perf_counter() - begun:.1f} s; holds {sum(1 for _ in store.documents())}")


@contextmanager
def _store(server: str | None, folder: Path, number: int) -> Iterator[Store]:
    if server is None:
        with open_store(folder / f"{number}.db") as store:
            yield store
        return
    import psycopg

    schema = f"bulk_load_{number}"
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        database.execute(f"CREATE SCHEMA {schema}")
    apart = "&" if "?" in server else "?"
    with open_store(f"{server}{apart}options=-csearch_path%3D{schema}") as store:
        yield store


def _write(made: list[Claims], folder: Path) -> None:
    ledger = open_ledger(open_folder(folder), {})
    for number, first in enumerate(range(0, len(made), PART), start=1):
        part = Part(first=first + 1)
        part.add(code(claims) for claims in made[first : first + PART])
        files = part.write(ledger.folder, number)
        ledger.append(Entry(number, part.documents, len(part.rows["claims"]), 0, 0, "", files))


def _add(store: Store, made: list[Claims], at_once: int) -> None:
    run = store.begin_run(settings="{}", code="made", at=datetime.now(UTC))
    for first in range(0, len(made), at_once):
        store.add(made[first : first + at_once], run=run)


def _load(store: Store, folder: Path) -> None:
    pipeline.load(folder, store, code="made", clock=lambda: datetime.now(UTC))


if __name__ == "__main__":
    main()
