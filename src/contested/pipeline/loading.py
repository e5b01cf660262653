"""Loads a coded archive's Parquet parts into a store, part by part; killed and run again, it gives the same store."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from contested.claims import from_form
from contested.errors import InputError
from contested.pipeline.folders import Folder, open_folder
from contested.pipeline.ledger import LEDGER, read_entries
from contested.pipeline.parts import part_name
from contested.store import Added, Store
from contested.types import Claims

# Reports written in one transaction: some 30 MB with all their rows, and half a second that others wait to write.
BATCH_REPORTS = 500


def load(
    folder: str | os.PathLike[str],
    store: Store,
    *,
    code: str,
    clock: Callable[[], datetime],
    watch: Callable[[Added], None] = lambda _: None,
    again: bool = False,
) -> int:
    """Add what an archive's parts hold to a store, and return the number of the run.

    Reports that the store has already are passed over, so a part that was loaded is loaded no second time. Ids of
    reports, events and claims are those that `add` gives; scores have the four digits that the parts keep.

    Args:
        folder: what `contested archive` wrote, complete or not: a path or an fsspec URL.
        store: where it goes.
        code: version of the program, for the record of the run.
        clock: what time it is, with its offset from UTC.
        watch: is told after each batch what it brought.
        again: also take the reading of a report that the store has in another model's reading; it then holds.

    Raises:
        InputError: when the folder holds no archive, or one of another version of this program.
    """
    archive = open_folder(folder)
    parts = [entry.part for entry in read_entries(archive)]
    if not parts:
        raise InputError(f"expected the folder of a coded archive with a {LEDGER} and at least one part", archive.name)
    settings = json.dumps({"archive": archive.name, "again": again}, ensure_ascii=True)
    run = store.begin_run(settings=settings, code=code, at=clock())
    for part in parts:
        for batch in _batches(archive, part):
            watch(store.add(batch, run=run, again=again))
    store.end_run(run, clock())
    return run


def _batches(folder: Folder, part: int) -> Iterator[list[Claims | InputError]]:
    """Yield the reports of a part by batches, those that were not read in their place."""
    unread = iter([(row["number"], InputError(row["reason"], row["where"])) for row in _rows(folder, "unread", part)])
    before = next(unread, None)
    batch: list[Claims | InputError] = []
    for row in _rows(folder, "documents", part, ["number", "form"]):
        while before is not None and before[0] < row["number"]:
            batch.append(before[1])
            before = next(unread, None)
        batch.append(from_form(json.loads(row["form"])))
        if len(batch) >= BATCH_REPORTS:
            yield batch
            batch = []
    if before is not None:
        batch += [before[1], *(error for _, error in unread)]
    if batch:
        yield batch


def _rows(folder: Folder, table: str, part: int, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet  # 0.2 s, needed by few runs

    with folder.open(part_name(table, part)) as opened:
        for rows in pyarrow.parquet.ParquetFile(opened).iter_batches(BATCH_REPORTS, columns=columns):
            yield from rows.to_pylist()
