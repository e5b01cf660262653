"""Small gazetteers built by hand, so that a test says all that the resolver can know."""

from __future__ import annotations

from contested.places import Entry, GazetteerSource, LayeredGazetteer, NamedEntries
from contested.places.tables import load_country_entries
from contested.types import PlaceLevel, Span

L = PlaceLevel


def town(
    name: str,
    country: str,
    lat: float,
    lon: float,
    *,
    level: PlaceLevel = L.TOWN,
    population: int = 0,
    radius_km: float = 0.0,
    admin1: str = "",
) -> Entry:
    """Return an entry whose id is its name and country."""
    return Entry(
        id=f"{name}:{country}:{level}",
        name=name,
        level=level,
        country=country,
        lat=lat,
        lon=lon,
        population=population,
        radius_km=radius_km,
        admin1=admin1,
        source="test",
    )


def world(*entries: Entry | tuple[Entry, tuple[str, ...]]) -> LayeredGazetteer:
    """Return a gazetteer of these entries (with other names) and the countries of the world."""
    named = [(e, ()) if isinstance(e, Entry) else e for e in entries]
    return LayeredGazetteer(
        (load_country_entries(), NamedEntries(named, GazetteerSource("test", "none", "2026", len(named))))
    )


def spans(text: str, *words: str) -> list[tuple[Span, None]]:
    """Return the span of each of `words` in the text, each looked for after the one before."""
    found, start = [], 0
    for word in words:
        start = text.index(word, start)
        found.append((Span(start, start + len(word)), None))
        start += len(word)
    return found
