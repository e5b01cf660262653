"""Reads reports into a store, batch by batch. Killed at any moment and run again, it ends with the same store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from contested import sources
from contested.pipeline.batches import Batch, cut_into_batches
from contested.pipeline.stream import read_batches
from contested.store import Added, Store
from contested.types import Document

Watch = Callable[[Added], None]


def add(
    paths: Iterable[str],
    store: Store,
    options: sources.ReadOptions | None = None,
    *,
    code: str,
    clock: Callable[[], datetime],
    watch: Watch | None = None,
    jobs: int | None = None,
    gazetteer: Path | None = None,
    again: bool = False,
) -> int:
    """Read every report under `paths` that the store does not hold yet into it, and return the number of the run.

    Batches are cut from the whole input and read whole or not at all, since the reader's last decimals depend on what
    is read beside a text; each is written in one transaction. So an interrupted run, run again, gives the same store.

    Args:
        paths: files, folders, URLs, or `-` for standard input.
        store: where it goes.
        options: how to read tables and which date and publisher hold; sensible guesses without.
        code: version of the program, for the record of the run.
        clock: what time it is, with its offset from UTC.
        watch: is told after each batch what it brought.
        jobs: processes; by default one for each core this process may use. Short input is read in this process.
        gazetteer: a gazetteer file to look places up in, besides what ships with the package.
        again: also read what the store holds in another model's reading; the new reading then holds.

    Raises:
        ResourceError: when the reader's weights or a table of the package are missing or broken.
    """
    options = options or sources.ReadOptions()
    watch = watch or _look_away
    paths = tuple(paths)
    asked = {"paths": paths, "gazetteer": gazetteer, "again": again, **_given(options)}
    run = store.begin_run(settings=json.dumps(asked, default=str, ensure_ascii=True), code=code, at=clock())
    opened = chain.from_iterable(sources.find_documents(path, options) for path in paths)
    unread = _Unread(store, _model() if again else None, watch)
    with closing(read_batches(unread.find(cut_into_batches(opened)), jobs=jobs, gazetteer=gazetteer)) as results:
        for batch in results:
            watch(store.add(batch, run=run, again=again))
    store.end_run(run, clock(), known=unread.passed_over)
    return run


def _given(options: sources.ReadOptions) -> dict[str, str | date]:
    """Return the options that were given, by name."""
    found = {name: getattr(options, name) for name in options.__dataclass_fields__}
    return {name: value for name, value in found.items() if value is not None}


def _look_away(added: Added) -> None:
    """Be told, and do nothing with it."""


def _model() -> str:
    from contested.reader import load  # loads the network's runtime: only where something is read

    return load().name


class _Unread:
    """Looks for the batches that have to be read, and counts the documents passed over."""

    def __init__(self, store: Store, model: str | None, watch: Watch) -> None:
        self._store, self._model, self._watch = store, model, watch
        self.passed_over = 0

    def find(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Yield the batches with a document not in the store (whole), and of others what could not be opened."""
        for batch in batches:
            documents = batch.documents
            known = self._store.known(documents, model=self._model)
            if len(known) < len({(d.id, d.text) for d in documents}):
                yield batch
                continue
            self.passed_over += len(documents)
            self._watch(Added(known=len(documents)))
            failures = tuple(part for part in batch.parts if not isinstance(part, Document))
            if failures:
                yield Batch(failures)
