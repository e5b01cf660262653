"""Which side of a border is meant: what happens at "the border with Y" happens in the country on the other side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from contested.places.countries import country_entry
from contested.places.evidence import gather_evidence
from contested.places.gazetteer import Entry
from contested.places.geometry import between, distance_km
from contested.places.mention import PlaceMention, Report
from contested.places.phrases import Effect
from contested.places.precision import entry_radius
from contested.places.rank import Scored
from contested.types import PlaceLevel, PlaceLink

L = PlaceLevel
_OF_A_COUNTRY = frozenset({L.COUNTRY, L.REGION})
# Two countries can have a border when their centres lie no farther apart than this many times their radii together:
# of those that meet on land in news Russia and Ukraine are farthest, at 1.7; Estonia and Ukraine are 2.0 apart.
_REACH = 1.75
_NAMED_SIDE = frozenset({"border-with", "border-of"})  # rules that leave the place with the country they name


def is_on_named_side(link: PlaceLink) -> bool:
    """Return whether a link is a border put with the country that it is called after, for want of anything better.

    It says little about where the events are: as many of them happen on the other side.
    """
    return link.rule in _NAMED_SIDE


def take_side(mention: PlaceMention, report: Report) -> None:
    """Turn "the border with Y" into that of the country beside Y that the sentence, else the report, speaks of."""
    phrase, entry = mention.phrase, mention.entry
    if phrase is None or phrase.effect is not Effect.ACROSS or entry is None or entry.level not in _OF_A_COUNTRY:
        return
    for spoken_of in _spoken_of(mention, report):
        beside = {iso3: said for iso3, said in spoken_of.items() if _may_meet(entry, iso3)}
        if beside:
            side = country_entry(max(beside, key=lambda iso3: beside[iso3]))  # of equals the one named first
            assert side is not None
            mention.phrase = replace(phrase, rule="side-of-border")
            mention.other = mention.ranked[0]
            why = f"the report speaks of {side.name}, on this side of the border with {entry.name}"
            mention.ranked = (Scored(side, mention.ranked[0].score, why), *mention.ranked)
            return


def border_point(side: Entry, other: Entry) -> tuple[float, float, float]:
    """Return about where two countries meet, between their centres by their size, and how far off that may be in km."""
    near, far = entry_radius(side), entry_radius(other)
    lat, lon = between(side.lat, side.lon, other.lat, other.lon, near / (near + far))
    return lat, lon, min(near, far)


def _spoken_of(mention: PlaceMention, report: Report) -> Iterator[dict[str, float]]:
    """Yield the countries of the sentence's places, those it names, and those of the report, with how much it says."""
    inside = [other for other in report.mentions if mention.sentence and mention.sentence.contains(other.span)]
    entries = [other.entry for other in inside if other is not mention and not _is_border(other)]
    yield dict(Counter(entry.country for entry in entries if entry is not None and entry.country))
    if mention.sentence:
        yield dict(gather_evidence(mention.sentence.of(report.text), report.gazetteer).counts)
    yield dict(report.evidence.counts)


def _is_border(mention: PlaceMention) -> bool:
    return mention.phrase is not None and mention.phrase.rule in _NAMED_SIDE


def _may_meet(entry: Entry, iso3: str) -> bool:
    other = country_entry(iso3)
    if other is None or iso3 == entry.country or iso3 in entry.countries:
        return False
    apart = distance_km(entry.lat, entry.lon, other.lat, other.lon)
    return apart <= _REACH * (entry_radius(entry) + entry_radius(other))
