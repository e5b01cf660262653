"""Which column or key of a table holds what, by its name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    toml = tomllib.loads(files("contested.sources").joinpath("columns.toml").read_text(encoding="utf-8"))
    return {"columns": {k: [_bare(n) for n in v] for k, v in toml["columns"].items()}, "page": toml["page"]}


def _bare(name: str) -> str:
    return name.strip().casefold().replace("_", "").replace("-", "").replace(" ", "")


def guess_column(field: str, columns: Iterable[str]) -> str | None:
    """Return the column that most likely holds `field` ("text", "id", "date" …), or None."""
    return _guess(field, tuple(columns))


@lru_cache(maxsize=512)  # a run meets a few tables' worth of names, over and over
def _guess(field: str, columns: tuple[str, ...]) -> str | None:
    by_name = {_bare(column): column for column in reversed(columns)}
    return next((by_name[name] for name in _names()["columns"][field] if name in by_name), None)


def page_date_names() -> list[str]:
    """Return the names of <meta> elements that hold a page's publication date, best first."""
    return _names()["page"]["published"]
