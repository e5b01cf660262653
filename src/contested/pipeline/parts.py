"""Parquet parts of a coded archive: the tables `documents`, `claims`, `unread`, each a folder of numbered files."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from contested.claims.writing import Cell
from contested.errors import InputError
from contested.pipeline.coding import Cells, Coded
from contested.pipeline.folders import Folder
from contested.resources.tables import load_table

if TYPE_CHECKING:
    import pyarrow

COMPRESSION = "zstd"  # a third smaller than snappy, and written in a fiftieth of the time that reading takes
_SURROGATES = "backslashreplace"  # half a surrogate pair cannot be stored as UTF-8; it stays visible as \udc80


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return the columns of each table with their types; `columns.tsv` says what each holds."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind, _ in load_table(
        "contested.pipeline", "columns.tsv", ("table", "column", "type", "meaning")
    ):
        found.setdefault(table, {})[column] = kind
    return found


@dataclass
class Part:
    """The rows of one part, as they come. `first`: the number of its first report."""

    first: int
    rows: dict[str, list[Cells]] = field(default_factory=lambda: {table: [] for table in tables()})

    @property
    def documents(self) -> int:
        """Return how many reports it holds."""
        return len(self.rows["documents"])

    def add(self, results: Iterable[Coded | InputError]) -> None:
        """Add what a batch gave."""
        for result in results:
            number = self.first + self.documents
            if isinstance(result, InputError):
                unread: Cells = {"number": number - 1, "where": result.where, "reason": result.message}
                self.rows["unread"].append(unread)
            else:
                self.rows["documents"].append({"number": number, **result.document})
                self.rows["claims"] += ({"number": number, **row} for row in result.claims)

    def write(self, folder: Folder, part: int) -> dict[str, str]:
        """Write the tables' files of part `part` and return the SHA-256 of each. A file is whole or not there."""
        return {table: _write(rows, folder, table, part) for table, rows in self.rows.items()}


def part_name(table: str, part: int) -> str:
    """Return the name that a part of a table has in its folder."""
    return f"{table}/part-{part:06}.parquet"


def _write(rows: Sequence[Cells], folder: Folder, table: str, part: int) -> str:
    import pyarrow.parquet  # 0.2 s, needed by few runs

    columns = tables()[table]
    arrays = [pyarrow.array([_value(row.get(c), k) for row in rows], _arrow_type(k)) for c, k in columns.items()]
    written = io.BytesIO()  # a part is a few megabytes
    pyarrow.parquet.write_table(pyarrow.table(arrays, list(columns)), written, compression=COMPRESSION)
    content = written.getvalue()
    folder.write(part_name(table, part), content)
    return hashlib.sha256(content).hexdigest()


def _arrow_type(kind: str) -> pyarrow.DataType:
    import pyarrow

    kinds = {"text": pyarrow.string(), "int": pyarrow.int64(), "float": pyarrow.float64(), "date": pyarrow.date32()}
    return kinds[kind]


def _value(cell: Cell, kind: str) -> Any:
    if cell is None:
        return None
    if kind == "date":
        return date.fromisoformat(str(cell))
    if kind == "float":
        return float(cell)
    if kind == "int":
        return int(cell)
    return str(cell).encode("utf-8", _SURROGATES).decode("utf-8")
