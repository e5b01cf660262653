"""Writes claims in the corpus form: one JSON object a document, spans as `[start, end]`, ids joined by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from contested.events import gaps
from contested.types import (
    Actor,
    Amount,
    Argument,
    Claim,
    Claims,
    Dispute,
    Document,
    Event,
    Place,
    PlaceCandidate,
    Span,
    TimeMention,
    When,
)

Party = TypeVar("Party", Actor, Place)


def to_form(claims: Claims) -> dict[str, Any]:
    """Return one report's claims in the corpus form, with more keys than it asks for.

    The keys of the form keep their order and meaning. Beyond them: scores of the model, the rule behind each resolved
    value, disputes, where the publication date came from, what was left out of the reading, and warnings.
    """
    document = claims.document
    actors, places = _by_span(claims.actors), _by_span(claims.places)
    return {
        "id": document.id,
        "date": document.published.day.isoformat() if document.published else None,
        "publisher": document.publisher,
        "text": document.text,
        "sentences": [_span(s) for s in document.sentences],
        "events": [_event(e, actors, places) for e in claims.events],
        "claims": [_claim(c) for c in claims.claims],
        "actors": [_actor(a) for a in claims.actors],
        "places": [_place(p) for p in claims.places],
        "times": [_time(t) for t in claims.times],
        "disputes": [_dispute(d) for d in claims.disputes],
        "model": claims.model,
        **_frame(document),
    }


def _frame(document: Document) -> dict[str, Any]:
    return {
        "date_origin": document.published.origin.value if document.published else None,
        "url": document.url,
        "where": document.where,
        "language": document.language,
        "headline": _span_or_none(document.headline),
        "headline_text": document.headline_text,
        "byline": document.byline,
        "dateline": _span_or_none(document.dateline),
        "wire_credit": document.wire_credit,
        "furniture": [{"span": _span(f.span), "kind": f.kind.value, "rule": f.rule} for f in document.furniture],
        "warnings": list(document.warnings),
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _span_or_none(span: Span | None) -> list[int] | None:
    return None if span is None else _span(span)


def _by_span(parties: Sequence[Party]) -> dict[Span, dict[int, Party]]:
    """Return, for each span, the numbered actors or places that it denotes."""
    found: dict[Span, dict[int, Party]] = {}
    for number, party in enumerate(parties):
        for span in party.spans:
            found.setdefault(span, {})[number] = party
    return found


def _used(event: Event, by_span: dict[Span, dict[int, Party]]) -> list[Party]:
    """Return the actors or places that the event's arguments denote, in their own order."""
    used: dict[int, Party] = {}
    for argument in event.arguments():
        used |= by_span.get(argument.span, {})
    return [used[number] for number in sorted(used)]


def _event(event: Event, actors: dict[Span, dict[int, Actor]], places: dict[Span, dict[int, Place]]) -> dict[str, Any]:
    missing = gaps(event, actors=_used(event, actors), places=_used(event, places))
    return {
        "id": event.id,
        "type": event.type.value,
        "status": event.status.value,
        "mentions": [
            {"trigger": _span(m.trigger), "args": [_argument(a) for a in m.arguments]} for m in event.mentions
        ],
        "when": _when(event.when) if event.when else None,
        "when_span": _span_or_none(event.when_span),
        "when_rule": event.when_rule,
        "unsaid": [{"what": gap.unsaid.value, "reason": gap.reason} for gap in missing.unsaid],
        "filled": [{"field": f.field, "value": f.value, "rule": f.rule, "reason": f.reason} for f in missing.filled],
        "score": _score(event.score),
    }


def _argument(argument: Argument) -> dict[str, Any]:
    form: dict[str, Any] = {
        "role": argument.role.value,
        "span": _span(argument.span),
        "part": argument.part,
    }
    if argument.amount is not None:
        form |= {"low": _number(argument.amount.low), "high": _number(argument.amount.high)}
        form["amount"] = _amount(argument.amount)
    form["score"] = _score(argument.score)
    return form


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "rule": amount.rule,
        "reason": amount.reason,
        "hedge": amount.hedge,
        "of_whom": amount.of_whom,
        "vague": amount.vague,
        "cumulative": amount.cumulative,
        "mixed": amount.mixed,
    }


def _number(value: float | None) -> float | int | None:
    """Return whole numbers as whole numbers: 15, not 15.0."""
    return int(value) if value is not None and value.is_integer() else value


def _score(score: float) -> float:
    return round(score, 4)  # more digits differ between machines and say nothing


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "stance": claim.stance.value,
        "source": _span_or_none(claim.source),
        "via": _span_or_none(claim.via),
        "cue": _span(claim.cue),
        "of": list(claim.events),
        "triggers": [_span(t) for t in claim.triggers],
        "score": _score(claim.score),
    }


def _actor(actor: Actor) -> dict[str, Any]:
    link = actor.link
    return {
        "id": actor.id,
        "spans": [_span(s) for s in actor.spans],
        "kind": link.kind.value,
        "country": link.country,
        "name": link.name,
        "entry": link.entry,
        "rule": link.rule,
        "reason": link.reason,
        "candidates": list(link.candidates),
        "score": _score(link.score),
    }


def _place(place: Place) -> dict[str, Any]:
    link = place.link
    return {
        "id": place.id,
        "spans": [_span(s) for s in place.spans],
        "country": link.country,
        "level": link.level.value if link.level else None,
        "lat": link.lat,
        "lon": link.lon,
        "name": link.name,
        "relation": link.relation,
        "radius_km": link.radius_km,
        "acled_precision": link.acled_precision,
        "ucdp_precision": link.ucdp_precision,
        "rule": link.rule,
        "reason": link.reason,
        "gazetteer": _candidate(link.chosen) if link.chosen else None,
        "candidates": [_candidate(c) for c in link.candidates],
    }


def _candidate(candidate: PlaceCandidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "country": candidate.country,
        "level": candidate.level.value,
        "lat": candidate.lat,
        "lon": candidate.lon,
        "admin1": candidate.admin1,
        "source": candidate.source,
        "score": _score(candidate.score),
        "why": candidate.why,
    }


def _time(mention: TimeMention) -> dict[str, Any]:
    return {"span": _span(mention.span), **_when(mention.when)}


def _when(when: When) -> dict[str, Any]:
    return {
        "value": when.value,
        "earliest": when.earliest.isoformat() if when.earliest else "",
        "latest": when.latest.isoformat() if when.latest else "~",
        "edge": when.edge,
        "acled_precision": when.acled_precision,
        "ucdp_precision": when.ucdp_precision,
        "rule": when.rule,
        "reason": when.reason,
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.id,
        "kind": dispute.kind.value,
        "sides": [
            {"event": s.event, "claim": s.claim, "says": s.says, "evidence": [_span(e) for e in s.evidence]}
            for s in dispute.sides
        ],
        "rule": dispute.rule,
        "why": dispute.why,
    }
