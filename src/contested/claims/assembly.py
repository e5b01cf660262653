"""From a reading to claims: group, resolve, date, and look for disputes. The order of work of this room on one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from contested import counts, times
from contested.claims.disputes import find_disputes
from contested.claims.mending import mend
from contested.claims.negation import is_negated
from contested.claims.scope import settle
from contested.claims.spans import resolve_actors, resolve_places
from contested.claims.timing import date_events, told_tenses
from contested.places import Gazetteer
from contested.types import (
    Amount,
    Argument,
    Claim,
    Claims,
    Document,
    Event,
    EventMention,
    EventType,
    Layer,
    Mention,
    Reading,
    Role,
    Span,
    Status,
    TimeMention,
    Trigger,
)

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
Label = TypeVar("Label", EventType, Status)


def assemble(document: Document, reading: Reading, *, gazetteer: Gazetteer | None = None) -> Claims:
    """Return the claims of one report: events, who says them, what their spans mean, and where the sources disagree.

    Ids are given in text order (`E1`, `C1`, `A1`, `P1`, `D1`). Nothing the reader found is dropped, except attributions
    that cover no event and spans that play no part in one.

    Args:
        document: the report.
        reading: what the reader found in it.
        gazetteer: where places are looked up; what ships with the package if None.

    Raises:
        ValueError: when the reading is of another document.
    """
    if reading.document != document.id:
        raise ValueError(f"the reading is of {reading.document!r}, the document is {document.id!r}")
    reading = mend(document, reading)
    layers = _Layers.of(reading)
    events, event_of = _build_events(document, reading, layers)
    time_mentions = _resolve_times(document, layers, told_tenses(events, document.text))
    claims = _build_claims(document, reading, layers, event_of)
    places = resolve_places(document, layers.used_places(reading, document.text), gazetteer)
    actors = resolve_actors(document, layers.used_actor_groups(reading), places)
    undisputed = Claims(
        document=document,
        events=events,
        claims=claims,
        actors=actors,
        places=places,
        times=time_mentions,
        disputes=(),
        model=reading.model,
    )
    dated = replace(undisputed, events=date_events(undisputed))
    return replace(dated, disputes=find_disputes(dated))


@dataclass(frozen=True, slots=True)
class _Layers:
    """A reading by id, for the lookups that assembling needs."""

    triggers: dict[str, Trigger]
    mentions: dict[str, Mention]

    @classmethod
    def of(cls, reading: Reading) -> _Layers:
        return cls({t.id: t for t in reading.triggers}, {m.id: m for m in reading.mentions})

    def used_places(self, reading: Reading, text: str) -> list[Mention]:
        """Return the places that events name or are done to, in text order.

        A town that was struck or taken is what it was done to (a participant), and a place in the same words: it gets
        the span of the former, which may begin with an article that the latter leaves out.
        """
        used = {arc.mention for arc in reading.arguments}
        targets = {arc.mention for arc in reading.arguments if arc.role is Role.ON}
        spans = {_bare(self.mentions[m].span, text): self.mentions[m].span for m in targets}
        found = {}
        for m in self.mentions.values():
            if m.layer is Layer.PLACE and (m.id in used or _bare(m.span, text) in spans):
                span = m.span if m.id in used else spans[_bare(m.span, text)]
                found[m.id] = replace(m, span=span)
        return _in_text_order(found.values())

    def used_actor_groups(self, reading: Reading) -> list[list[Mention]]:
        """Return the actor groups, each cut down to the spans that act, suffer or speak; things are no actors."""
        used = {arc.mention for arc in reading.arguments}
        used |= {m for a in reading.attributions if a.triggers for m in (a.source, a.via) if m is not None}
        groups = ([self.mentions[m] for m in group if m in used] for group in reading.actor_groups)
        acting = ([m for m in group if m.kind is not None] for group in groups)
        return sorted((_in_text_order(group) for group in acting if group), key=lambda group: group[0].span)


def _bare(span: Span, text: str) -> Span:
    """Return a span without the article that it may begin with."""
    article = _ARTICLE.match(text, span.start, span.end)
    return Span(article.end(), span.end) if article else span


def _in_text_order(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda m: (m.span, m.id))


def _resolve_times(document: Document, layers: _Layers, tenses: Mapping[Span, str]) -> tuple[TimeMention, ...]:
    published = document.published.day if document.published else None
    text, found = document.text, sorted({m.span for m in layers.mentions.values() if m.layer is Layer.TIME})
    return tuple(
        TimeMention(
            span,
            times.resolve(text, span, published=published, sentence=document.sentence_at(span), tense=tenses.get(span)),
        )
        for span in found
    )


def _build_events(document: Document, reading: Reading, layers: _Layers) -> tuple[tuple[Event, ...], dict[str, str]]:
    """Return the events in text order, and the event id of each trigger id."""
    arguments = _build_arguments(document, reading, layers)
    groups = [[layers.triggers[t] for t in group] for group in reading.event_groups]
    groups = sorted((sorted(group, key=lambda t: t.span) for group in groups if group), key=lambda g: g[0].span)
    events: list[Event] = []
    event_of: dict[str, str] = {}
    for number, group in enumerate(groups, start=1):
        event_id = f"E{number}"
        event_of |= {trigger.id: event_id for trigger in group}
        mentions = tuple(EventMention(t.span, tuple(arguments.get(t.id, ()))) for t in group)
        events.append(
            Event(
                id=event_id,
                type=_most_likely([(t.type, t.score) for t in group]),
                status=_most_likely([(_status(t, document), t.score) for t in group]),
                mentions=mentions,
                score=max(t.score for t in group),
            )
        )
    return tuple(events), event_of


def _status(trigger: Trigger, document: Document) -> Status:
    """Return a mention's status; what its own clause negates has not happened, though the reader may miss it."""
    if trigger.status is Status.ACTUAL and is_negated(document, trigger.span):
        return Status.NEGATED
    return trigger.status


def _most_likely(votes: Sequence[tuple[Label, float]]) -> Label:
    """Return the label with the most probability over an event's mentions; the first one met wins a tie."""
    if len(votes) == 1:
        return votes[0][0]
    tally: dict[Label, float] = {}
    for label, score in votes:
        tally[label] = tally.get(label, 0.0) + score
    return max(tally, key=lambda label: tally[label])


def _build_arguments(document: Document, reading: Reading, layers: _Layers) -> dict[str, list[Argument]]:
    """Return each trigger's arguments in text order, one for each role and span."""
    best: dict[tuple[str, Role, Span], Argument] = {}
    amounts: dict[Span, Amount] = {}  # one number is often an argument of several triggers
    for arc in reading.arguments:
        mention = layers.mentions[arc.mention]
        key = (arc.trigger, arc.role, mention.span)
        if key in best and best[key].score >= arc.score:
            continue
        amount = None
        if arc.role.is_count:
            if mention.span not in amounts:
                sentence = document.sentence_at(mention.span)
                amounts[mention.span] = counts.resolve(document.text, mention.span, sentence=sentence)
            amount = amounts[mention.span]
        best[key] = Argument(arc.role, mention.span, mention.part, amount, arc.score)
    arguments: dict[str, list[Argument]] = {}
    for (trigger, _, _), argument in sorted(best.items(), key=lambda kv: (kv[1].span.start, kv[1].span.end, kv[0][1])):
        arguments.setdefault(trigger, []).append(argument)
    return arguments


def _build_claims(document: Document, reading: Reading, layers: _Layers, event_of: dict[str, str]) -> tuple[Claim, ...]:
    """Return one claim for each attribution that covers an event, in the order of their cues."""
    said = [
        Claim(
            id="",
            stance=attribution.stance,
            cue=layers.mentions[attribution.cue].span,
            source=layers.mentions[attribution.source].span if attribution.source else None,
            via=layers.mentions[attribution.via].span if attribution.via else None,
            events=(),
            score=attribution.score,
            triggers=tuple(sorted(layers.triggers[t].span for t in attribution.triggers)),
        )
        for attribution in reading.attributions
    ]
    groups = {layers.mentions[m].span: n for n, group in enumerate(reading.actor_groups) for m in group}
    type_of = {t.span: t.type for t in reading.triggers}
    cues = [m.span for m in layers.mentions.values() if m.layer is Layer.CUE]
    settled = settle(said, document, type_of, lambda source: groups.get(source, source), cues)
    event_at = {layers.triggers[t].span: event for t, event in event_of.items()}
    covering = [replace(c, events=tuple(dict.fromkeys(event_at[t] for t in c.triggers))) for c in settled]
    covering.sort(key=lambda c: (c.cue, c.source or c.cue, c.events))
    return tuple(replace(claim, id=f"C{number}") for number, claim in enumerate(covering, start=1))
