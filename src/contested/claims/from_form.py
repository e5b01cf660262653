"""Claims back from the JSON form that `form.py` writes: everything but the digits of scores behind the fourth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from contested.errors import InputError
from contested.types import (
    Actor,
    ActorKind,
    ActorLink,
    Amount,
    Argument,
    Claim,
    Claims,
    DateOrigin,
    Dispute,
    DisputeKind,
    DisputeSide,
    Document,
    Event,
    EventMention,
    EventType,
    Furniture,
    FurnitureKind,
    Place,
    PlaceCandidate,
    PlaceLevel,
    PlaceLink,
    Published,
    Role,
    Span,
    Stance,
    Status,
    TimeMention,
    When,
)

Form = Mapping[str, Any]


def from_form(form: Form) -> Claims:
    """Return the claims that a form was written from.

    Raises:
        InputError: when it is no such form, or an earlier version of this program wrote it.
    """
    try:
        return Claims(
            document=_document(form),
            events=tuple(map(_event, form["events"])),
            claims=tuple(map(_claim, form["claims"])),
            actors=tuple(map(_actor, form["actors"])),
            places=tuple(map(_place, form["places"])),
            times=tuple(TimeMention(Span(*t["span"]), _when(t)) for t in form["times"]),
            disputes=tuple(map(_dispute, form["disputes"])),
            model=form["model"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"expected a whole reading, as `archive` and `read --format jsonl` of this version write it, got another "
            f"({type(error).__name__}: {error})",
            str(form.get("id", "")),
        ) from error


def _document(form: Form) -> Document:
    day, origin = form["date"], form["date_origin"]
    return Document(
        id=form["id"],
        text=form["text"],
        sentences=tuple(Span(*s) for s in form["sentences"]),
        published=Published(date.fromisoformat(day), DateOrigin(origin)) if day else None,
        publisher=form["publisher"],
        url=form["url"],
        where=form["where"],
        headline=_span(form["headline"]),
        headline_text=form["headline_text"],
        byline=form["byline"],
        dateline=_span(form["dateline"]),
        wire_credit=form["wire_credit"],
        language=form["language"],
        furniture=tuple(Furniture(Span(*f["span"]), FurnitureKind(f["kind"]), f["rule"]) for f in form["furniture"]),
        warnings=tuple(form["warnings"]),
    )


def _span(cell: list[int] | None) -> Span | None:
    return Span(*cell) if cell else None


def _event(form: Form) -> Event:
    return Event(
        id=form["id"],
        type=EventType(form["type"]),
        status=Status(form["status"]),
        mentions=tuple(EventMention(Span(*m["trigger"]), tuple(map(_argument, m["args"]))) for m in form["mentions"]),
        when=_when(form["when"]) if form["when"] else None,
        when_span=_span(form["when_span"]),
        when_rule=form["when_rule"],
        score=form["score"],
    )


def _argument(form: Form) -> Argument:
    amount = None
    if "amount" in form:
        low, high = (float(v) if v is not None else None for v in (form["low"], form["high"]))
        amount = Amount(low=low, high=high, **form["amount"])
    return Argument(Role(form["role"]), Span(*form["span"]), form["part"], amount, form["score"])


def _claim(form: Form) -> Claim:
    return Claim(
        id=form["id"],
        stance=Stance(form["stance"]),
        cue=Span(*form["cue"]),
        source=_span(form["source"]),
        via=_span(form["via"]),
        events=tuple(form["of"]),
        score=form["score"],
        triggers=tuple(Span(*t) for t in form["triggers"]),
    )


def _actor(form: Form) -> Actor:
    link = ActorLink(
        name=form["name"],
        kind=ActorKind(form["kind"]),
        country=form["country"],
        rule=form["rule"],
        reason=form["reason"],
        entry=form["entry"],
        score=form["score"],
        candidates=tuple(form["candidates"]),
    )
    return Actor(form["id"], tuple(Span(*s) for s in form["spans"]), link)


def _place(form: Form) -> Place:
    link = PlaceLink(
        name=form["name"],
        country=form["country"],
        level=PlaceLevel(form["level"]) if form["level"] else None,
        lat=form["lat"],
        lon=form["lon"],
        rule=form["rule"],
        reason=form["reason"],
        chosen=_candidate(form["gazetteer"]) if form["gazetteer"] else None,
        candidates=tuple(map(_candidate, form["candidates"])),
        relation=form["relation"],
        radius_km=form["radius_km"],
        acled_precision=form["acled_precision"],
        ucdp_precision=form["ucdp_precision"],
    )
    return Place(form["id"], tuple(Span(*s) for s in form["spans"]), link)


def _candidate(form: Form) -> PlaceCandidate:
    return PlaceCandidate(**{**form, "level": PlaceLevel(form["level"])})


def _when(form: Form) -> When:
    return When(
        earliest=date.fromisoformat(form["earliest"]) if form["earliest"] else None,
        latest=date.fromisoformat(form["latest"]) if form["latest"] != "~" else None,
        value=form["value"],
        rule=form["rule"],
        reason=form["reason"],
        edge=form["edge"],
        acled_precision=form["acled_precision"],
        ucdp_precision=form["ucdp_precision"],
    )


def _dispute(form: Form) -> Dispute:
    first, second = (
        DisputeSide(s["event"], s["claim"], s["says"], tuple(Span(*e) for e in s["evidence"])) for s in form["sides"]
    )
    return Dispute(form["id"], DisputeKind(form["kind"]), (first, second), form["rule"], form["why"])
