"""Rows of the tables back to `Document` and `Claims`: what was written comes back equal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from contested.store.cells import read_actor, read_amount, read_place, read_span, read_spans, read_when
from contested.store.database import Row
from contested.store.tables import COLUMNS
from contested.types import (
    Actor,
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
    Published,
    Role,
    Span,
    Stance,
    Status,
    TimeMention,
)

# The columns that a document is rebuilt from, in the order of `document`'s parameters.
DOCUMENT = tuple(c for c in COLUMNS["document"] if c not in ("key", "place", "report", "version", "sha256", "run"))


def read_document(cells: Sequence[Any]) -> Document:
    """Return the document of a row's `DOCUMENT` columns."""
    (id_, text, sentences, day, origin, publisher, url, where, headline, headline_end, headline_text, byline) = cells[
        :12
    ]
    dateline, dateline_end, wire, language, furniture, warnings = cells[12:]
    return Document(
        id=id_,
        text=text,
        sentences=read_spans(sentences),
        published=Published(date.fromisoformat(day), DateOrigin(origin)) if day else None,
        publisher=publisher,
        url=url,
        where=where,
        headline=read_span(headline, headline_end),
        headline_text=headline_text,
        byline=byline,
        dateline=read_span(dateline, dateline_end),
        wire_credit=wire,
        language=language,
        furniture=tuple(Furniture(Span(a, z), FurnitureKind(kind), r) for a, z, kind, r in json.loads(furniture)),
        warnings=tuple(json.loads(warnings)),
    )


def read_claims(document: Document, model: str, rows: Mapping[str, Sequence[Row]]) -> Claims:
    """Return the claims of one reading.

    Args:
        document: what was read.
        model: which model read it.
        rows: of each table of `CONTENT`, the rows of this reading without their first cell (the reading), in the order
            of their places.
    """
    names = {row[1]: row[2] for table in ("event", "claim") for row in rows[table]}
    covered: dict[str, list[str]] = defaultdict(list)
    for claim, _, event in rows["claim_event"]:
        covered[claim].append(names[event])
    return Claims(
        document=document,
        events=tuple(_events(rows)),
        claims=tuple(_claim(row, covered) for row in rows["claim"]),
        actors=tuple(Actor(name, read_spans(spans), read_actor(link)) for _, name, spans, *link in rows["actor"]),
        places=tuple(Place(name, read_spans(spans), read_place(link)) for _, name, spans, *link in rows["toponym"]),
        times=tuple(_time(row) for row in rows["time_mention"]),
        disputes=tuple(_disputes(rows, names)),
        model=model,
    )


def _events(rows: Mapping[str, Sequence[Row]]) -> Iterator[Event]:
    arguments: dict[tuple[str, int], list[Argument]] = defaultdict(list)
    for event, mention, _, role, start, end, part, score, *amount in rows["argument"]:
        found = Argument(Role(role), Span(start, end), bool(part), read_amount(amount), score)
        arguments[event, mention].append(found)
    for _, key, name, kind, status, triggers, *rest in rows["event"]:
        *when, start, end, rule, score = rest
        mentions = (EventMention(t, tuple(arguments[key, i])) for i, t in enumerate(read_spans(triggers)))
        yield Event(
            id=name,
            type=EventType(kind),
            status=Status(status),
            mentions=tuple(mentions),
            when=read_when(when),
            when_span=read_span(start, end),
            when_rule=rule,
            score=score,
        )


def _claim(row: Row, covered: Mapping[str, Sequence[str]]) -> Claim:
    _, key, name, stance, cue, cue_end, source, source_end, via, via_end, triggers, score = row
    return Claim(
        id=name,
        stance=Stance(stance),
        cue=Span(cue, cue_end),
        source=read_span(source, source_end),
        via=read_span(via, via_end),
        events=tuple(covered[key]),
        score=score,
        triggers=read_spans(triggers),
    )


def _time(row: Row) -> TimeMention:
    _, start, end, *cells = row
    when = read_when(cells)
    if when is None:
        raise ValueError("a time mention without a value; the table does not allow it")
    return TimeMention(Span(start, end), when)


def _disputes(rows: Mapping[str, Sequence[Row]], names: Mapping[str, str]) -> Iterator[Dispute]:
    sides: dict[int, list[DisputeSide]] = defaultdict(list)
    for dispute, _, event, claim, says, evidence in rows["dispute_side"]:
        sides[dispute].append(DisputeSide(names[event], names[claim] if claim else None, says, read_spans(evidence)))
    for place, name, kind, rule, why in rows["dispute"]:
        first, second = sides[place]
        yield Dispute(name, DisputeKind(kind), (first, second), rule, why)
