"""What changes hands by an event: the place or thing it is done to, who loses it and to whom it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from contested.claims import Index
from contested.resources.rules import load_rules
from contested.types import ActorLink, Event, EventMention, PlaceLink, Role

_BEFORE = 24  # characters before a trigger: "lost its grip on" may be read as "grip"


@dataclass(frozen=True, slots=True)
class Holding:
    """What an event is done to.

    `places`: those that are taken or held themselves, not only where it happens; `things`: what is taken and is no
    place of the report's ("a checkpoint"). `losers` and `gainers` stand only where the words are those of losing.
    """

    places: tuple[PlaceLink, ...] = ()
    things: tuple[str, ...] = ()
    losers: tuple[ActorLink, ...] = ()
    gainers: tuple[ActorLink, ...] = ()


NOTHING_HELD = Holding()


def holding(event: Event, index: Index) -> Holding:
    """Return what an event is done to, and who loses it."""
    places, things = [], []
    for argument in event.arguments(Role.ON):
        place = index.place_at(argument.span)
        words = index.words(argument.span)
        if place is not None:
            places.append(place.link)
        elif index.actor_at(argument.span) is None and not _pattern("the-place-itself").search(words):
            things.append(words)
    losers: list[ActorLink] = []
    gainers: list[ActorLink] = []
    for mention in event.mentions:
        if _is_losing(mention, index):
            _add_sides(mention, index, losers, gainers)
    return Holding(tuple(dict.fromkeys(places)), tuple(dict.fromkeys(things)), tuple(losers), tuple(gainers))


def _is_losing(mention: EventMention, index: Index) -> bool:
    trigger = mention.trigger
    return _pattern("losing").search(index.text[max(0, trigger.start - _BEFORE) : trigger.end]) is not None


def _add_sides(mention: EventMention, index: Index, losers: list[ActorLink], gainers: list[ActorLink]) -> None:
    for argument in mention.arguments:
        actor = index.actor_at(argument.span) if argument.role is Role.BY else None
        if actor is None:
            continue
        before = index.text[mention.trigger.end : argument.span.start]
        (gainers if _pattern("to-whom").search(before) else losers).append(actor.link)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return next(rule.pattern for rule in load_rules("contested.incidents", "holdings.toml") if rule.name == name)
