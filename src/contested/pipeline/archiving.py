"""Codes an archive into Parquet parts. Killed at any moment and run again, it goes on and ends with the same bytes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from contested import sources
from contested.errors import InputError
from contested.pipeline.batches import Batch, cut_into_batches
from contested.pipeline.coding import Coded, code_documents
from contested.pipeline.folders import open_folder
from contested.pipeline.ledger import Entry, Ledger, chain_digest, open_ledger
from contested.pipeline.parts import Part
from contested.pipeline.stream import Engine, read_outcomes
from contested.types import Device

# About 1,000 articles: 40 MB in memory while they wait to be written, 40 s of work on two cores that a kill can cost.
PART_BATCHES = 256


@dataclass(frozen=True, slots=True)
class Progress:
    """What has come so far. `passed` of the reports were coded by an earlier run."""

    documents: int = 0
    claims: int = 0
    unread: int = 0
    words: int = 0
    passed: int = 0


Watch = Callable[[Progress], None]


def archive(
    paths: Iterable[str],
    folder: str | os.PathLike[str],
    options: sources.ReadOptions | None = None,
    *,
    settings: dict[str, Any],
    watch: Watch = lambda _: None,
    jobs: int | None = None,
    gazetteer: Path | None = None,
    device: Device = Device.CPU,
    engine: Engine | None = None,
    part_batches: int = PART_BATCHES,
) -> Ledger:
    """Read every report under `paths` into Parquet parts in `folder`, and return the ledger of them.

    Batches and parts are cut from the whole input, whoever reads them, since the reader's last decimals depend on what
    is read beside a text: any number of processes, any engine and any number of interruptions give the same files.

    Args:
        paths: files, folders, URLs, or `-` for standard input.
        folder: where the parts go, a path or an fsspec URL; a new folder, or that of the same run interrupted.
        options: how to read tables and which date and publisher hold; sensible guesses without.
        settings: what the parts depend on besides the input, JSON values; a run goes on only under the same.
        watch: is told after each batch how far it is.
        jobs: processes; by default one for each core this process may use.
        gazetteer: a gazetteer file to look places up in, besides what ships with the package.
        device: on what the network runs. Other devices give other last decimals, so it belongs to `settings`.
        engine: who reads the batches; processes of this machine if None.
        part_batches: batches a part.

    Raises:
        InputError: when the folder holds something else, or the input has changed since the run began.
        ResourceError: when the reader's weights or a table of the package are missing or broken.
    """
    ledger = open_ledger(open_folder(folder), {**settings, "part_batches": part_batches})
    opened = chain.from_iterable(sources.find_documents(path, options or sources.ReadOptions()) for path in paths)
    batches = cut_into_batches(opened)
    _pass_over(batches, ledger, part_batches)
    counter = _Counter(ledger, watch)
    task = partial(code_documents, gazetteer=gazetteer, device=device)
    with closing(read_outcomes(batches, task, jobs=jobs, engine=engine)) as outcomes:
        for together in _in_parts(outcomes, part_batches):
            _write_part(together, ledger, counter)
    ledger.finish(settings)
    return ledger


def _pass_over(batches: Iterator[Batch], ledger: Ledger, part_batches: int) -> None:
    """Open again what is coded already, and make sure that it is the same."""
    digest = ""
    for entry in ledger.entries:
        digest = chain_digest(digest, chain.from_iterable(b.parts for b in islice(batches, part_batches)))
        if digest != entry.digest:
            raise InputError(
                f"the input has changed since this run began: part {entry.part} was made from other reports; "
                "give another folder, or `contested add` what is new to a store",
                ledger.folder.name,
            )


Outcome = tuple[Batch, list[Coded | InputError]]


def _in_parts(outcomes: Iterator[Outcome], size: int) -> Iterator[Iterator[Outcome]]:
    """Yield the outcomes of one part at a time, each to be used up before the next."""
    for first in outcomes:
        yield chain([first], islice(outcomes, size - 1))


def _write_part(outcomes: Iterator[Outcome], ledger: Ledger, counter: _Counter) -> None:
    before = ledger.entries[-1].digest if ledger.entries else ""
    part = Part(first=1 + sum(e.documents for e in ledger.entries))
    met: list[Batch] = []
    for batch, results in outcomes:
        part.add(results)
        met.append(batch)
        counter.add(results)
    number = len(ledger.entries) + 1
    files = part.write(ledger.folder, number)
    rows = part.rows
    words = sum(int(row["words"] or 0) for row in rows["documents"])
    digest = chain_digest(before, chain.from_iterable(b.parts for b in met))
    ledger.append(Entry(number, part.documents, len(rows["claims"]), len(rows["unread"]), words, digest, files))


class _Counter:
    """Counts for the watcher, which is told after each batch."""

    def __init__(self, ledger: Ledger, watch: Watch) -> None:
        self._watch = watch
        done = ledger.entries
        documents, unread = sum(e.documents for e in done), sum(e.unread for e in done)
        claims, words = sum(e.claims for e in done), sum(e.words for e in done)
        self._now = Progress(documents, claims, unread, words, documents + unread)
        if done:
            watch(self._now)

    def add(self, results: list[Coded | InputError]) -> None:
        coded = [r for r in results if isinstance(r, Coded)]
        now = self._now
        self._now = Progress(
            now.documents + len(coded),
            now.claims + sum(len(c.claims) for c in coded),
            now.unread + len(results) - len(coded),
            now.words + sum(int(c.document["words"] or 0) for c in coded),
            now.passed,
        )
        self._watch(self._now)
