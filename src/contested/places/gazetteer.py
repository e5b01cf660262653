"""What a gazetteer is: entries with coordinates, found by name. Every source of places answers to one protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from contested.types import PlaceLevel


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a gazetteer.

    `country` is the ISO3 code of the state it is internationally counted in, None for waters and for regions of several
    states (then `countries` lists them). `admin1`, `admin2` are names. `radius_km` says how far the place reaches from
    its centre; 0 when the source does not say. `population` is 0 when not known.
    """

    id: str
    name: str
    level: PlaceLevel
    country: str | None
    lat: float
    lon: float
    radius_km: float = 0.0
    population: int = 0
    admin1: str = ""
    admin2: str = ""
    countries: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry, and the folded name under which it was found."""

    entry: Entry
    folded: str


@dataclass(frozen=True, slots=True)
class GazetteerSource:
    """Where entries come from: what a user has to cite, and how old it is."""

    name: str
    licence: str
    date: str
    entries: int


class Gazetteer(Protocol):
    """Places by name."""

    def named(self, key: str) -> Sequence[Found]:
        """Return every entry that has a name of this skeleton (`names.skeleton`), in no particular order."""
        ...

    def close_to(self, key: str, limit: int) -> Sequence[Found]:
        """Return entries with a skeleton at most `limit` letters away that begins with the same three letters."""
        ...

    def sources(self) -> Sequence[GazetteerSource]:
        """Return where the entries come from."""
        ...


class LayeredGazetteer:
    """Several gazetteers asked as one; of entries with the same id the first layer's counts."""

    def __init__(self, layers: Sequence[Gazetteer]) -> None:
        self.layers = tuple(layers)

    def named(self, key: str) -> Sequence[Found]:
        """Return what any layer has under this skeleton."""
        return self._merge([layer.named(key) for layer in self.layers])

    def close_to(self, key: str, limit: int) -> Sequence[Found]:
        """Return what any layer has near this skeleton."""
        return self._merge([layer.close_to(key, limit) for layer in self.layers])

    def sources(self) -> Sequence[GazetteerSource]:
        """Return the sources of all layers, in order."""
        return [source for layer in self.layers for source in layer.sources()]

    @staticmethod
    def _merge(answers: Sequence[Sequence[Found]]) -> Sequence[Found]:
        filled = [answer for answer in answers if answer]
        if len(filled) < 2:
            return filled[0] if filled else ()
        kept: dict[tuple[str, str], Found] = {}
        for answer in filled:
            for found in answer:
                kept.setdefault((found.entry.id, found.folded), found)
        return tuple(kept.values())
