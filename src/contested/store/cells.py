"""Values of the house as cells of a table, and back: spans, days, amounts, links. Each pair is the other's inverse."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from contested.store.database import Value
from contested.types import ActorKind, ActorLink, Amount, PlaceCandidate, PlaceLevel, PlaceLink, Span, When

Cells = tuple[Value, ...]

# What a database cannot keep: NUL (PostgreSQL), and halves of surrogate pairs, as in a file name that is not UTF-8.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")

WHEN_WIDTH = 8
AMOUNT_WIDTH = 9


def clean(text: str) -> str:
    """Return text that any database keeps; what it would refuse becomes the replacement character."""
    return _UNKEPT.sub("\ufffd", text)


def write_json(value: object) -> str:
    """Return a value as JSON in one fixed writing."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def span_cells(span: Span | None) -> Cells:
    """Return a span's start and end, or two NULLs."""
    return (None, None) if span is None else (span.start, span.end)


def read_span(start: int | None, end: int | None) -> Span | None:
    """Return the span of two cells."""
    return None if start is None or end is None else Span(start, end)


def write_spans(spans: Sequence[Span]) -> str:
    """Return spans as `[[start,end],…]`."""
    return write_json([[s.start, s.end] for s in spans])


def read_spans(cell: str) -> tuple[Span, ...]:
    """Return the spans of a cell."""
    return tuple(Span(start, end) for start, end in json.loads(cell))


def when_cells(when: When | None) -> Cells:
    """Return days as `WHEN_WIDTH` cells, all NULL when nothing is said."""
    if when is None:
        return (None,) * WHEN_WIDTH
    return (
        when.value,
        when.earliest.isoformat() if when.earliest else None,
        when.latest.isoformat() if when.latest else None,
        when.edge,
        when.acled_precision,
        when.ucdp_precision,
        when.rule,
        when.reason,
    )


def read_when(cells: Sequence[Any]) -> When | None:
    """Return the days of `WHEN_WIDTH` cells."""
    value, earliest, latest, edge, acled, ucdp, rule, reason = cells
    return None if value is None else When(_day(earliest), _day(latest), value, rule, reason, edge, acled, ucdp)


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def amount_cells(amount: Amount | None) -> Cells:
    """Return an amount as `AMOUNT_WIDTH` cells, all NULL when there is none."""
    if amount is None:
        return (None,) * AMOUNT_WIDTH
    a = amount
    return (a.low, a.high, a.rule, a.reason, a.hedge, a.of_whom, a.vague, int(a.cumulative), int(a.mixed))


def read_amount(cells: Sequence[Any]) -> Amount | None:
    """Return the amount of `AMOUNT_WIDTH` cells."""
    low, high, rule, reason, hedge, of_whom, vague, cumulative, mixed = cells
    if rule is None:
        return None
    return Amount(low, high, rule, reason, hedge, of_whom, vague, bool(cumulative), bool(mixed))


def actor_cells(link: ActorLink) -> Cells:
    """Return who an actor is, as cells."""
    kind, candidates = link.kind.value, write_json(list(link.candidates))
    return (link.name, kind, link.country, link.entry, link.rule, link.reason, link.score, candidates)


def read_actor(cells: Sequence[Any]) -> ActorLink:
    """Return who an actor is, from its cells."""
    name, kind, country, entry, rule, reason, score, candidates = cells
    return ActorLink(name, ActorKind(kind), country, rule, reason, entry, score, tuple(json.loads(candidates)))


def place_cells(link: PlaceLink) -> Cells:
    """Return where a place is, as cells."""
    return (
        link.name,
        link.country,
        link.level.value if link.level else None,
        link.lat,
        link.lon,
        link.radius_km,
        link.relation,
        link.acled_precision,
        link.ucdp_precision,
        link.rule,
        link.reason,
        write_json(_candidate(link.chosen)) if link.chosen else None,
        write_json([_candidate(c) for c in link.candidates]),
    )


def read_place(cells: Sequence[Any]) -> PlaceLink:
    """Return where a place is, from its cells."""
    name, country, level, lat, lon, radius_km, relation, acled, ucdp, rule, reason, chosen, candidates = cells
    return PlaceLink(
        name=name,
        country=country,
        level=PlaceLevel(level) if level else None,
        lat=lat,
        lon=lon,
        rule=rule,
        reason=reason,
        chosen=_read_candidate(json.loads(chosen)) if chosen else None,
        candidates=tuple(_read_candidate(c) for c in json.loads(candidates)),
        relation=relation,
        radius_km=radius_km,
        acled_precision=acled,
        ucdp_precision=ucdp,
    )


def _candidate(c: PlaceCandidate) -> dict[str, Value]:
    return {
        "id": c.id,
        "name": c.name,
        "country": c.country,
        "level": c.level.value,
        "lat": c.lat,
        "lon": c.lon,
        "score": c.score,
        "why": c.why,
        "admin1": c.admin1,
        "source": c.source,
    }


def _read_candidate(cell: dict[str, Any]) -> PlaceCandidate:
    return PlaceCandidate(**{**cell, "level": PlaceLevel(cell["level"])})
