"""From a ranked entry and the words around its name to the link that leaves the room: point, radius, codes, reason."""

from __future__ import annotations

from dataclasses import replace

from contested.places.bare import BarePhrase
from contested.places.borders import border_point
from contested.places.cues import cue
from contested.places.gazetteer import Entry
from contested.places.geometry import between, distance_km, moved
from contested.places.phrases import Effect, Phrase
from contested.places.precision import AROUND_KM, OFFSET_KM, entry_radius, precision_of
from contested.places.rank import Scored, candidate
from contested.types import PlaceLevel, PlaceLink

L = PlaceLevel
_SIDE = 0.5  # a side of a place lies half its radius from the centre
_AREAS = frozenset({L.COUNTRY, L.REGION, L.ADM1, L.ADM2})


def link_named(phrase: Phrase, ranked: tuple[Scored, ...], other: Scored | None, hint: PlaceLevel | None) -> PlaceLink:
    """Return the link of a phrase whose name was found."""
    entry = ranked[0].entry
    lat, lon, span_km = _point(phrase, entry, other.entry if other else None)
    precision = precision_of(entry, phrase.effect, span_km)
    named = phrase.effect is Effect.NAMED or (phrase.effect is Effect.AT and entry.level in (L.SITE, L.DISTRICT))
    return PlaceLink(
        name=entry.name,
        country=entry.country,
        level=entry.level if named else _level_of_part(phrase, entry, hint),
        lat=lat,
        lon=lon,
        rule=phrase.rule,
        reason=f"{precision.reason}; {ranked[0].why}",
        chosen=candidate(ranked[0]),
        candidates=tuple(candidate(s) for s in ranked),
        relation="" if phrase.effect is Effect.NAMED else phrase.relation,
        radius_km=round(precision.radius_km, 1),
        acled_precision=precision.acled,
        ucdp_precision=precision.ucdp,
    )


def _point(phrase: Phrase, entry: Entry, other: Entry | None) -> tuple[float, float, float | None]:
    """Return the point, and the distance that its uncertainty depends on."""
    if phrase.effect is Effect.BETWEEN and other:
        apart = distance_km(entry.lat, entry.lon, other.lat, other.lon)
        return *between(entry.lat, entry.lon, other.lat, other.lon), apart / 2
    if phrase.effect is Effect.ACROSS and other:
        return border_point(entry, other)
    if phrase.effect is Effect.OFFSET:
        km = phrase.distance_km if phrase.distance_km is not None else entry_radius(entry) * _SIDE + OFFSET_KM
        return *moved(entry.lat, entry.lon, phrase.direction, km), phrase.distance_km
    if phrase.direction and phrase.effect is Effect.AROUND and entry.level not in _AREAS:
        return *moved(entry.lat, entry.lon, phrase.direction, AROUND_KM), None
    if phrase.direction and phrase.effect is not Effect.NAMED:
        return *moved(entry.lat, entry.lon, phrase.direction, entry_radius(entry) * _SIDE), None
    return entry.lat, entry.lon, phrase.distance_km


def _level_of_part(phrase: Phrase, entry: Entry, hint: PlaceLevel | None) -> PlaceLevel:
    if hint:
        return hint
    if phrase.effect in (Effect.PART, Effect.INSIDE):
        return L.REGION if entry.level in _AREAS else L.DISTRICT
    return phrase.level or (L.REGION if entry.level in _AREAS else entry.level)


def link_within(text: str, near: PlaceLink, hint: PlaceLevel | None, rule: str) -> PlaceLink:
    """Return the link of a name that no gazetteer knows: the place said nearby that should hold it."""
    assert near.chosen is not None
    radius = max(2 * (near.radius_km or 10.0), 15.0)
    return replace(
        near,
        level=hint or L.SITE,
        rule=rule,
        reason=f"“{text}” is in no gazetteer; taken to lie in or near {near.name}, which the report names beside it",
        relation=text,
        radius_km=round(radius, 1),
        acled_precision=2 if near.chosen.level not in _AREAS else 3,
        ucdp_precision=2 if near.chosen.level not in _AREAS else 5,
    )


def link_bare(text: str, near: PlaceLink, bare: BarePhrase, hint: PlaceLevel | None) -> PlaceLink:
    """Return the link of words without a name: the place said nearby, moved or widened as the words say."""
    lat, lon = near.lat, near.lon
    if bare.direction and lat is not None and lon is not None:
        lat, lon = moved(lat, lon, bare.direction, (near.radius_km or 5.0) * _SIDE)
    named = bare.effect is Effect.NAMED
    if named and bare.antecedent == "settlement" and cue("one-or-some").match(text):
        return replace(link_within(text, near, hint, bare.rule), reason=f"“{text}” lies by {near.name}, said nearby")
    return replace(
        near,
        level=near.level if named else hint or near.level,
        lat=lat,
        lon=lon,
        rule=bare.rule,
        reason=f"“{text}” stands for {near.name}, the place said nearby",
        relation=text if not named else "",
    )


def link_nil(text: str, hint: PlaceLevel | None) -> PlaceLink:
    """Return NIL: nothing in the report says where this is."""
    return PlaceLink(
        name=text,
        country=None,
        level=hint,
        lat=None,
        lon=None,
        rule="nil",
        reason="no gazetteer entry, no place said nearby",
    )
