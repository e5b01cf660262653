"""A workbook for spreadsheets: our own tables, a sheet each, and what they are. Texts are never formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from contested.errors import InputError
from contested.export.options import Options
from contested.export.out import Out
from contested.export.own_tables import TABLES, Value, typed_rows
from contested.export.problems import Problem
from contested.export.schema import load_columns, names_of
from contested.export.view import ExportView

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FILE = "contested.xlsx"
MOST_ROWS = 1_048_576  # of a sheet
_MOST_CHARACTERS = 32_767  # of a cell
_MADE = datetime(2000, 1, 1)  # a workbook states when it was made; a fixed day gives the same bytes in every run
_ABOUT = (
    "What is written here is claimed in news reports; nothing in it is established.",
    "claims: one row for each claim and event it covers. incidents: what many reports tell of one event.",
    "control: who is said to hold which place. documents: the reports.",
    "killed_low to killed_high is the range that still stands; killed_best is given where killed_rule makes one.",
)
_FORMULA = re.compile(rb"<f[ >/]")


def write(view: ExportView, options: Options, out: Out) -> int:
    """Write the workbook and return how many claims it has.

    Raises:
        InputError: when a table has more rows than a sheet takes.
    """
    import xlsxwriter

    with out.binary(FILE) as file:
        # rows go to a file on the way, so memory stays constant; strings stand in their cells
        book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"title": "contested: claims, not facts", "created": _MADE})
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        about = book.add_worksheet("about")
        for line, text in enumerate(_ABOUT):
            about.write_string(line, 0, text)
        number = 0
        for table in TABLES:
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for at, name in enumerate(names_of(table)):
                sheet.write_string(0, at, name, bold)
            rows = _write_rows(sheet, typed_rows(table, view, options), day)
            number = rows if table == TABLES[0] else number
        book.close()
    return number


def _write_rows(sheet: Worksheet, rows: Iterator[list[Value]], day: Any) -> int:
    number = 0
    for number, row in enumerate(rows, start=1):
        if number >= MOST_ROWS:
            raise InputError(
                f"a sheet takes {MOST_ROWS - 1:,} rows, and there are more: export parquet, or ask for less"
            )
        for at, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(number, at, value)
            elif isinstance(value, int | float):
                sheet.write_number(number, at, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, at, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write_string(number, at, value[:_MOST_CHARACTERS])
    return number


def check(path: Path) -> Iterator[Problem]:
    """Yield what is illegal in a workbook: sheets that are missing, other headers, and any formula."""
    from xml.etree import ElementTree as Xml

    try:
        with ZipFile(path) as book:
            names = [s.get("name") for s in Xml.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")]
            for table in TABLES:
                if table not in names:
                    yield Problem(0, table, "", "the sheet is missing")
                    continue
                sheet = book.read(f"xl/worksheets/sheet{names.index(table) + 1}.xml")
                if _FORMULA.search(sheet):
                    yield Problem(0, table, "", "no cell is a formula")
                header = _header(sheet, _shared(book))
                if header[: len(load_columns(table))] != list(names_of(table)):
                    yield Problem(0, table, ",".join(header), "the columns of the table, in their order")
    except (BadZipFile, KeyError, Xml.ParseError, OSError) as error:
        yield Problem(0, "", path.name, f"not a workbook: {error}")


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _shared(book: ZipFile) -> list[str]:
    from xml.etree import ElementTree as Xml

    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [
        "".join(t.text or "" for t in si.iter(f"{_MAIN}t")) for si in Xml.fromstring(book.read("xl/sharedStrings.xml"))
    ]


def _header(sheet: bytes, shared: list[str]) -> list[str]:
    from xml.etree import ElementTree as Xml

    first = next(Xml.fromstring(sheet).iter(f"{_MAIN}row"), None)
    cells = []
    for cell in first.iter(f"{_MAIN}c") if first is not None else ():
        text = "".join(t.text or "" for t in cell.iter(f"{_MAIN}t")) or (cell.findtext(f"{_MAIN}v") or "")
        cells.append(shared[int(text)] if cell.get("t") == "s" else text)
    return cells
