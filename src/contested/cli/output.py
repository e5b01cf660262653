"""Writes claims in the form that was asked for, one report after the other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TextIO

from contested.types import Claims

Write = Callable[[Claims], None]
_WIDTH_UNKNOWN = 100  # columns where there is no terminal to ask, as in a pipe or a file
_WIDEST = 120  # columns; longer lines of prose are hard to follow with the eye


class Format(StrEnum):
    """What `read` prints."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


@contextmanager
def open_writer(form: Format, file: TextIO, *, explain: bool = False) -> Iterator[Write]:
    """Give a function that writes one report's claims to `file`, and close the form properly at the end."""
    if form is Format.TABLE:
        yield _table_writer(file, explain)
    elif form is Format.JSONL:
        yield lambda claims: _write_json(claims, file, end="\n")
    elif form is Format.CSV:
        from contested.cli.rows import RowWriter

        yield RowWriter(file).write
    else:
        separators = iter(["[\n"])
        try:
            yield lambda claims: _write_json(claims, file, start=next(separators, ",\n"))
        finally:
            file.write("[]\n" if next(separators, None) else "\n]\n")


def _write_json(claims: Claims, file: TextIO, *, start: str = "", end: str = "") -> None:
    from contested.claims import to_form

    file.write(start + json.dumps(to_form(claims), ensure_ascii=False) + end)


def _table_writer(file: TextIO, explain: bool) -> Write:
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
