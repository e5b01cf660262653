"""Other people's programs that read what we export: each says what it found in a file, or raises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from contested.export import FormatName


def _ask_pandas_tsv(path: Path) -> str:
    import pandas

    table = pandas.read_csv(path, sep="\t", na_values=["None"])
    return f"{len(table)} rows, {len(table.columns)} columns"


# By format, then by the module that must be installed.
FOREIGN: dict[FormatName, dict[str, Callable[[Path], str]]] = {
    FormatName.POLECAT: {"pandas": _ask_pandas_tsv},
}
