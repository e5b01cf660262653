"""Reports in PLOVER's terms: one record for each event that one report tells, and what PLOVER cannot hold.

Both PLOVER formats write these records. A record is one report's telling: PLOVER leaves duplicates alone, and so no
account is lost to another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from statistics import median_low

from contested.actors.register import Entry, EntryClass, find_entry
from contested.claims import ASSERTING, STANCE_PARTICIPLES
from contested.events.plover import PloverCode, plover_code, plover_sector, why_not_coded
from contested.export.options import KilledRule
from contested.export.view import Told
from contested.resources.countries import countries_by_iso3
from contested.resources.tables import load_table, values
from contested.types import (
    Actor,
    ActorKind,
    Amount,
    Claim,
    Event,
    EventType,
    Place,
    PlaceLevel,
    Role,
    Span,
    Stance,
    Status,
)

_LONG_OVER_DAYS = 31  # news of the month is news; what ended earlier is told as background
_TOPICAL = frozenset({EventType.DEMAND, EventType.REJECT, EventType.THREATEN})
_SLOT_COLUMNS = ("slot", "entries", "kinds", "meaning")
_LEVEL_COLUMNS = ("level", "resolution", "feature_class", "feature_code")
_ANCESTORS = 6  # no register knows a deeper chain of parents; a ring of them would never end
_LEAVING = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.OTHER})
_SETTLED = frozenset({PlaceLevel.CITY, PlaceLevel.TOWN, PlaceLevel.VILLAGE})


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor in PLOVER's terms. `slot`: ISO3, or what stands for it; `sector`: one of the 25; "" where none fits."""

    name: str
    words: str
    slot: str
    sector: str
    title: str


@dataclass(frozen=True, slots=True)
class Located:
    """A place in PLOVER's terms. `resolution` 5 (below a city) to 1 (country), None where the scale has no step."""

    words: str
    name: str
    country: str
    province: str
    district: str
    city: str
    geoname: str
    lat: float | None
    lon: float | None
    resolution: int | None
    feature_class: str
    feature_code: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's word on an event. `claim` is its id; `stance` and `who` as in the report."""

    claim: str
    stance: Stance
    who: str
    words: Span


@dataclass(frozen=True, slots=True)
class Size:
    """One number of a record, and the ids of the claims whose numbers were not taken."""

    value: int | None
    losing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One event as one report tells it."""

    told: Told
    event: Event
    id: str
    code: PloverCode
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    first: date
    last: date | None
    day_note: str
    place: Located | None
    statements: tuple[Statement, ...]
    sentence: Span


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event that PLOVER cannot hold, and why."""

    id: str
    document: str
    type: EventType
    reason: str


def records_of(told: Told, *, date_by_report: bool = False) -> Iterator[Record | LeftOut]:
    """Yield the events of a report that are asked for, in text order, each as a record or with why it is none.

    Args:
        told: the report.
        date_by_report: whether an event whose day is not said bears the report's, with a note that says so.
    """
    for event in told.events:
        yield _record_of(event, told, date_by_report)


def size_of(record: Record, role: Role, rule: KilledRule) -> Size:
    """Return the number of one kind that a rule makes of a report's numbers for one event.

    Parts of larger numbers, running totals and dead and wounded in one number are left out. One report is one origin,
    so both rules about origins take the middle number.
    """
    counted: list[tuple[int, str, Amount]] = []
    for mention in record.event.mentions:
        for argument in mention.arguments:
            amount = argument.amount
            if argument.role is not role or argument.part or amount is None or amount.cumulative or amount.mixed:
                continue
            known = amount.low if amount.low is not None else amount.high
            if known is not None:
                voice = record.told.index.voice_of_argument(record.event, mention, argument)
                counted.append((round(known), record.told.claim_id(voice.claim, record.event), amount))
    value = _one([number for number, _, _ in counted], all(a.low == a.high for _, _, a in counted), rule)
    taken = {claim for number, claim, _ in counted if number == value}
    return Size(value, tuple(dict.fromkeys(c for number, c, _ in counted if number != value and c not in taken)))


def story_names(told: Told) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the people in the register, the organisations in the register and the places that a report names."""
    people: dict[str, None] = {}
    others: dict[str, None] = {}
    for actor in told.claims.actors:
        entry = _entry(actor.link.entry or "")
        if entry is not None:
            (people if entry.entry_class is EntryClass.PERSON else others)[actor.link.name] = None
    places = dict.fromkeys(p.link.name for p in told.claims.places if p.link.name)
    return tuple(people), tuple(others), tuple(places)


def describe(record: Record) -> str:
    """Return who says what about a record, in one line: `reported by …; said by …; denied by …`."""
    by_stance: dict[Stance, dict[str, None]] = {}
    for statement in record.statements:
        by_stance.setdefault(statement.stance, {})[statement.who] = None
    parts = [f"{STANCE_PARTICIPLES[stance]} by {', '.join(who)}" for stance, who in by_stance.items()]
    return "; ".join([*parts, *([record.day_note] if record.day_note else [])])


@cache
def slots() -> frozenset[str]:
    """Return what may stand in the place of a country."""
    return frozenset(row[0] for row in load_table("contested.export", "plover_slots.tsv", _SLOT_COLUMNS))


def _record_of(event: Event, told: Told, date_by_report: bool) -> Record | LeftOut:
    key = told.event_keys[event.id]
    actors, recipients = _parties(event, told)
    coded = _code(event, actors, recipients, told)
    days = _days(event) or (_day_of(told) if date_by_report else None)
    if isinstance(coded, str):
        return LeftOut(key, told.document.id, event.type, coded)
    if not actors or days is None:
        return LeftOut(key, told.document.id, event.type, "no day is said" if actors else "no actor is named")
    first, last, note = days
    trigger = event.mentions[0].trigger
    return Record(
        told,
        event,
        key,
        coded,
        tuple(_entity(a, event, told) for a in actors),
        tuple(_entity(a, event, told) for a in recipients),
        first,
        last,
        note,
        _located(event, told),
        _statements(event, told),
        told.document.sentence_at(trigger) or trigger,
    )


def _parties(event: Event, told: Told) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return who acts and who is acted on. Of a displacement the actor is who causes it, not who leaves."""
    doers, targets = told.index.doers(event.arguments()), told.index.targets(event.arguments())
    if event.type is not EventType.DISPLACEMENT:
        return doers, targets
    leaving = tuple(a for a in doers if a.link.kind in _LEAVING)
    return tuple(a for a in doers if a not in leaving), (*targets, *(a for a in leaving if a not in targets))


def _code(event: Event, doers: Sequence[Actor], targets: Sequence[Actor], told: Told) -> PloverCode | str:
    """Return an event in PLOVER's terms, or why it has no place there."""
    kinds, aims = [a.link.kind for a in doers], [a.link.kind for a in targets]
    words = [told.index.words(m.trigger) for m in event.mentions]
    words += [told.index.words(a.span) for a in event.arguments(Role.WEAPON)]
    code = plover_code(
        event.type,
        event.status,
        doers=kinds,
        targets=aims,
        words=words,
        topic=_topic(event, told) if event.type in _TOPICAL else None,
        long_over=_is_long_over(event, told),
    )
    return code or why_not_coded(event.type, event.status, doers=kinds, targets=aims, words=words)


def _topic(event: Event, told: Told) -> EventType | None:
    """Return what is demanded, refused or threatened: the next event of the sentence that has not happened yet."""
    trigger = event.mentions[0].trigger
    later = [
        (mention.trigger.start, other.type)
        for other in told.claims.events
        for mention in other.mentions
        if other.id != event.id
        and other.status in (Status.FUTURE, Status.HYPOTHETICAL)
        and mention.trigger.start >= trigger.end
        and told.index.sentences_apart(mention.trigger, trigger) == 0
    ]
    return min(later)[1] if later else None


def _is_long_over(event: Event, told: Told) -> bool:
    published, when = told.document.published, event.when
    if published is None or when is None or when.latest is None:
        return False
    return (published.day - when.latest).days > _LONG_OVER_DAYS


def _days(event: Event) -> tuple[date, date | None, str] | None:
    """Return the first day, the last one where there are several, and a note where one is not said; None for no day."""
    when = event.when
    if when is None:
        return None
    if when.earliest is not None and when.latest is not None:
        return when.earliest, when.latest if when.latest != when.earliest else None, ""
    if when.earliest is not None:
        return when.earliest, None, "the last day is not said"
    return (when.latest, None, "the first day is not said") if when.latest is not None else None


def _day_of(told: Told) -> tuple[date, date | None, str] | None:
    published = told.document.published
    return (published.day, None, "the day is the report's: when it happened is not said") if published else None


def _entity(actor: Actor, event: Event, told: Told) -> Entity:
    link = actor.link
    entry = _entry(link.entry or "")
    span = next(a.span for a in event.arguments() if a.span in actor.spans)
    registered = entry.plover_sector if entry is not None else ""
    is_person = entry is not None and entry.entry_class is EntryClass.PERSON
    return Entity(
        link.name,
        told.index.words(span),
        _slot(link.kind, link.country, entry),
        plover_sector(link.kind, registered),
        entry.office if is_person and entry is not None else "",
    )


def _slot(kind: ActorKind, country: str | None, entry: Entry | None) -> str:
    rows = load_slots()
    above = _line_of(entry)
    for slot, entries, _ in rows:
        if above & set(entries):
            return slot
    if kind is not ActorKind.IGO and country is not None and country in countries_by_iso3():
        return country
    return next((slot for slot, _, kinds in rows if kind in kinds), "")


@cache
def load_slots() -> tuple[tuple[str, tuple[str, ...], tuple[ActorKind, ...]], ...]:
    """Return what stands for a country: slot, entries of the register, kinds of actor."""
    rows = load_table("contested.export", "plover_slots.tsv", _SLOT_COLUMNS)
    return tuple((slot, values(entries), tuple(map(ActorKind, values(kinds)))) for slot, entries, kinds, _ in rows)


def _line_of(entry: Entry | None) -> set[str]:
    """Return the ids of an entry and of all that it is a part of."""
    line: set[str] = set()
    while entry is not None and entry.id not in line and len(line) < _ANCESTORS:
        line.add(entry.id)
        entry = _entry(entry.parent)
    return line


@lru_cache(maxsize=4096)
def _entry(entry_id: str) -> Entry | None:
    return find_entry(entry_id) if entry_id else None


def _located(event: Event, told: Told) -> Located | None:
    """Return where an event was: the most exact of its places that has a point, those named as its place first."""
    found = [
        (p, a) for a in event.arguments() if (p := told.index.place_at(a.span)) and a.role in (Role.PLACE, Role.ON)
    ]
    if not found:
        return None
    place, argument = min(found, key=lambda f: (f[0].link.lat is None, -_resolution(f[0]), f[1].role is not Role.PLACE))
    link, level = place.link, place.link.level
    chosen = link.chosen if not link.relation else None  # beside a named place is not that place
    settled = link.chosen is not None and link.chosen.level in _SETTLED
    _, feature_class, feature_code = _levels().get(level, ("", "", "")) if level else ("", "", "")
    return Located(
        words=told.index.words(argument.span),
        name=link.name,
        country=link.country or "",
        province=(link.chosen.admin1 or "") if link.chosen is not None else "",
        district=link.name if level is PlaceLevel.ADM2 else "",
        city=link.chosen.name if settled and link.chosen is not None else "",
        geoname=chosen.id.removeprefix("gn") if chosen is not None and chosen.id.startswith("gn") else "",
        lat=link.lat,
        lon=link.lon,
        resolution=_resolution(place) or None,
        feature_class=feature_class,
        feature_code=feature_code,
    )


def _resolution(place: Place) -> int:
    steps = _levels().get(place.link.level, ("", "", ""))[0] if place.link.level else ""
    return int(steps) if steps else 0


@cache
def _levels() -> dict[PlaceLevel, tuple[str, str, str]]:
    rows = load_table("contested.events", "plover_levels.tsv", _LEVEL_COLUMNS)
    return {PlaceLevel(level): (steps, kind, code) for level, steps, kind, code in rows}


def _statements(event: Event, told: Told) -> tuple[Statement, ...]:
    found = [_statement(claim, event, told) for claim in told.index.claims_on(event)]
    own = told.index.own_voice_mentions(event)
    if own and not any(s.stance in ASSERTING for s in found):
        outlet = told.document.publisher or "the report itself"
        found.append(Statement(told.claim_id(None, event), Stance.ASSERTS, outlet, own[0].trigger))
    return tuple(found)


def _statement(claim: Claim, event: Event, told: Told) -> Statement:
    return Statement(told.claim_id(claim, event), claim.stance, told.index.speaker_name(claim), claim.cue)


def _one(numbers: Sequence[int], exact: bool, rule: KilledRule) -> int | None:
    if not numbers:
        return None
    if rule is KilledRule.RANGE:
        return numbers[0] if exact and len(set(numbers)) == 1 else None
    if rule is KilledRule.LATEST:
        return numbers[-1]
    if rule is KilledRule.LOWEST:
        return min(numbers)
    return max(numbers) if rule is KilledRule.HIGHEST else median_low(numbers)
