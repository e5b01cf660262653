"""What a report leaves unsaid about an event, and which of its values a rule filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from contested.events.ontology import filling_rules, ontology
from contested.types import Actor, Event, Place, PlaceLevel, Role, Status

_COARSE = frozenset({PlaceLevel.COUNTRY, PlaceLevel.REGION, PlaceLevel.ADM1, PlaceLevel.WATER})
_DESCRIBING_RULES = frozenset({"description", "pronoun", "words", "others-organ", "organ-unplaced"})  # of `actors`
_DAYS_OF_A_DAY = 1  # "overnight" spans two calendar days and still names one night


class Unsaid(StrEnum):
    """What a coder would ask for and the report does not say."""

    WHO = "who"
    WHOM = "whom"
    HOW_MANY = "how many"
    WHERE = "where"
    WHERE_BELOW_PROVINCE = "where below province"
    WHEN = "when"
    WHICH_DAY = "which day"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing left unsaid, and why it counts as unsaid."""

    unsaid: Unsaid
    reason: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A value that a rule filled in: the report's words alone do not give it."""

    field: str
    value: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is unsaid about an event and what was filled in."""

    unsaid: tuple[Gap, ...]
    filled: tuple[Filled, ...]


def gaps(event: Event, *, actors: Sequence[Actor] = (), places: Sequence[Place] = ()) -> Gaps:
    """Return what the report does not say about an event, and which of its values a rule filled in.

    Only what the event's type expects is asked for (`ontology.toml`); numbers only of what is said to have happened.

    Args:
        event: the event, with all its mentions.
        actors: the report's actors; those whose spans the event uses are looked at.
        places: the report's places, likewise.
    """
    unsaid = [*_people(event, actors), *_number(event), *_where(event, places), *_when(event)]
    return Gaps(tuple(unsaid), tuple(_filled(event, actors, places)))


def _people(event: Event, actors: Sequence[Actor]) -> list[Gap]:
    expects = ontology()[event.type].expects
    found = []
    if Role.BY in expects:
        doers = event.arguments(Role.BY)
        if not doers:
            found.append(Gap(Unsaid.WHO, "no doer is named"))
        elif all(_is_unnamed(argument.span, actors) for argument in doers):
            found.append(Gap(Unsaid.WHO, "the doer is described, not named"))
    mutual_parties = ontology()[event.type].mutual and len(event.arguments(Role.BY)) > 1
    if Role.ON in expects and not event.arguments(Role.ON) and not mutual_parties:
        counted = [a for a in event.arguments() if a.role.is_count and a.amount is not None and a.amount.of_whom]
        if not counted:
            found.append(Gap(Unsaid.WHOM, "no target or victim is named"))
    return found


def _is_unnamed(span: object, actors: Sequence[Actor]) -> bool:
    """Whether the actor that a span denotes is only described; without actors nothing is known, nothing claimed."""
    links = [actor.link for actor in actors if span in actor.spans]
    return bool(links) and all(
        link.entry is None and link.rule in ("description", "pronoun", "words") for link in links
    )


def _number(event: Event) -> list[Gap]:
    definition = ontology()[event.type]
    asked = [role for role in definition.expects if role.is_count]
    if event.status is not Status.ACTUAL or not asked:
        return []
    counts = [argument for argument in event.arguments() if argument.role in definition.counts]
    if not counts:
        return [Gap(Unsaid.HOW_MANY, f"no number of {asked[0].value}")]
    known = [a for a in counts if a.amount is not None and (a.amount.low is not None or a.amount.high is not None)]
    if not known:
        return [Gap(Unsaid.HOW_MANY, "only a vague number is given")]
    return []


def _where(event: Event, places: Sequence[Place]) -> list[Gap]:
    if Role.PLACE not in ontology()[event.type].expects:
        return []
    spans = {argument.span for argument in event.arguments() if argument.role in (Role.PLACE, Role.ON)}
    named = [place for place in places if spans & set(place.spans)]
    if not event.arguments(Role.PLACE) and not named:
        return [Gap(Unsaid.WHERE, "no place is named")]
    located = [place for place in named if place.link.lat is not None]
    if named and not located:
        return [Gap(Unsaid.WHERE, f"{named[0].link.name} is in no gazetteer")]
    if located and all(_is_coarse(place) for place in located):
        return [Gap(Unsaid.WHERE_BELOW_PROVINCE, f"{located[0].link.name} is the closest place named")]
    return []


def _is_coarse(place: Place) -> bool:
    """Whether a place is no closer than a province: itself, or what "the border" and "a village" in it are put at."""
    chosen = place.link.chosen
    return place.link.level in _COARSE or (chosen is not None and chosen.level in _COARSE)


def _when(event: Event) -> list[Gap]:
    if Role.TIME not in ontology()[event.type].expects:
        return []
    when = event.when
    if when is None or not when.is_known:
        return [Gap(Unsaid.WHEN, "no time is given")]
    if when.earliest is None or when.latest is None:
        return [Gap(Unsaid.WHICH_DAY, f"{when.value} is open at one end")]
    if (when.latest - when.earliest).days > _DAYS_OF_A_DAY:
        return [Gap(Unsaid.WHICH_DAY, f"{when.value} is the closest time given")]
    return []


def _filled(event: Event, actors: Sequence[Actor], places: Sequence[Place]) -> list[Filled]:
    found = []
    if event.when is not None and _fills("when", event.when_rule):
        found.append(Filled("when", event.when.value, event.when_rule, event.when.reason))
    spans = {argument.span: argument.role for argument in event.arguments()}
    for actor in actors:
        roles = {spans[span] for span in actor.spans if span in spans}
        for role in sorted(roles & {Role.BY, Role.ON}):
            if _fills("who", actor.link.rule):
                field = "who" if role is Role.BY else "whom"
                found.append(Filled(field, actor.link.name, actor.link.rule, actor.link.reason))
    for place in places:
        if set(place.spans) & set(spans) and _fills("where", place.link.rule):
            found.append(Filled("where", place.link.name, place.link.rule, place.link.reason))
    return found


@lru_cache(maxsize=1024)  # rules are few, and asked about for each event
def _fills(field: str, rule: str) -> bool:
    return any(
        rule.startswith(pattern[:-1]) if pattern.endswith("*") else rule == pattern
        for pattern in filling_rules().get(field, ())
    )
