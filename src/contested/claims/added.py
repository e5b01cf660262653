"""What a reviewer adds to a report's claims: an event that the reader missed, what plays a part in it, who says so.

The words of an addition are resolved as the reader's own are: numbers are counted, days dated, places looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contested import counts, places, times
from contested.claims.spans import resolve_actors
from contested.types import (
    Actor,
    ActorKind,
    Argument,
    Claim,
    Claims,
    Decision,
    Event,
    EventMention,
    EventType,
    Layer,
    Mention,
    Place,
    Role,
    Span,
    Stance,
    Status,
    TimeMention,
)

_OWN_TIME = "own time"  # the rule's name in `timing.py`: it is dated by its own words, whoever found them


def add_event(claims: Claims, decision: Decision) -> Claims:
    """Return the claims with an event at the words of a decision, whose value is its type.

    Where this reading has that event already, at these words or at others of the same type that overlap them, it is
    that event: type and words become the reviewer's. A later mention of an event of another type becomes its own event.
    """
    kind, span = EventType(decision.value), decision.span
    here = event_at(claims, span)
    if here is not None and (here.type is kind or here.mentions[0].trigger == span):
        return _with_events(claims, (replace(e, type=kind) if e is here else e for e in claims.events))
    if here is not None:
        return _split(claims, here, span, kind)
    found = _overlapping(claims.events, span, kind)
    if found is not None:
        return _moved(claims, found, span)
    event = Event(_free_id("E", (e.id for e in claims.events)), kind, Status.ACTUAL, (EventMention(span, ()),))
    return _with_events(claims, (*claims.events, event))


def _moved(claims: Claims, event: Event, span: Span) -> Claims:
    """Return claims in which the first mention of an event that overlaps `span` has its trigger there."""
    old = next(m.trigger for m in event.mentions if m.trigger.overlaps(span))
    mentions = tuple(replace(m, trigger=span) if m.trigger == old else m for m in event.mentions)
    changed = replace(event, mentions=mentions)
    said = (replace(c, triggers=tuple(span if t == old else t for t in c.triggers)) for c in claims.claims)
    return replace(_with_events(claims, (changed if e is event else e for e in claims.events)), claims=tuple(said))


def _split(claims: Claims, event: Event, span: Span, kind: EventType) -> Claims:
    """Return claims in which one mention of an event is an event of its own, with what was found around it."""
    new = _free_id("E", (e.id for e in claims.events))
    taken = tuple(m for m in event.mentions if m.trigger == span)
    left = replace(event, mentions=tuple(m for m in event.mentions if m.trigger != span))
    own = replace(event, id=new, type=kind, mentions=taken)
    said = (replace(c, events=(*c.events, new)) if span in c.triggers else c for c in claims.claims)
    events = (left if e is event else e for e in claims.events)
    return replace(_with_events(claims, (*events, own)), claims=tuple(said))


def _with_events(claims: Claims, events: Iterable[Event]) -> Claims:
    return replace(claims, events=tuple(events))


def event_at(claims: Claims, trigger: Span) -> Event | None:
    """Return the event named at a trigger: one that begins with it, else one that has it among its mentions."""
    first = (e for e in claims.events if e.mentions[0].trigger == trigger)
    among = (e for e in claims.events if any(m.trigger == trigger for m in e.mentions))
    return next(first, None) or next(among, None)


def _overlapping(events: Iterable[Event], span: Span, kind: EventType) -> Event | None:
    alike = (e for e in events if e.type is kind)
    return next((e for e in alike if any(m.trigger.overlaps(span) for m in e.mentions)), None)


def add_argument(claims: Claims, decision: Decision) -> Claims | None:
    """Return the claims with the words of a decision in their role in an event; None where there is no such event."""
    event = event_at(claims, decision.trigger) if decision.trigger else None
    role, span = decision.role, decision.span
    if event is None or role is None:
        return None
    if any(a.role is role and a.span == span for a in event.arguments()):
        return claims
    known = _with_meaning(claims, role, span)
    amount = None
    if role.is_count:
        amount = counts.resolve(claims.document.text, span, sentence=claims.document.sentence_at(span))
    argument = Argument(role, span, amount=amount)
    mentions = tuple(
        replace(m, arguments=_in_text_order((*m.arguments, argument))) if m.trigger == decision.trigger else m
        for m in event.mentions
    )
    changed = replace(event, mentions=mentions)
    time = next((t for t in known.times if t.span == span), None) if role is Role.TIME else None
    if time is not None:
        changed = replace(changed, when=time.when, when_span=span, when_rule=_OWN_TIME)
    return _with_events(known, (changed if e is event else e for e in claims.events))


def _in_text_order(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    return tuple(sorted(arguments, key=lambda a: (a.span, a.role.value)))


def add_to_saying(claims: Claims, decision: Decision) -> Claims | None:
    """Return the claims with an event, the one at the decision's trigger, among what the saying at its words covers."""
    event = event_at(claims, decision.trigger) if decision.trigger else None
    said = next((c for c in claims.claims if c.cue == decision.span), None)
    if event is None or said is None or decision.trigger is None:
        return None
    changed = _covering(said, event, decision.trigger)
    return replace(claims, claims=tuple(changed if c is said else c for c in claims.claims))


def add_saying(claims: Claims, decision: Decision) -> Claims | None:
    """Return the claims with the saying of a decision; None where this reading has none of the events it is about.

    Where this reading has that saying already, with a cue that overlaps and no other source, it is that saying: cue,
    source and stance become the reviewer's, and what else it covers stays.
    """
    about = [(event, t) for t in decision.covers if (event := event_at(claims, t)) is not None]
    if not about:
        return None
    source, stance = decision.trigger, Stance(decision.value)
    found = next((c for c in claims.claims if _is_saying(c, decision.span, source)), None)
    if found is None:
        said = Claim(_free_id("C", (c.id for c in claims.claims)), stance, decision.span, source, None, ())
    else:
        said = replace(found, stance=stance, cue=decision.span, source=source)
    for event, trigger in about:
        said = _covering(said, event, trigger)
    is_named = source is None or any(source in a.spans for a in claims.actors)
    known = claims if source is None or is_named else _with_actor(claims, source)
    others = (said if c is found else c for c in claims.claims)
    return replace(known, claims=(*others, said) if found is None else tuple(others))


def _is_saying(claim: Claim, cue: Span, source: Span | None) -> bool:
    """Return whether a claim may be the saying of a cue and source. One cue may serve two sources."""
    if not claim.cue.overlaps(cue):
        return False
    return claim.source is None or source is None or claim.source.overlaps(source)


def _covering(said: Claim, event: Event, trigger: Span) -> Claim:
    return replace(
        said,
        events=tuple(dict.fromkeys((*said.events, event.id))),
        triggers=tuple(sorted({*said.triggers, trigger})),
    )


def _with_meaning(claims: Claims, role: Role, span: Span) -> Claims:
    """Return claims that say what the words of an argument mean, as far as its role has a meaning of that sort."""
    is_place = any(span in p.spans for p in claims.places)
    if role is Role.TIME:
        return _with_time(claims, span)
    if role is Role.PLACE:
        return claims if is_place else _with_place(claims, span)
    if role in (Role.BY, Role.ON) and not is_place and all(span not in a.spans for a in claims.actors):
        return _with_actor(claims, span)
    return claims


def _with_time(claims: Claims, span: Span) -> Claims:
    if any(t.span == span for t in claims.times):
        return claims
    document = claims.document
    published = document.published.day if document.published else None
    when = times.resolve(document.text, span, published=published, sentence=document.sentence_at(span))
    return replace(claims, times=tuple(sorted((*claims.times, TimeMention(span, when)), key=lambda t: t.span)))


def _with_place(claims: Claims, span: Span) -> Claims:
    """Return claims with a place at `span`: one that the report names elsewhere in the same words, or a new one."""
    document = claims.document
    words = span.of(document.text).casefold()
    for place in claims.places:
        if any(s.of(document.text).casefold() == words for s in place.spans):
            joined: Place = replace(place, spans=tuple(sorted((*place.spans, span))))
            return replace(claims, places=tuple(joined if p is place else p for p in claims.places))
    beside = [(s, p.link.level) for p in claims.places for s in p.spans]  # what else is named says where this is
    link = places.resolve_all(document.text, [*beside, (span, None)], sentences=document.sentences)[-1]
    place = Place(_free_id("P", (p.id for p in claims.places)), (span,), link)
    return replace(claims, places=(*claims.places, place))


def _with_actor(claims: Claims, span: Span) -> Claims:
    """Return claims with an actor at `span`: one that the report names elsewhere in the same words, or a new one."""
    document = claims.document
    words = span.of(document.text).casefold()
    for actor in claims.actors:
        if any(s.of(document.text).casefold() == words for s in actor.spans):
            joined: Actor = replace(actor, spans=tuple(sorted((*actor.spans, span))))
            return replace(claims, actors=tuple(joined if a is actor else a for a in claims.actors))
    # the kind is a guess that the register and the words themselves overrule
    mention = Mention("added", Layer.PARTICIPANT, span, ActorKind.OTHER)
    (actor,) = resolve_actors(document, [[mention]], claims.places)
    named: Actor = replace(actor, id=_free_id("A", (a.id for a in claims.actors)))
    return replace(claims, actors=(*claims.actors, named))


def _free_id(letter: str, taken: Iterable[str]) -> str:
    """Return the id behind the last one, so that those that stand keep theirs."""
    numbers = (int(id_[1:]) for id_ in taken if id_[1:].isdigit())
    return f"{letter}{max(numbers, default=0) + 1}"
