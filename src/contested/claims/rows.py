"""Claims as flat rows: one for each claim and event, every value with the words it rests on and where they stand.

Beside a speaker's name stands what the speaker tells of the event, not what others put into it (`as_told`).
"""

from __future__ import annotations

from collections.abc import Iterator

from contested.claims.index import Index
from contested.claims.telling import as_told
from contested.claims.writing import Cell
from contested.types import Actor, Argument, Claim, Claims, Event, Place, Role, Span


def evidence_of(claim: Claim) -> tuple[Span, ...]:
    """Return the words a claim rests on: source, saying word, and the triggers it covers."""
    named = [span for span in (claim.source, claim.cue) if span is not None]
    return tuple(sorted({*named, *claim.triggers}))


def quote_span(evidence: tuple[Span, ...], claims: Claims) -> Span:
    """Return the sentence of the first evidence, widened to the last sentence that holds some."""
    document = claims.document
    first, last = document.sentence_at(evidence[0]), document.sentence_at(evidence[-1])
    start = min(first.start if first else evidence[0].start, evidence[0].start)
    end = max(last.end if last else evidence[-1].end, max(span.end for span in evidence))
    return Span(start, end)


def claim_rows(claims: Claims) -> Iterator[tuple[Claim | None, Event, dict[str, Cell]]]:
    """Yield each claim and event it covers with their row, then each event in the outlet's own voice (no claim)."""
    index = Index(claims)
    disputes: dict[tuple[str | None, str], list[str]] = {}
    for dispute in claims.disputes:
        for side in dispute.sides:
            disputes.setdefault((side.claim, side.event), []).append(dispute.id)
    said: list[tuple[Claim | None, Event]] = [(c, index.events[e]) for c in claims.claims for e in c.events]
    said += [(None, event) for event in claims.author_events()]
    for claim, event in said:
        told = as_told(event, index.voice(claim), index) if claim else event
        row: dict[str, Cell] = {
            **_document_cells(claims),
            **_claim_cells(claim, index),
            **_event_cells(told, index),
            **_count_cells(told, index),
            **_evidence_cells(claim, event, index),
            "disputes": " ".join(disputes.get((claim.id if claim else None, event.id), [])),
            "model": claims.model,
            "score": round(claim.score if claim else event.score, 4),
        }
        yield claim, event, row


def _document_cells(claims: Claims) -> dict[str, Cell]:
    document = claims.document
    return {
        "doc_id": document.id,
        "publisher": document.publisher,
        "published_at": document.published.day.isoformat() if document.published else None,
        "published_origin": document.published.origin.value if document.published else None,
        "url": document.url,
    }


def _claim_cells(claim: Claim | None, index: Index) -> dict[str, Cell]:
    if claim is None:
        return {"stance": "asserts", "attribution_type": "author"}
    actor = index.actor_at(claim.source)
    return {
        "claim_id": claim.id,
        "stance": claim.stance.value,
        "attribution_type": "unnamed" if claim.source is None else "named",
        "source": index.words(claim.source) if claim.source else None,
        "source_name": actor.link.name if actor else None,
        "source_kind": actor.link.kind.value if actor else None,
        "source_country": actor.link.country if actor else None,
        "via": index.words(claim.via) if claim.via else None,
        "cue": index.words(claim.cue),
    }


def _event_cells(event: Event, index: Index) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "event_id": event.id,
        "event_type": event.type.value,
        "event_status": event.status.value,
        "by": _join(event.arguments(Role.BY), index),
        "by_names": _names(index.doers(event.arguments())),
        "on": _join(event.arguments(Role.ON), index),
        "on_names": _names(index.targets(event.arguments())),
        "weapon": _join(event.arguments(Role.WEAPON), index),
        "place": _join(event.arguments(Role.PLACE), index),
        "time": index.words(event.when_span) if event.when_span else None,
        "date_earliest": event.when.earliest.isoformat() if event.when and event.when.earliest else None,
        "date_latest": event.when.latest.isoformat() if event.when and event.when.latest else None,
        "date_rule": event.when_rule or None,
    }
    place = _main_place(event, index)
    if place is not None:
        cells |= {
            "place_name": place.link.name,
            "place_country": place.link.country,
            "latitude": place.link.lat,
            "longitude": place.link.lon,
            "radius_km": place.link.radius_km,
            "place_rule": place.link.rule,
        }
    return cells


def _main_place(event: Event, index: Index) -> Place | None:
    """Return the first place with coordinates, else the first one: `place` before `on`."""
    spans = [a.span for role in (Role.PLACE, Role.ON) for a in event.arguments(role)]
    found = [place for place in map(index.place_at, spans) if place is not None]
    return next((p for p in found if p.link.lat is not None), found[0] if found else None)


def _count_cells(event: Event, index: Index) -> dict[str, Cell]:
    """Return the tolls of one event. Only when one number is given do its bounds stand in columns of their own."""
    cells: dict[str, Cell] = {}
    others = []
    for role in (Role.KILLED, Role.WOUNDED):
        whole = [a for a in event.arguments(role) if not a.part]
        cells[role.value] = _join(whole, index)
        bounds = {(a.amount.low, a.amount.high) for a in whole if a.amount is not None}
        if len(bounds) == 1:
            cells[f"{role.value}_low"], cells[f"{role.value}_high"] = map(_whole, bounds.pop())
    for argument in event.arguments():
        if argument.role.is_count and (argument.part or argument.role not in (Role.KILLED, Role.WOUNDED)):
            part = " (part)" if argument.part else ""
            others.append(f"{argument.role.value}{part}: {index.words(argument.span)}")
    cells["other_counts"] = "; ".join(dict.fromkeys(others)) or None
    return cells


def _whole(value: float | None) -> Cell:
    return int(value) if value is not None and value.is_integer() else value


def _evidence_cells(claim: Claim | None, event: Event, index: Index) -> dict[str, Cell]:
    triggers = [m.trigger for m in event.mentions if claim is None or m.trigger in claim.triggers]
    trigger = (triggers or [event.mentions[0].trigger])[0]
    spans = [trigger]
    if claim is not None:
        spans += [s for s in (claim.source, claim.cue) if s is not None]
    quote: Span = quote_span(tuple(sorted(spans)), index.claims)
    return {
        "trigger": index.words(trigger),
        "quote": quote.of(index.text),
        "char_start": quote.start,
        "char_end": quote.end,
        "offset_unit": "code points",
    }


def _join(arguments: tuple[Argument, ...] | list[Argument], index: Index) -> str | None:
    return "; ".join(dict.fromkeys(index.words(a.span) for a in arguments)) or None


def _names(actors: tuple[Actor, ...]) -> str | None:
    return "; ".join(dict.fromkeys(actor.link.name for actor in actors)) or None
