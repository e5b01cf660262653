"""Sorted TSV tables that ship in a package: a header line, one row a line, `|` between the values of a field."""

from __future__ import annotations

from importlib.resources import files

from contested.errors import ResourceError


def load_table(package: str, filename: str, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the rows of a TSV file inside a package, each with exactly as many fields as `columns`.

    Lines that start with `#` and empty lines are left out.

    Raises:
        ResourceError: when the file is missing, its header is not `columns`, or a row has another number of fields.
    """
    where = f"{package}/{filename}"
    try:
        lines = files(package).joinpath(filename).read_text(encoding="utf-8").split("\n")
    except (OSError, ModuleNotFoundError) as error:
        raise ResourceError(f"table {where} cannot be read: {error}") from error
    if tuple(lines[0].split("\t")) != columns:
        raise ResourceError(f"table {where}: expected the columns {', '.join(columns)}; found {lines[0]!r}")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) != len(columns):
            raise ResourceError(f"table {where}:{number}: expected {len(columns)} fields, found {len(row)}")
        rows.append(row)
    return rows


def values(field: str) -> tuple[str, ...]:
    """Return the values of a field that may hold several.

    >>> values("Kyiv|Kiev")
    ('Kyiv', 'Kiev')
    >>> values("")
    ()
    """
    return tuple(field.split("|")) if field else ()
