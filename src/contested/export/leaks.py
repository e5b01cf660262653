"""The last look before a bundle leaves: no masked name may stand in any file of it, nor in a file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from contested.export.names import is_full, whole_name

_MOST_NAMES = 400  # in one pattern; longer alternations grow slow
_PAGE = 1 << 20  # bytes of text looked at at once
_OVERLAP = 400  # characters, longer than any name
_BATCH = 2_000  # rows of a Parquet file


def find_leaks(paths: Iterable[Path], names: Iterable[str]) -> Iterator[str]:
    """Yield where a masked name was found: the file, never the name. Names of one word are not looked for.

    A single word may be somebody else's name in another report; within its own report it was masked.
    """
    long = [name for name in names if is_full(name)]
    patterns = [
        re.compile("|".join(whole_name(n).pattern for n in long[at : at + _MOST_NAMES]), re.IGNORECASE)
        for at in range(0, len(long), _MOST_NAMES)
    ]
    if not patterns:
        return
    for path in paths:
        if any(p.search(path.name) for p in patterns) or any(p.search(t) for t in _texts(path) for p in patterns):
            yield str(path.name)


def refusal(paths: Iterable[Path], withheld: Mapping[str, str], in_office: frozenset[str]) -> str:
    """Return why files may not leave, "" when they may: where a name stands, and in which report it is private.

    Args:
        paths: the files.
        withheld: the masked names, each with the report in which it is private.
        in_office: those that another report gives to somebody in an office; they are not looked for.
    """
    names = [name for name in withheld if name not in in_office]
    leaking = list(find_leaks(paths := list(paths), names))
    if not leaking:
        return ""
    whose = {withheld[name] for name in names if any(find_leaks(paths, [name]))}
    reports = ", ".join(sorted(whose))
    return f"a name that is withheld in the report {reports} still stood in {', '.join(dict.fromkeys(leaking))}"


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".parquet":
        yield from _texts_of_parquet(path)
    elif is_zipfile(path):
        with ZipFile(path) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8", "replace")
    else:
        with path.open(encoding="utf-8", errors="replace") as file:
            before = ""
            while page := file.read(_PAGE):
                yield before + page
                before = page[-_OVERLAP:]


def _texts_of_parquet(path: Path) -> Iterator[str]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(batch_size=_BATCH):
        for row in batch.to_pylist():
            yield "\n".join(str(value) for value in row.values() if value is not None)
