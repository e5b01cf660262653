"""Batches read by a pool of actors through Ray Data, in order."""

from __future__ import annotations

import logging
import os
import pickle
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import islice, takewhile
from typing import Any

from contested.errors import ContestedError, InputError
from contested.pipeline.batches import Batch
from contested.pipeline.stream import Engine
from contested.pipeline.workers import Outcome, Task, read_with_workers

# Batches that the cluster is given at a time, for each reader: three minutes of work, against which the few seconds of
# starting readers count little; 10 MB in the memory of the parent, twice, since the next ones are opened meanwhile.
CHUNK_BATCHES = 512
# Batches that travel together: two seconds of work. The hundredth of a second that Ray takes for a block counts little
# against them, and the others do not wait long for the last reader of a chunk.
BLOCK_BATCHES = 4
RETRIES = 3  # of a block whose reader died; what kills three readers is read apart, here, document by document


def ray_engine(address: str | None = None, workers: int | None = None) -> Engine:
    """Return an engine that reads on a Ray cluster.

    Args:
        address: the cluster to join; None starts one on this machine (or joins what RAY_ADDRESS names).
        workers: readers; by default one for each core of the cluster.

    Raises:
        InputError: when Ray is not installed.
    """
    if find_spec("ray") is None:
        raise InputError("the engine `ray` is not installed; pip install 'contested[ray]'")
    return partial(read_with_ray, address=address, workers=workers)


def read_with_ray(
    batches: Iterator[Batch],
    task: Task[Any],
    /,
    address: str | None = None,
    workers: int | None = None,
    chunk: int = CHUNK_BATCHES,
) -> Iterator[tuple[Batch, Outcome[Any]]]:
    """Yield each batch with what `task` makes of its documents, in order.

    A reader that dies is started again and its work done again. Work that no reader survives is read on this machine,
    as the local engine does it: the document that kills is reported, everything else is read.

    Raises:
        ContestedError: when the reader or a table of the package is missing or broken on the cluster.
    """
    with _cluster(address, workers) as cores:
        readers = workers or cores
        for together in _chunks(batches, chunk * readers):
            yield from _read_chunk(together, task, readers)


def _chunks(batches: Iterator[Batch], size: int) -> Iterator[list[Batch]]:
    """Yield batches so many at a time. The next ones are opened while those before are read, by a thread of its own."""
    is_over = threading.Event()

    def open_next() -> list[Batch]:
        return list(takewhile(lambda _: not is_over.is_set(), islice(batches, size)))

    with ThreadPoolExecutor(1) as opener:
        try:
            opening = opener.submit(open_next)
            while together := opening.result():
                opening = opener.submit(open_next)
                yield together
        finally:
            is_over.set()


@contextmanager
def _cluster(address: str | None, workers: int | None) -> Iterator[int]:
    """Join a cluster, or start one on this machine, for as long as the context lasts; give its number of cores."""
    import ray  # seconds, an extra: only where it is asked for

    ours = not ray.is_initialized()
    if ours and (address or os.environ.get("RAY_ADDRESS")):
        ray.init(address=address, log_to_driver=False, configure_logging=False)
    elif ours:
        # Ray's readers stand back behind everything else (niceness 15); the processes of the local engine do not
        os.environ.setdefault("RAY_worker_niceness", "0")
        # "local": without a word Ray would join whatever cluster was last started by hand on this machine
        ray.init("local", num_cpus=workers, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        yield max(1, int(ray.cluster_resources().get("CPU", 1)))  # type: ignore[no-untyped-call]
    finally:
        if ours:
            ray.shutdown()


def _read_chunk(batches: list[Batch], task: Task[Any], workers: int) -> Iterator[tuple[Batch, Outcome[Any]]]:
    from ray.exceptions import RayActorError

    done = 0
    try:
        for batch, row in zip(batches, _outcomes(batches, task, workers), strict=True):
            outcome = pickle.loads(row)
            if isinstance(outcome, ContestedError):
                raise outcome
            yield batch, outcome
            done += 1
    except RayActorError:  # readers died, again and again
        yield from read_with_workers(batches[done:], 1, task)


def _outcomes(batches: list[Batch], task: Task[Any], workers: int) -> Iterator[bytes]:
    """Yield the pickled outcome of each batch, in order."""
    import ray.data
    from ray.util.annotations import RayDeprecationWarning

    logging.getLogger("ray.data").setLevel(logging.WARNING)  # else its plans stand between the lines of our progress
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    ray.data.DataContext.get_current().enable_progress_bars = False
    blocks = -(-len(batches) // BLOCK_BATCHES)
    rows = [{"documents": pickle.dumps(batch.documents)} for batch in batches]
    with warnings.catch_warnings():
        # There is no other way yet to say how often a reader is started again; 2.64, which drops this one, is shut out
        # in pyproject.toml.
        warnings.simplefilter("ignore", RayDeprecationWarning)
        read = ray.data.from_items(rows, override_num_blocks=blocks).map(
            _Reader,  # type: ignore[arg-type]  # Ray makes the actor of the class itself
            fn_constructor_args=(task,),
            compute=ray.data.ActorPoolStrategy(size=min(workers, blocks)),
            num_cpus=1,
            max_restarts=RETRIES,
            max_task_retries=RETRIES,
        )
    for row in read.iter_rows():
        yield row["outcome"]


class _Reader:
    """One actor: loads the reader with its first batch and keeps it."""

    def __init__(self, task: Task[Any]) -> None:
        self._task = task

    def __call__(self, row: dict[str, bytes]) -> dict[str, bytes]:
        documents = pickle.loads(row["documents"])
        try:
            outcome: Outcome[Any] | ContestedError = self._task(documents) if documents else []
        except ContestedError as error:  # what is wrong is the same on every machine: not to be tried again
            outcome = error
        return {"outcome": pickle.dumps(outcome)}
