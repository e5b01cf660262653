"""Batches read by several processes: order kept, memory bounded, and no document lost when a process dies."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from contested.pipeline.batches import Batch, Fault, start_worker
from contested.types import Document

T = TypeVar("T")  # what a document becomes: its claims, or rows of them
Outcome = list[T | Fault]
Task = Callable[[tuple[Document, ...]], Outcome[T]]

AHEAD = 2  # batches waiting for each process: one in work, one ready; more would only hold memory


def read_with_workers(batches: Iterable[Batch], jobs: int, task: Task[T]) -> Iterator[tuple[Batch, Outcome[T]]]:
    """Yield each batch with what its documents gave, in order. `task` is what a process does with a batch.

    A process that dies (out of memory, a crash in a library) takes its pool with it: whatever was under way is read
    again, batch by batch and then document by document, each in a process of its own. A document that kills its process
    again is reported; everything else is read.
    """
    pool = _new_pool(jobs)
    waiting: deque[tuple[Batch, Future[Outcome[T]]]] = deque()
    try:
        for batch in batches:
            try:
                waiting.append((batch, pool.submit(task, batch.documents)))
            except BrokenProcessPool:
                yield from _collect(waiting, task)
                yield batch, _read_apart(batch.documents, task)
                pool = _new_pool(jobs)
            if len(waiting) >= jobs * AHEAD:
                yield _result(*waiting.popleft(), task)
        yield from _collect(waiting, task)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _new_pool(jobs: int) -> ProcessPoolExecutor:
    # spawn, not fork: the parent may have threads, and a forked network runtime can hang
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=start_worker)


def _collect(waiting: deque[tuple[Batch, Future[Outcome[T]]]], task: Task[T]) -> Iterator[tuple[Batch, Outcome[T]]]:
    while waiting:
        yield _result(*waiting.popleft(), task)


def _result(batch: Batch, future: Future[Outcome[T]], task: Task[T]) -> tuple[Batch, Outcome[T]]:
    try:
        return batch, future.result()
    except BrokenProcessPool:
        return batch, _read_apart(batch.documents, task)


def _read_apart(documents: tuple[Document, ...], task: Task[T]) -> Outcome[T]:
    """Return what documents give when read apart from all others, halving them until the one that kills is alone."""
    try:
        with _new_pool(1) as pool:
            return pool.submit(task, documents).result()
    except BrokenProcessPool:
        if len(documents) == 1:
            return [_death(documents[0])]
        middle = len(documents) // 2
        return _read_apart(documents[:middle], task) + _read_apart(documents[middle:], task)


def _death(document: Document) -> Fault:
    return Fault(document.id, document.where, "reading", "the process died, twice; perhaps the memory ran out")
