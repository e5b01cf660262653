"""The order of work on one page: open, cut into batches, read, assemble; a stream in the order of the input."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from contested import sources
from contested.errors import InputError
from contested.pipeline.batches import Batch, Fault, cut_into_batches, read_documents, read_documents_as
from contested.pipeline.workers import Outcome, T, Task, read_with_workers
from contested.types import Claims, Document

# Starting processes and loading the reader in each takes about as long as reading twenty reports in this one.
WORTH_PROCESSES_CHARACTERS = 80_000


class Engine(Protocol):
    """Who reads batches: the processes of one machine, or a cluster. Order kept, no batch lost."""

    def __call__(self, batches: Iterator[Batch], task: Task[Any], /) -> Iterator[tuple[Batch, Outcome[Any]]]:
        """Yield each batch with what `task` makes of its documents."""
        ...


def read(
    paths: Iterable[str],
    options: sources.ReadOptions | None = None,
    *,
    jobs: int | None = None,
    gazetteer: Path | None = None,
) -> Generator[Claims | InputError, None, None]:
    """Yield the claims of every report under `paths`, or the reason why one is not read, in the order of the input.

    Streams: a few batches are in memory at a time, however long the input.

    Args:
        paths: files, folders, URLs, or `-` for standard input.
        options: how to read tables and which date and publisher hold; sensible guesses without.
        jobs: processes; by default one for each core this process may use. Short input is read in this process.
        gazetteer: a gazetteer file to look places up in, besides what ships with the package.

    Raises:
        ResourceError: when the reader's weights or a table of the package are missing or broken.
    """
    yield from read_opened(_open(paths, options), jobs=jobs, gazetteer=gazetteer)


def read_as(
    make: Callable[[Claims], T],
    paths: Iterable[str],
    options: sources.ReadOptions | None = None,
    *,
    jobs: int | None = None,
    gazetteer: Path | None = None,
) -> Generator[T | InputError, None, None]:
    """Yield what `make` makes of the claims of every report, else as `read` does.

    It is made in the process that read the report, so that no claims travel between processes: on their way they cost
    as much as a twentieth of the reading, a line of text nearly nothing. `make` is sent to those processes.
    """
    task = partial(read_documents_as, make, gazetteer=gazetteer)
    for _, results in read_outcomes(cut_into_batches(_open(paths, options)), task, jobs=jobs):
        yield from results


def _open(paths: Iterable[str], options: sources.ReadOptions | None) -> Iterator[Document | InputError]:
    options = options or sources.ReadOptions()
    return chain.from_iterable(sources.find_documents(path, options) for path in paths)


def read_opened(
    opened: Iterable[Document | InputError], *, jobs: int | None = None, gazetteer: Path | None = None
) -> Generator[Claims | InputError, None, None]:
    """Yield what `read` yields, for documents that are open already."""
    for results in read_batches(cut_into_batches(opened), jobs=jobs, gazetteer=gazetteer):
        yield from results


def read_batches(
    batches: Iterator[Batch], *, jobs: int | None = None, gazetteer: Path | None = None
) -> Generator[list[Claims | InputError], None, None]:
    """Yield what each batch gives, in the order of the input. Which processes read it makes no difference to it."""
    for _, results in read_outcomes(batches, partial(read_documents, gazetteer=gazetteer), jobs=jobs):
        yield results


def read_outcomes(
    batches: Iterator[Batch], task: Task[T], *, jobs: int | None = None, engine: Engine | None = None
) -> Generator[tuple[Batch, list[T | InputError]], None, None]:
    """Yield each batch with what `task` makes of its documents, failures in their place, in the order of the input.

    Args:
        batches: the input.
        task: what is done with the documents of a batch; it is sent to other processes.
        jobs: processes; by default one for each core this process may use. Short input is read in this process.
        engine: who does it; processes of this machine, as many as `jobs`, if None.
    """
    first: list[Batch] = []
    for batch in batches:
        first.append(batch)
        if sum(b.characters for b in first) >= WORTH_PROCESSES_CHARACTERS:
            break
    jobs = jobs or available_cores()
    is_long = sum(b.characters for b in first) >= WORTH_PROCESSES_CHARACTERS
    every = chain(first, batches)
    outcomes: Iterator[tuple[Batch, Outcome[T]]]
    if engine is not None:
        outcomes = engine(every, task)
    elif jobs > 1 and is_long:
        outcomes = read_with_workers(every, jobs, task)
    else:
        outcomes = ((batch, task(batch.documents) if batch.documents else []) for batch in every)
    for batch, outcome in outcomes:
        yield batch, list(_in_order(batch, outcome))


def _in_order(batch: Batch, outcome: Sequence[T | Fault]) -> Iterator[T | InputError]:
    """Put what was read and what could not be opened back into the order of the input."""
    results = iter(outcome)
    for part in batch.parts:
        if isinstance(part, InputError):
            yield part
            continue
        result = next(results)
        yield result.to_error() if isinstance(result, Fault) else result


def read_text(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    id: str = "",  # noqa: A002  (the corpus form's own word)
) -> Claims:
    """Return the claims of one report given as text.

    Args:
        text: the report; offsets in the result are code points of exactly this text.
        published: its publication day (a date or ISO text); relative times are resolved against it.
        publisher: the outlet, whose own voice is named after it.
        id: an id to keep; without one, made from the text.

    Raises:
        Skipped: when the text is empty, not English, or too long to be a report.
        InputError: when `published` is no day.
        ResourceError: when the reader's weights or a table of the package are missing or broken.
    """
    from contested.claims import assemble
    from contested.reader import load  # loads the network's runtime: only where something is read

    document = sources.document(text, id=id, published=_day(published), publisher=publisher)
    return assemble(document, load().read([document])[0])


def _day(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError:
        raise InputError(f"expected a day such as 2016-07-31, got {published!r}") from None


def available_cores() -> int:
    """Return how many cores this process may use (fewer than the machine has, in a container or under taskset)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
