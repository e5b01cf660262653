"""Reads one batch of documents: reader, then claims. This is all that a worker process runs."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from contested import places
from contested.claims import assemble
from contested.errors import ContestedError, InputError
from contested.types import Claims, Device, Document, Reading

T = TypeVar("T")  # what becomes of a document's claims

# What a worker is given at once, four articles of 600 words; each report is read alone (decision 34).
BATCH_CHARACTERS = 16_000
BATCH_DOCUMENTS = 32  # of one-paragraph entries, so that results do not wait for hundreds of them


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive input in order: documents to read, and what could not be opened, each in its place."""

    parts: tuple[Document | InputError, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents alone, in order."""
        return tuple(part for part in self.parts if isinstance(part, Document))

    @property
    def characters(self) -> int:
        """Return how much text there is to read."""
        return sum(len(d.text) for d in self.documents)


@dataclass(frozen=True, slots=True)
class Fault:
    """A document that we failed on: which one, at which stage, and what was raised. Crosses from worker to parent."""

    document: str
    where: str
    stage: str
    raised: str

    def to_error(self) -> InputError:
        """Return the fault as the error that the run reports for this document."""
        return InputError(
            f"not read: a fault of this program while {self.stage} document {self.document!r} ({self.raised}); "
            "the rest is read. Please report it together with the document",
            self.where,
        )


def cut_into_batches(opened: Iterable[Document | InputError]) -> Iterator[Batch]:
    """Yield the stream in batches that keep its order; what could not be opened takes no room."""
    parts: list[Document | InputError] = []
    documents = characters = 0
    for part in opened:
        parts.append(part)
        if isinstance(part, Document):
            documents += 1
            characters += len(part.text)
        if documents >= BATCH_DOCUMENTS or characters >= BATCH_CHARACTERS:
            yield Batch(tuple(parts))
            parts, documents, characters = [], 0, 0
    if parts:
        yield Batch(tuple(parts))


def read_documents(
    documents: tuple[Document, ...], gazetteer: Path | None = None, device: Device = Device.CPU
) -> list[Claims | Fault]:
    """Return the claims of each document, in order. One bad document costs only itself.

    Args:
        documents: what to read.
        gazetteer: a gazetteer file to look places up in, besides what ships with the package.
        device: on what the network runs.

    Raises:
        ContestedError: when the reader or a table of the package is missing or broken: then nothing can be read.
    """
    from contested.reader import load  # loads the network's runtime: only where something is read

    reader = load() if device is Device.CPU else load(device=device)  # the same words, or a second one is loaded
    try:
        readings: list[Reading | Fault] = list(reader.read(documents))
    except ContestedError:
        raise
    except Exception:  # some document of the batch: find it by reading one at a time
        readings = []
        for document in documents:
            try:
                readings.extend(reader.read([document]))
            except Exception as error:
                readings.append(_fault(document, "reading", error))
    opened = _open_gazetteer(gazetteer) if gazetteer else None
    return [_assemble(document, reading, opened) for document, reading in zip(documents, readings, strict=True)]


def read_documents_as(
    make: Callable[[Claims], T],
    documents: tuple[Document, ...],
    gazetteer: Path | None = None,
    device: Device = Device.CPU,
) -> list[T | Fault]:
    """Return what `make` makes of the claims of each document, in order, else as `read_documents` does."""
    read = read_documents(documents, gazetteer, device)
    return [result if isinstance(result, Fault) else make(result) for result in read]


@cache
def _open_gazetteer(path: Path) -> places.Gazetteer:
    """Return a gazetteer file, opened once in each process."""
    return places.open_gazetteer(path)


def _assemble(document: Document, reading: Reading | Fault, gazetteer: places.Gazetteer | None) -> Claims | Fault:
    if isinstance(reading, Fault):
        return reading
    try:
        return assemble(document, reading, gazetteer=gazetteer)
    except ContestedError:
        raise
    except Exception as error:
        return _fault(document, "assembling the claims of", error)


def _fault(document: Document, stage: str, error: Exception) -> Fault:
    return Fault(document.id, document.where, stage, f"{type(error).__name__}: {error}")


def start_worker() -> None:
    """Prepare a worker process: an interrupt from the keyboard is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
