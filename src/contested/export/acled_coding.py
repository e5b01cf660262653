"""What ACLED's codebook makes of an incident: circumstances, sub-event type by the hierarchy, and its two actors.

Source: ACLED codebook, hierarchy, actor types, interaction codes, civilian targeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contested.actors.naming import ActorType, acled_name, acled_type
from contested.events.codebooks import (
    AcledCode,
    Circumstance,
    SubEvent,
    acled_code,
    acled_sub_events,
    circumstances_in,
)
from contested.export.sides import ARMED, STATE, Sides, told_as_fact
from contested.export.view import Case
from contested.incidents import ConflictKind, FieldRelation, Standing
from contested.resources.countries import countries_by_iso3
from contested.resources.rules import load_rules
from contested.types import ActorKind, ActorLink, EventType, Role

_FIGHTING = frozenset(
    {
        EventType.BATTLE,
        EventType.REPEL,
        EventType.AIRSTRIKE,
        EventType.DRONE_STRIKE,
        EventType.SHELLING,
        EventType.BOMBING,
        EventType.SUICIDE_BOMBING,
        EventType.CHEMICAL_ATTACK,
        EventType.ATTACK,
    }
)
_FORCE = frozenset({EventType.REPRESSION, EventType.DETENTION, EventType.ATTACK})
_HARM = (Role.KILLED, Role.WOUNDED, Role.CASUALTIES)
_BATTLES, _PROTESTS, _RIOTS = "Battles", "Protests", "Riots"
_CLASH = "Armed clash"
_ON_CIVILIANS, _REMOTE = "Violence against civilians", "Explosions/Remote violence"
TYPE_WORDS = {
    ActorType.STATE_FORCES: "State forces",
    ActorType.REBEL_GROUP: "Rebel group",
    ActorType.POLITICAL_MILITIA: "Political militia",
    ActorType.IDENTITY_MILITIA: "Identity militia",
    ActorType.RIOTERS: "Rioters",
    ActorType.PROTESTERS: "Protesters",
    ActorType.CIVILIANS: "Civilians",
    ActorType.EXTERNAL_OR_OTHER_FORCES: "External/Other forces",
}
_STYLE = {  # of people that a report only describes
    ActorKind.MILITARY: "Military Forces of {}",
    ActorKind.POLICE: "Police Forces of {}",
    ActorKind.GOVERNMENT: "Government of {}",
    ActorKind.REBEL: "Opposition Rebels ({})",
    ActorKind.MILITIA: "Unidentified Armed Group ({})",
    ActorKind.GUNMEN: "Unidentified Armed Group ({})",
    ActorKind.CRIMINAL: "Unidentified Gang ({})",
}


@dataclass(frozen=True, slots=True)
class Party:
    """One of an event's two actors; `beside` go into the associated actors."""

    name: str
    type: ActorType
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """What is coded. `sub_event` None: nothing, for the reason in `why`."""

    sub_event: SubEvent | None
    why: str


def code(case: Case, sides: Sides) -> Coding:
    """Return the sub-event type: of all that the reports call the incident, what stands highest in the hierarchy."""
    accounts = told_as_fact(case)
    if not accounts:
        return Coding(None, "nobody says that it happened: it is denied, planned or feared")
    holds = circumstances(case, sides)
    codes: list[AcledCode] = [acled_code(t, holds) for t in dict.fromkeys(a.type for a in accounts)]
    coded = [c for c in codes if c.sub_event is not None]
    if not coded:
        return Coding(None, codes[0].why)
    highest = min(coded, key=lambda c: c.sub_event.rank if c.sub_event else 0)
    if highest.sub_event in _territory() and any(_is_over_outcome(r) for r in case.incident.relations):
        return Coding(acled_sub_events()[_CLASH], "who holds the place afterwards is in dispute: coded as a clash")
    return Coding(highest.sub_event, highest.why)


def _territory() -> tuple[SubEvent, ...]:
    return tuple(s for s in acled_sub_events().values() if s.event_type == _BATTLES and s.sub_event_type != _CLASH)


def _is_over_outcome(relation: FieldRelation) -> bool:
    return relation.standing is Standing.CONFLICT and relation.kind in (ConflictKind.OUTCOME, ConflictKind.EXISTENCE)


def circumstances(case: Case, sides: Sides) -> frozenset[Circumstance]:
    """Return what else is told that the codebook's answer depends on."""
    accounts = told_as_fact(case)
    types = {a.type for a in accounts}
    doer = sides.doers[0].kind if sides.doers else None
    where = case.incident.place.country if case.incident.place else None
    # those whose country nobody says ("the army") are of the country where it happened
    home = any(d.kind in STATE and (None in (d.country, where) or d.country == where) for d in sides.doers)
    harmed = any(t.role in _HARM for a in accounts for t in a.tolls)
    holds = {
        Circumstance.CIVILIANS_TARGETED: sides.hits_civilians,
        Circumstance.ARMED_TARGETED: sides.hits_armed,
        Circumstance.PROTESTERS_TARGETED: any(t.kind is ActorKind.PROTESTERS for t in sides.targets),
        Circumstance.PROTESTERS_TAKE_PART: any(d.kind is ActorKind.PROTESTERS for d in sides.doers),
        Circumstance.PEOPLE_HARMED: harmed,
        Circumstance.FORCE_MET: bool(types & _FORCE) or any(t.role is Role.DETAINED for a in accounts for t in a.tolls),
        Circumstance.FOUGHT: bool(types & _FIGHTING) or harmed or sides.hits_armed,
        Circumstance.BY_STATE: doer in STATE and home,
        Circumstance.BY_FOREIGN_STATE: doer in STATE and not home,
        Circumstance.BY_NON_STATE: doer is not None and doer in ARMED and doer not in STATE,
        Circumstance.BY_ARMED: doer is not None and (doer in ARMED or doer in STATE),
    }
    return frozenset(c for c, true in holds.items() if true) | circumstances_in(_means(case))


def _means(case: Case) -> str:
    words = []
    for telling in case.tellings:
        index = telling.told.index
        words += [index.words(m.trigger) for m in telling.event.mentions]
        words += [index.words(a.span) for a in telling.event.arguments(Role.WEAPON)]
    return " | ".join(words)


def parties(case: Case, sides: Sides, sub_event: SubEvent, iso3: str) -> tuple[Party | None, Party | None]:
    """Return the two actors. In violence against civilians the civilians are the second one; else the order is free."""
    doers = [d for d in sides.doers if d not in sides.opponents]
    first = _party(case, doers, iso3)
    kind = sub_event.event_type
    if kind == _ON_CIVILIANS:
        return first or _unidentified(iso3), _civilians(sides, iso3)
    if kind == _PROTESTS:
        return _crowd("Protesters", ActorType.PROTESTERS, iso3), _force(case, iso3)
    if kind == _RIOTS:
        return _crowd("Rioters", ActorType.RIOTERS, iso3), _party(case, sides.targets, iso3)
    if kind == _BATTLES:
        opposite = sides.opponents or sides.armed_targets
        second = _party(case, opposite, iso3) or _unidentified(iso3)
        first = first or _unidentified(iso3)
        return first, second if second.name != first.name else _unidentified(iso3)
    if kind == _REMOTE:
        harmed = any(t.role in _HARM for a in told_as_fact(case) for t in a.tolls)
        on_people = sides.hits_civilians or (harmed and not sides.hits_only_armed)
        second_ = _party(case, sides.armed_targets, iso3) or (_civilians(sides, iso3) if on_people else None)
        return first or _unidentified(iso3), second_
    beside = _party(case, sides.opponents or sides.targets, iso3)
    if first is None:
        return beside or _unidentified(iso3), None
    return first, beside if beside is not None and beside.name != first.name else None


def interaction(first: Party | None, second: Party | None) -> str:
    """Return the interaction in words: the lower code first, `… only` where there is one actor.

    >>> interaction(Party("a", ActorType.CIVILIANS), Party("b", ActorType.STATE_FORCES))
    'State forces-Civilians'
    >>> interaction(Party("a", ActorType.REBEL_GROUP), None)
    'Rebel group only'
    """
    types = sorted(p.type for p in (first, second) if p is not None)
    if not types:
        return ""
    words = [TYPE_WORDS[t] for t in types]
    return "-".join(words) if len(words) > 1 else f"{words[0]} only"


def targets_civilians(first: Party | None, second: Party | None, sub_event: SubEvent) -> bool:
    """Return whether civilians are the main or only target."""
    if sub_event.event_type in (_ON_CIVILIANS,):
        return True
    if sub_event.sub_event_type == "Excessive force against protesters":
        return True
    hit = sub_event.event_type in (_REMOTE, _RIOTS)
    return hit and second is not None and second.type is ActorType.CIVILIANS and first is not None


def _party(case: Case, links: Sequence[ActorLink], iso3: str) -> Party | None:
    if not links:
        return None
    names = [_name(link, case, iso3) for link in links]
    kind = _type(links[0], iso3)
    return Party(names[0], kind, tuple(n for n in dict.fromkeys(names[1:]) if n != names[0]))


def _type(link: ActorLink, iso3: str) -> ActorType:
    if _is_unidentified(link):
        return ActorType.POLITICAL_MILITIA
    # people whom a report only describes ("the army") are this country's own unless it says otherwise
    if link.entry is None and link.country is None and link.kind in STATE:
        return ActorType.STATE_FORCES
    return acled_type(link, iso3)


def _name(link: ActorLink, case: Case, iso3: str) -> str:
    """Return an actor's name in ACLED's style; people who are only described bear the name of their kind."""
    day = case.incident.when.earliest if case.incident.when else None
    country = countries_by_iso3().get(link.country or iso3) or countries_by_iso3()[iso3]
    if link.entry is None and (not link.name[:1].isupper() or link.rule in _DESCRIBING or _type(link, iso3) is _CIVIL):
        style = _STYLE.get(ActorKind.GUNMEN if _is_unidentified(link) else link.kind)
        if style is not None:
            return style.format(country.name)
        if _type(link, iso3) is ActorType.PROTESTERS:
            return f"Protesters ({country.name})"
        return f"Civilians ({countries_by_iso3()[iso3].name})" if _type(link, iso3) is _CIVIL else link.name
    if _type(link, iso3) is _CIVIL:
        return f"Civilians ({countries_by_iso3()[iso3].name})"
    return acled_name(link, day)


def _is_unidentified(link: ActorLink) -> bool:
    """Whether a report only describes armed men, and not as rebels: "suicide bombers", "militants"."""
    is_described = link.entry is None and (not link.name[:1].isupper() or link.rule in _DESCRIBING)
    opposition = load_rules("contested.export", "acled_opposition.toml")
    return link.kind is ActorKind.REBEL and is_described and not any(r.pattern.search(link.name) for r in opposition)


_CIVIL = ActorType.CIVILIANS
_DESCRIBING = frozenset({"description", "pronoun", "words", "people-of-country", "people-counted"})


def _civilians(sides: Sides, iso3: str) -> Party:
    country = countries_by_iso3()[iso3].name
    named = [t.name for t in sides.targets if t.entry is not None and acled_type(t, iso3) is _CIVIL]
    return Party(f"Civilians ({country})", ActorType.CIVILIANS, tuple(dict.fromkeys(named)))


def _crowd(word: str, kind: ActorType, iso3: str) -> Party:
    return Party(f"{word} ({countries_by_iso3()[iso3].name})", kind)


def _force(case: Case, iso3: str) -> Party | None:
    """Return the force that meets a protest: a state's men among doers of anything but the protest itself."""
    men = [d for a in told_as_fact(case) if a.type in _FORCE for d in a.doers if d.kind in STATE]
    return _party(case, men, iso3)


def _unidentified(iso3: str) -> Party:
    return Party(f"Unidentified Armed Group ({countries_by_iso3()[iso3].name})", ActorType.POLITICAL_MILITIA)
