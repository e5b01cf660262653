"""Where a report puts an event that it names no place for, and by which names it calls its places."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import cache

from contested.claims import Index
from contested.resources.countries import load_countries
from contested.resources.rules import load_rules
from contested.types import Event, Place, PlaceLevel, PlaceLink, Role, Span

_FAR_SENTENCES = 4  # a place named further off belongs to another story of the report
_WORDS = re.compile(r"(?:[a-z]{2}-)?(?P<first>[\w’'-])[\w’'-]*(?: [\w’'-]+){0,3}")  # not "Tabayin, a town in the north"
_POSSESSIVE = re.compile(r"[’']s?$")
_DAYS_AND_MONTHS = frozenset(d.casefold() for d in (*calendar.day_name, *calendar.month_name))
AREAS = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1})


def is_local(place: Place) -> bool:
    """Return whether a place is smaller than a province."""
    return place.link.level not in AREAS


def setting(triggers: tuple[Span, ...], index: Index) -> tuple[PlaceLink, ...]:
    """Return the places of the nearest sentences that name any smaller than a country."""
    named = [
        (min(index.sentences_apart(span, t) for t in triggers), place.link)
        for place in index.claims.places
        if place.link.level is not PlaceLevel.COUNTRY
        for span in place.spans
    ]
    nearest = min((distance for distance, _ in named), default=_FAR_SENTENCES)
    if nearest >= _FAR_SENTENCES:
        return ()
    return tuple(dict.fromkeys(link for distance, link in named if distance == nearest))


def names_of(event: Event, places: Iterable[Place], index: Index) -> tuple[str, ...]:
    """Return the words that name places smaller than a province: a table may know them under other names, or not.

    What was struck and is read as neither a place nor somebody ("a strike on Druzhkivka") is most often a place too.
    """
    local = (p for p in places if is_local(p))
    words = [span.of(index.text) for place in local for span in place.spans]
    struck = [a.span for a in event.arguments() if a.role in (Role.ON, Role.PLACE)]
    others = {span.of(index.text) for place in index.claims.places for span in place.spans}
    unread = (s.of(index.text) for s in struck if index.place_at(s) is None and index.actor_at(s) is None)
    words += [w for w in unread if w not in others]
    return tuple(dict.fromkeys(w for w in words if _is_name(w)))


def without_kind(name: str) -> str:
    """Return a place's name without the kind of place that it is: "Yaha" for "Yaha District"."""
    for rule in load_rules("contested.incidents", "kinds_of_place.toml"):
        if match := rule.pattern.search(name):
            return match["name"]
    return name


def _is_name(words: str) -> bool:
    """Whether words are a name alone: "Tabayin", "al-Bab"."""
    match = _WORDS.fullmatch(words)
    return match is not None and match["first"].isupper()


def hints(sentences: Iterable[Span], opening: Iterable[Span], index: Index) -> tuple[str, ...]:
    """Return what stands in some sentences as a place does and is nothing else that the reader found.

    `opening`: the first sentences of a report that opens with the event; what places these name may be its place too.
    """
    opening = tuple(opening)
    places = (s for p in index.claims.places if is_local(p) for s in p.spans if any(o.contains(s) for o in opening))
    named = [span.of(index.text) for span in places]
    unknown = _unknown_names((*opening, *sentences), index)
    names = [name for name in named if _is_name(name)]
    return tuple(dict.fromkeys([*names, *unknown]))


def _unknown_names(sentences: Iterable[Span], index: Index) -> list[str]:
    known = [span for a in index.claims.actors for span in a.spans]
    known += [t.span for t in index.claims.times]
    known += [span for p in index.claims.places if not is_local(p) for span in p.spans]
    found = []
    for sentence in sentences:
        words = sentence.of(index.text)
        for rule in load_rules("contested.incidents", "whereabouts.toml"):
            for match in rule.pattern.finditer(words):
                name = Span(sentence.start + match.start("name"), sentence.start + match.end("name"))
                if not any(name.overlaps(span) for span in known) and match["name"].casefold() not in _no_places():
                    found.append(_POSSESSIVE.sub("", match["name"]))
    return found


@cache
def _no_places() -> frozenset[str]:
    """Return folded words that stand like a place's name before a noun and are none: days, months, and peoples."""
    peoples = (d.casefold() for country in load_countries() for d in country.demonyms)
    return _DAYS_AND_MONTHS | frozenset(peoples)
