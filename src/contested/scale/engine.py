"""Batches read by actors of a Ray cluster, in order."""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from itertools import islice
from typing import Any

from contested.errors import ContestedError, InputError
from contested.pipeline.batches import Batch
from contested.pipeline.stream import Engine
from contested.pipeline.workers import Outcome, Task, read_with_workers

# Batches that travel together: a second or two of work. The hundredth of a second that Ray takes for a task counts
# little against them.
BLOCK_BATCHES = 4
# Blocks under way for each reader, over all of them: one in work, one ready, one done that waits for an earlier one.
AHEAD = 3
RETRIES = 3  # of the work of a reader that died; what kills it each time is read apart, here, document by document


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
    block: int = BLOCK_BATCHES,
) -> Iterator[tuple[Batch, Outcome[Any]]]:
    """Yield each batch with what `task` makes of its documents, in order.

    The readers live as long as the input lasts: each loads the network once. A reader that dies is started again and
    its work done again. Work that no reader survives is read on this machine, as the local engine does it: the document
    that kills is reported, everything else is read.

    Args:
        batches: the input; so many are in memory as the readers have before them.
        task: what is done with the documents of a batch.
        address: the cluster to join, as for `ray_engine`.
        workers: readers, likewise.
        block: batches that travel together.

    Raises:
        InputError: when no cluster answers at the address.
        ContestedError: when the reader or a table of the package is missing or broken on the cluster.
    """
    with _cluster(address, workers) as cores:
        pool = _Pool(task, workers or cores)
        try:
            while together := list(islice(batches, block)):
                pool.send(together)
                if pool.is_full:
                    yield from pool.receive()
            while pool.under_way:
                yield from pool.receive()
        finally:
            pool.stop()


@contextmanager
def _cluster(address: str | None, workers: int | None) -> Iterator[int]:
    """Join a cluster, or start one on this machine, for as long as the context lasts; give its number of cores.

    Raises:
        InputError: when nobody answers at the address.
    """
    import ray  # seconds, an extra: only where it is asked for

    ours = not ray.is_initialized()
    if ours and (address or os.environ.get("RAY_ADDRESS")):
        where = address or os.environ["RAY_ADDRESS"]
        try:
            ray.init(address=address, log_to_driver=False, configure_logging=False)
        except (ConnectionError, RuntimeError) as error:  # Ray says either, by the kind of address
            raise InputError(
                f"no Ray cluster answers at {where}; is it up, and is this one let in? ({error})"
            ) from error
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


@dataclass(slots=True)
class _Block:
    """Batches under way: which reader has them, and Ray's reference to what will come back."""

    batches: list[Batch]
    reader: int
    coming: Any


@dataclass(slots=True)
class _Pool:
    """Readers and the blocks that they have before them, in the order of the input."""

    task: Task[Any]
    size: int
    readers: list[Any] = field(default_factory=list)
    starting: dict[int, Any] = field(
        default_factory=dict
    )  # readers not yet known to be up, and what comes once they are
    under_way: deque[_Block] = field(default_factory=deque)

    @property
    def is_full(self) -> bool:
        """Return whether the readers that are up have enough to do. Others may wait long for a core of their own."""
        return len(self.under_way) >= AHEAD * len(self._up())

    def send(self, batches: list[Batch]) -> None:
        """Give batches to the reader with least to do, of those that are up; start another where all have something."""
        load = dict.fromkeys(self._up(), 0)
        for block in self._unfinished():
            if block.reader in load:
                load[block.reader] += 1
        if len(self.readers) < self.size and all(load.values()):
            self.readers.append(None)
            self._start(len(self.readers) - 1)
        reader = min(load, key=load.__getitem__) if load else self._first_up()
        self.under_way.append(_Block(batches, reader, self._read(reader, batches)))

    def receive(self) -> Iterator[tuple[Batch, Outcome[Any]]]:
        """Yield the outcomes of the first block under way, once they are there."""
        import ray
        from ray.exceptions import RayActorError

        first = self.under_way.popleft()
        try:
            rows = ray.get(first.coming)
        except RayActorError:  # the reader died of it, again and again; what it had beside goes to a new one
            self._start(first.reader)
            for block in self.under_way:
                if block.reader == first.reader:
                    block.coming = self._read(block.reader, block.batches)
            yield from read_with_workers(first.batches, 1, self.task)
            return
        for batch, row in zip(first.batches, rows, strict=True):
            outcome = pickle.loads(row)
            if isinstance(outcome, ContestedError):
                raise outcome
            yield batch, outcome

    def stop(self) -> None:
        """End all readers, whatever they are at."""
        import ray

        for reader in self.readers:
            ray.kill(reader)

    def _up(self) -> list[int]:
        """Return which readers are up."""
        import ray

        for reader, coming in list(self.starting.items()):
            if ray.wait([coming], timeout=0)[0]:
                del self.starting[reader]
        return [reader for reader in range(len(self.readers)) if reader not in self.starting]

    def _first_up(self) -> int:
        """Return the reader that is up first, once it is."""
        import ray

        ray.wait(list(self.starting.values()), num_returns=1)
        return self._up()[0]

    def _unfinished(self) -> list[_Block]:
        import ray

        coming = [block.coming for block in self.under_way]
        done = set(ray.wait(coming, num_returns=len(coming), timeout=0)[0]) if coming else set()
        return [block for block in self.under_way if block.coming not in done]

    def _start(self, reader: int) -> None:
        import ray

        settings: dict[str, Any] = {"num_cpus": 1, "max_restarts": RETRIES, "max_task_retries": RETRIES}
        self.readers[reader] = ray.remote(**settings)(_Reader).remote(self.task)
        self.starting[reader] = self.readers[reader].read.remote([])

    def _read(self, reader: int, batches: list[Batch]) -> Any:
        return self.readers[reader].read.remote([pickle.dumps(batch.documents) for batch in batches])


class _Reader:
    """One actor: loads the reader with its first batch and keeps it."""

    def __init__(self, task: Task[Any]) -> None:
        self._task = task

    def read(self, batches: list[bytes]) -> list[bytes]:
        """Return the pickled outcome of each batch of pickled documents."""
        return [pickle.dumps(self._outcome(pickle.loads(documents))) for documents in batches]

    def _outcome(self, documents: Any) -> Outcome[Any] | ContestedError:
        try:
            return self._task(documents) if documents else []
        except ContestedError as error:  # what is wrong is the same on every machine: not to be tried again
            return error
