"""Writes claims in the form that was asked for, one report after the other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TextIO

from contested.types import Claims

Content = Claims | str
Write = Callable[[Content], None]
_WIDTH_UNKNOWN = 100  # columns where there is no terminal to ask, as in a pipe or a file
_WIDEST = 120  # columns; longer lines of prose are hard to follow with the eye


class Format(StrEnum):
    """What `read` prints."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much one report gave."""

    claims: int
    events: int
    disputes: int
    places: int
    nil_places: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One report ready to be written: as text where its form allows it, and what the run says of it beside.

    It is made where the report was read, and is all that a process has to send.
    """

    content: Content
    counts: Counts
    warnings: tuple[str, ...]


def print_report(claims: Claims, form: Format) -> Printed:
    """Return one report ready to be written in a form."""
    document = claims.document
    counts = Counts(
        len(claims.claims),
        len(claims.events),
        len(claims.disputes),
        len(claims.places),
        sum(place.link.lat is None for place in claims.places),
    )
    content: Content = claims
    if form in (Format.JSON, Format.JSONL):
        from contested.claims import to_form

        # without a check for circles: a tree of new lists and dicts has none, and there are a thousand of them
        content = json.dumps(to_form(claims), ensure_ascii=False, check_circular=False)
    return Printed(content, counts, tuple(f"{document.where or document.id}: {w}" for w in document.warnings))


@contextmanager
def open_writer(form: Format, file: TextIO, *, explain: bool = False) -> Iterator[Write]:
    """Give a function that writes what `print_report` gives to `file`, and close the form properly at the end."""
    if form is Format.TABLE:
        yield _of_claims(_table_writer(file, explain))
    elif form is Format.JSONL:
        yield lambda content: _write_text(content, file, end="\n")
    elif form is Format.CSV:
        from contested.cli.rows import RowWriter

        yield _of_claims(RowWriter(file).write)
    else:
        separators = iter(["[\n"])
        try:
            yield lambda content: _write_text(content, file, start=next(separators, ",\n"))
        finally:
            file.write("[]\n" if next(separators, None) else "\n]\n")


def _write_text(content: Content, file: TextIO, *, start: str = "", end: str = "") -> None:
    file.write(f"{start}{content}{end}")


def _of_claims(write: Callable[[Claims], None]) -> Write:
    def write_claims(content: Content) -> None:
        assert isinstance(content, Claims)  # as `print_report` leaves it for this form
        write(content)

    return write_claims


def _table_writer(file: TextIO, explain: bool) -> Callable[[Claims], None]:
    from rich.console import Console

    from contested.cli.table import render_report

    width = min(shutil.get_terminal_size().columns, _WIDEST) if file.isatty() else _WIDTH_UNKNOWN
    console = Console(file=file, width=width, highlight=False, soft_wrap=False)

    def write(claims: Claims) -> None:
        console.print(render_report(claims))
        if explain:
            from contested.cli.explain import render_explanation

            console.print(render_explanation(claims))

    return write
