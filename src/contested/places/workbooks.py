"""Workbooks (.xlsx) as tables: each sheet's first row names its columns, every value is read as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from contested.errors import InputError

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet


def is_workbook(path: Path) -> bool:
    """Return whether a file is a workbook, by its name."""
    return path.suffix.lower() in (".xlsx", ".xlsm")


class Sheet:
    """One sheet, read as `csv.DictReader` reads a file: rows by heading, and the number of the row last read."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        self._title = sheet.title
        self._rows = sheet.iter_rows(values_only=True)
        self.line_num = 1
        self.fieldnames: Sequence[str] = [_text(value) for value in next(self._rows, ())]

    def __iter__(self) -> Iterator[dict[str, str]]:
        for row in self._rows:
            self.line_num += 1
            if any(value is not None for value in row):
                yield dict(zip(self.fieldnames, map(_text, row), strict=False))

    def __str__(self) -> str:
        return f"sheet {self._title}"


@contextmanager
def open_sheets(path: Path) -> Iterator[Sequence[Sheet]]:
    """Open a workbook and give its sheets, which are read as a stream.

    Raises:
        InputError: when the file is missing or no workbook, or what reads workbooks is not installed.
    """
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ModuleNotFoundError as error:
        raise InputError(
            "to read workbooks: pip install 'contested[gazetteer]', or save it as CSV", str(path)
        ) from error
    if not path.exists():
        raise InputError("no such file", str(path))
    with path.open("rb") as raw:  # ours to close: the workbook leaves it open while a sheet is half read
        try:
            book = load_workbook(raw, read_only=True, data_only=True)
        except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
            raise InputError(f"not a workbook ({error})", str(path)) from error
        yield [Sheet(sheet) for sheet in book.worksheets]


def _text(value: Any) -> str:
    """Return a cell as text; a whole number without the point that workbooks put behind it."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
