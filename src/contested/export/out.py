"""Where an export goes: one file or the screen, or a folder that also takes what explains it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from contested.errors import InputError


class Out(Protocol):
    """Where a format writes its files."""

    @property
    def takes_more(self) -> bool:
        """Whether files beside the main one are wanted: a folder takes them, a single file or the screen does not."""

    def binary(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Give an open file for bytes."""

    def text(self, name: str) -> AbstractContextManager[TextIO]:
        """Give an open file for text: UTF-8, line ends as written."""


class OutFolder:
    """A folder; `written` are the files in it, in the order in which they were opened."""

    takes_more = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []

    @contextmanager
    def binary(self, name: str) -> Iterator[BinaryIO]:
        """Give an open file of this name, which may hold folders (`a/b.txt`)."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written.append(name)
        with path.open("wb") as file:
            yield file

    @contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """Give an open file of this name for text."""
        with self.binary(name) as file, _as_text(file) as text:
            yield text


class OutFile:
    """One open file, or standard output: takes the main file of a format and no other.

    Raises:
        InputError: when a format opens a second file.
    """

    takes_more = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.written: list[str] = []

    @contextmanager
    def binary(self, name: str) -> Iterator[BinaryIO]:
        """Give the file."""
        if self.written:
            raise InputError(f"expected a folder to write to: this format has several files, {name} is the second one")
        self.written.append(name)
        yield self._file

    @contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """Give the file for text."""
        with self.binary(name) as file, _as_text(file) as text:
            yield text


@contextmanager
def _as_text(file: BinaryIO) -> Iterator[TextIO]:
    # half a surrogate pair in a text cannot be encoded; as \udc80 it can at least be seen
    text = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="", write_through=False)
    try:
        yield text
        text.flush()
    finally:
        text.detach()
