"""Reports and readings as rows of the tables. Columns stand here once, in the order of writing and reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from contested.store.cells import (
    Cells,
    actor_cells,
    amount_cells,
    clean,
    place_cells,
    span_cells,
    when_cells,
    write_json,
    write_spans,
)
from contested.types import Claims, Dispute, Document, Event, claim_keys, document_key, event_keys, text_sha256

_WHEN = (
    "when_value when_earliest when_latest when_edge when_acled_precision when_ucdp_precision when_found_by when_reason"
)
COLUMNS: dict[str, tuple[str, ...]] = {
    table: tuple(columns.split())
    for table, columns in {
        "document": "key place report version id sha256 text sentences published published_origin publisher url source"
        " headline_start headline_end headline_text byline dateline_start dateline_end wire_credit language furniture"
        " warnings run",
        "reading": "key place document model run",
        "event": f"reading place key name type status triggers {_WHEN} when_start when_end when_rule score",
        "argument": "reading event mention place role start_at end_at part score amount_low amount_high amount_rule"
        " amount_reason amount_hedge amount_of_whom amount_vague amount_cumulative amount_mixed",
        "claim": "reading place key name stance cue_start cue_end source_start source_end via_start via_end triggers"
        " score",
        "claim_event": "reading claim place event",
        "actor": "reading place name spans link_name kind country entry rule reason score candidates",
        "toponym": "reading place name spans link_name country level lat lon radius_km relation acled_precision"
        " ucdp_precision rule reason chosen candidates",
        "time_mention": f"reading place start_at end_at {_WHEN}",
        "dispute": "reading place name kind rule why",
        "dispute_side": "reading dispute place event claim says evidence",
        "failure": "key source reason run",
    }.items()
}
# What orders the rows of each table, wherever they come from.
ORDER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(COLUMNS, ("reading", "place")),
    "document": ("place",),
    "reading": ("place",),
    "argument": ("reading", "event", "mention", "place"),
    "claim_event": ("reading", "claim", "place"),
    "dispute_side": ("reading", "dispute", "place"),
    "failure": ("key",),
}
CONTENT = tuple(table for table in COLUMNS if table not in ("document", "reading", "failure"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new document and its reading go: the next free places, which report and version it is, which run."""

    document: int
    reading: int
    report: str
    version: int
    run: int


def kept(claims: Claims) -> Claims:
    """Return claims whose document has an id that any database keeps."""
    document = claims.document
    if clean(document.id) == document.id:
        return claims
    return replace(claims, document=replace(document, id=clean(document.id)))


def reading_key(document: str, model: str) -> str:
    """Return the id of what one model read in one version of a report."""
    return "r" + sha256(f"{document}\x1f{model}".encode("utf-8", "surrogatepass")).hexdigest()[:20]


def failure_row(where: str, reason: str, run: int) -> Cells:
    """Return the row of a report that was not read."""
    key = sha256(f"{clean(where)}\x1f{clean(reason)}".encode()).hexdigest()[:20]
    return ("f" + key, clean(where), clean(reason), run)


def document_row(document: Document, at: Place) -> Cells:
    """Return the row of one version of a report."""
    published = document.published
    furniture = [[f.span.start, f.span.end, f.kind.value, f.rule] for f in document.furniture]
    row: Cells = (
        document_key(document),
        at.document,
        at.report,
        at.version,
        document.id,
        text_sha256(document.text),
        document.text,
        write_spans(document.sentences),
        published.day.isoformat() if published else None,
        published.origin.value if published else None,
        document.publisher,
        document.url,
        document.where,
        *span_cells(document.headline),
        document.headline_text,
        document.byline,
        *span_cells(document.dateline),
        document.wire_credit,
        document.language,
        write_json(furniture),
        write_json(list(document.warnings)),
        at.run,
    )
    text = COLUMNS["document"].index("text")
    return tuple(clean(c) if isinstance(c, str) and i != text else c for i, c in enumerate(row))


def content_rows(claims: Claims, at: Place) -> Iterator[tuple[str, Cells]]:
    """Yield the rows of what was read in one report, with their tables, in an order that suits the foreign keys."""
    document = document_key(claims.document)
    reading = reading_key(document, claims.model)
    yield "reading", (reading, at.reading, document, claims.model, at.run)
    for table, cells in _content(claims):
        yield table, (reading, *(clean(c) if isinstance(c, str) else c for c in cells))


def _content(claims: Claims) -> Iterator[tuple[str, Cells]]:
    events, said = event_keys(claims), claim_keys(claims)
    for place, event in enumerate(claims.events):
        yield from _event(event, events[event.id], place)
    for place, claim in enumerate(claims.claims):
        spans = (*span_cells(claim.cue), *span_cells(claim.source), *span_cells(claim.via))
        key = said[claim.id]
        yield (
            "claim",
            (place, key, claim.id, claim.stance.value, *spans, write_spans(claim.triggers), claim.score),
        )
        for number, event_id in enumerate(claim.events):
            yield "claim_event", (key, number, events[event_id])
    for place, actor in enumerate(claims.actors):
        yield "actor", (place, actor.id, write_spans(actor.spans), *actor_cells(actor.link))
    for place, toponym in enumerate(claims.places):
        yield "toponym", (place, toponym.id, write_spans(toponym.spans), *place_cells(toponym.link))
    for place, time in enumerate(claims.times):
        yield "time_mention", (place, time.span.start, time.span.end, *when_cells(time.when))
    for place, dispute in enumerate(claims.disputes):
        yield from _dispute(dispute, place, events, said)


def _event(event: Event, key: str, place: int) -> Iterator[tuple[str, Cells]]:
    triggers = write_spans([m.trigger for m in event.mentions])
    when = (*when_cells(event.when), *span_cells(event.when_span), event.when_rule)
    yield "event", (place, key, event.id, event.type.value, event.status.value, triggers, *when, event.score)
    for mention, told in enumerate(event.mentions):
        for number, a in enumerate(told.arguments):
            where = (key, mention, number, a.role.value, a.span.start, a.span.end)
            yield "argument", (*where, int(a.part), a.score, *amount_cells(a.amount))


def _dispute(dispute: Dispute, place: int, events: dict[str, str], said: dict[str, str]) -> Iterator[tuple[str, Cells]]:
    yield "dispute", (place, dispute.id, dispute.kind.value, dispute.rule, dispute.why)
    for number, side in enumerate(dispute.sides):
        claim = said[side.claim] if side.claim else None
        yield "dispute_side", (place, number, events[side.event], claim, side.says, write_spans(side.evidence))
