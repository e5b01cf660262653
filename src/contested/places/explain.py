"""Why a name means what it means: the phrase taken apart, and every candidate with its score and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from contested.places.gazetteer import Gazetteer
from contested.places.resolve import resolve_all
from contested.types import PlaceLink, Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a name resolves to; `near` is what the place it was asked beside resolves to, None if none was given."""

    name: PlaceLink
    near: PlaceLink | None


def explain(name: str, gazetteer: Gazetteer | None = None, near: str | None = None) -> Explanation:
    """Return what a name means in a report that names nothing else than `near`.

    >>> explain("Khan Touman", near="Aleppo").name.country
    'SYR'
    """
    text = f"{name}. {near}" if near else name
    mentions = [(Span(0, len(name)), None)]
    if near:
        mentions.append((Span(len(name) + 2, len(text)), None))
    links = resolve_all(text, mentions, gazetteer=gazetteer)
    return Explanation(links[0], links[1] if near else None)
