"""A report's claims as reviewers have them: what they rejected is gone, what they corrected is as they say.

A decision is bound to words, not to a reading's ids, so it is replayed on whatever a later model reads in that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from contested.claims.added import add_argument, add_event, add_saying, add_to_saying, event_at
from contested.claims.disputes import find_disputes
from contested.errors import InputError
from contested.types import (
    Action,
    Amount,
    Argument,
    Claim,
    Claims,
    Correctable,
    Decision,
    Event,
    EventType,
    Place,
    Stance,
    Status,
    Target,
    When,
)

Label = TypeVar("Label", EventType, Status, Stance)

RULE = "reviewer"  # the rule behind a value that a person gave
_AMOUNT = re.compile(r"(?P<low>\d+)?(?P<range>\.\.)?(?P<high>\d+)?")
_OPEN = ".."


@dataclass(frozen=True, slots=True)
class Decided:
    """Claims with decisions applied, and those decisions that found nothing to apply to in this reading."""

    claims: Claims
    unmatched: tuple[Decision, ...] = ()


def apply_decisions(claims: Claims, decisions: Iterable[Decision]) -> Decided:
    """Return the claims as decisions have them; disputes are looked for anew.

    First what is added, events before what plays a part in them; then values; then what is rejected.

    Args:
        claims: one report's, as read.
        decisions: those that hold on this version of the report.

    Raises:
        InputError: when a correction's value cannot be one.
    """
    ordered = sorted(decisions, key=lambda d: (_rank(d), d.number))
    if not ordered:
        return Decided(claims)
    changed, unmatched = claims, []
    for decision in ordered:
        apply = _ADD if decision.action is Action.ADD else _APPLY
        after = apply[decision.target](changed, decision)
        if after is None:
            unmatched.append(decision)
        else:
            changed = after
    if changed == claims:
        return Decided(claims, tuple(unmatched))
    return Decided(replace(changed, disputes=find_disputes(changed)), tuple(unmatched))


def _rank(decision: Decision) -> int:
    if decision.action is Action.ADD:
        return 0 if decision.target is Target.EVENT else 1
    return 3 if decision.action is Action.REJECT else 2


def _event(claims: Claims, decision: Decision) -> Claims | None:
    event = event_at(claims, decision.span)
    if event is None:
        return None
    if decision.action is Action.REJECT:
        return _without_event(claims, event)
    if decision.action is Action.ACCEPT:
        return claims
    return _with_event(claims, _corrected_event(event, decision))


def _corrected_event(event: Event, decision: Decision) -> Event:
    match decision.field:
        case Correctable.TYPE:
            return replace(event, type=_label(EventType, decision.value))
        case Correctable.STATUS:
            return replace(event, status=_label(Status, decision.value))
        case Correctable.WHEN:
            when = parse_days(decision.value)
            return replace(event, when=when, when_span=event.when_span if when else None, when_rule=RULE)
        case _:
            raise InputError(f"expected type, status or when to correct an event, got {decision.field!r}")


def _without_event(claims: Claims, event: Event) -> Claims:
    """Return claims without an event; a saying that was about it alone goes too."""
    said = tuple(replace(c, events=tuple(e for e in c.events if e != event.id)) for c in claims.claims)
    kept = tuple(c for c, before in zip(said, claims.claims, strict=True) if c.events or not before.events)
    return replace(claims, events=tuple(e for e in claims.events if e.id != event.id), claims=kept)


def _with_event(claims: Claims, event: Event) -> Claims:
    return replace(claims, events=tuple(event if e.id == event.id else e for e in claims.events))


def _claim(claims: Claims, decision: Decision) -> Claims | None:
    here = [c for c in claims.claims if c.cue == decision.span]
    if not here:
        return None
    found = next((c for c in here if c.source == decision.trigger), here[0])  # one cue may serve two sources
    if decision.action is Action.ACCEPT:
        return claims
    changed: Claim | None = None
    if decision.action is Action.CORRECT:
        if decision.field is not Correctable.STANCE:
            raise InputError(f"expected the stance to correct a claim, got {decision.field!r}")
        changed = replace(found, stance=_label(Stance, decision.value))
    kept = (changed if c is found else c for c in claims.claims)
    return replace(claims, claims=tuple(c for c in kept if c is not None))


def _argument(claims: Claims, decision: Decision) -> Claims | None:
    event = event_at(claims, decision.trigger) if decision.trigger else None
    if event is None or not any(_is_meant(a, decision) for a in event.arguments()):
        return None
    if decision.action is Action.ACCEPT:
        return claims
    mentions = tuple(
        replace(m, arguments=tuple(a for b in m.arguments if (a := _changed(b, decision)) is not None))
        for m in event.mentions
    )
    return _with_event(claims, replace(event, mentions=mentions))


def _is_meant(argument: Argument, decision: Decision) -> bool:
    return argument.span == decision.span and argument.role is decision.role


def _changed(argument: Argument, decision: Decision) -> Argument | None:
    if not _is_meant(argument, decision):
        return argument
    if decision.action is Action.REJECT:
        return None
    if decision.field is not Correctable.AMOUNT:
        raise InputError(f"expected the amount to correct an argument, got {decision.field!r}")
    low, high = parse_amount(decision.value)
    was = argument.amount or Amount(None, None, RULE)
    return replace(argument, amount=replace(was, low=low, high=high, vague="", rule=RULE, reason=decision.reason))


def _place(claims: Claims, decision: Decision) -> Claims | None:
    found = next((p for p in claims.places if decision.span in p.spans), None)
    if found is None:
        return None
    if decision.action is Action.ACCEPT:
        return claims
    link = found.link
    chosen = next((c for c in link.candidates if c.id == decision.value), None)
    if chosen is None and decision.value != "NIL" and decision.action is Action.CORRECT:
        return None  # this reading's gazetteer has no such entry
    moved = replace(
        link,
        name=chosen.name if chosen else link.name,
        country=chosen.country if chosen else None,
        level=chosen.level if chosen else link.level,
        lat=chosen.lat if chosen else None,
        lon=chosen.lon if chosen else None,
        chosen=chosen,
        rule=RULE,
        reason=decision.reason,
        radius_km=link.radius_km if chosen else None,
    )
    changed: Place = replace(found, link=moved)
    return replace(claims, places=tuple(changed if p is found else p for p in claims.places))


_APPLY: dict[Target, Callable[[Claims, Decision], Claims | None]] = {
    Target.EVENT: _event,
    Target.CLAIM: _claim,
    Target.ARGUMENT: _argument,
    Target.PLACE: _place,
}


def _add_claim(claims: Claims, decision: Decision) -> Claims | None:
    return add_saying(claims, decision) if decision.adds_saying else add_to_saying(claims, decision)


_ADD: dict[Target, Callable[[Claims, Decision], Claims | None]] = {
    Target.EVENT: add_event,
    Target.CLAIM: _add_claim,
    Target.ARGUMENT: add_argument,
}


def check_value(field: Correctable, value: str) -> str:
    """Return a correction's value as it is kept.

    Raises:
        InputError: when it cannot be one; the message says what would be.
    """
    value = value.strip()
    match field:
        case Correctable.TYPE:
            _label(EventType, value)
        case Correctable.STATUS:
            _label(Status, value)
        case Correctable.STANCE:
            _label(Stance, value)
        case Correctable.WHEN:
            parse_days(value)
        case Correctable.AMOUNT:
            parse_amount(value)
        case Correctable.LINK:
            if not value:
                raise InputError("expected the id of a candidate, or NIL")
    return value


def check_addition(decision: Decision, text: str) -> None:
    """Do nothing, where a decision on a report with this text can be kept.

    Raises:
        InputError: when it adds what cannot be added: no words, no type, no role, no event to add to.
    """
    if decision.action is not Action.ADD:
        return
    if decision.target is Target.PLACE:
        raise InputError("expected an event, an argument or a claim to add, got a place")
    if decision.span.end > len(text) or not decision.span.of(text).strip():
        raise InputError(f"expected words of the report, got characters {decision.span.start} to {decision.span.end}")
    if decision.adds_saying:
        _check_saying(decision, text)
        return
    if (decision.target is Target.EVENT) != (decision.field is Correctable.TYPE):
        raise InputError("expected a type for an event that is added, and for nothing else")
    if (decision.target is Target.EVENT) != (decision.trigger is None):
        raise InputError("expected the words of the event that something is added to")
    if (decision.target is Target.ARGUMENT) != (decision.role is not None):
        raise InputError("expected a role for an argument that is added, and for nothing else")


def _check_saying(decision: Decision, text: str) -> None:
    named = (decision.trigger, *decision.covers)
    if not decision.covers:
        raise InputError("expected which events the saying is about, got none")
    if any(span is not None and not span.of(text).strip() for span in named):
        raise InputError("expected words of the report as source and as events")
    if decision.trigger is not None and decision.trigger.overlaps(decision.span):
        raise InputError(
            f"expected a source beside the words that say it, got “{decision.trigger.of(text)}” for "
            f"“{decision.span.of(text)}”; where nobody is named, leave the source out"
        )


def parse_days(value: str) -> When | None:
    """Return the days that `2016-07-31`, `2016-07-31/2016-08-02`, `…/..`, `../…` mean; None for `?`.

    >>> parse_days("2016-07-31/..").earliest.day
    31
    """
    if value == "?":
        return None
    first, _, last = value.partition("/")
    ends = [_day(first), _day(last or first)]
    if ends[0] is None and ends[1] is None:
        raise InputError(f"expected days like 2016-07-31, 2016-07-31/2016-08-02, 2016-07-31/.. or ?, got {value!r}")
    if ends[0] and ends[1] and ends[0] > ends[1]:
        raise InputError(f"expected the earlier day first, got {value!r}")
    return When(ends[0], ends[1], value, RULE)


def _day(written: str) -> date | None:
    if written == _OPEN:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError(f"expected a day like 2016-07-31, got {written!r}") from error


def parse_amount(value: str) -> tuple[float | None, float | None]:
    """Return the bounds that `12`, `10..12`, `10..`, `..12` mean; none for `?`.

    >>> parse_amount("10.."), parse_amount("12"), parse_amount("?")
    ((10.0, None), (12.0, 12.0), (None, None))
    """
    if value == "?":
        return None, None
    match = _AMOUNT.fullmatch(value.replace(" ", "").replace("–", _OPEN))
    if match is None or (match["low"] is None and match["high"] is None) or (not match["range"] and match["high"]):
        raise InputError(f"expected a number like 12, 10..12, 10.., ..12 or ?, got {value!r}")
    low = float(match["low"]) if match["low"] else None
    high = float(match["high"]) if match["high"] else (None if match["range"] else low)
    if low is not None and high is not None and low > high:
        raise InputError(f"expected the smaller number first, got {value!r}")
    return low, high


def _label(kind: type[Label], value: str) -> Label:
    try:
        return kind(value)
    except ValueError as error:
        raise InputError(f"expected one of {', '.join(kind)}, got {value!r}") from error
