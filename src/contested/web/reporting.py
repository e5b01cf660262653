"""One report as its page shows it: the whole text with its marks, and every value beside it tied to its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contested.claims import STANCE_PARTICIPLES, Index
from contested.claims.writing import STANCE_SIGNS, STANCE_WORDS, STATUS_WORDS, write_bounds, write_when
from contested.incidents.account import account_id
from contested.types import (
    Argument,
    Claim,
    Claims,
    Correctable,
    Decision,
    DocumentVersion,
    Event,
    EventType,
    Role,
    Span,
    Stance,
    Status,
    Target,
    standing_decisions,
)
from contested.web.marks import Layer, Mark, Segment, cut, find_marks, layer_of

_CONTEXT = 320  # characters before and behind the words of an event, out to the sentence's ends


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer can correct of a value: the field, what stands now, and what may be chosen (none: written)."""

    target: Target
    span: Span
    field: Correctable | None = None
    now: str = ""
    options: tuple[tuple[str, str], ...] = ()
    role: Role | None = None
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of an event: its role, its words, what they mean, the mark they stand in, and what was decided."""

    role: str
    words: str
    meaning: str
    mark: Mark | None
    why: str = ""
    choice: Choice | None = None
    decided: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class SayingView:
    """Who takes which stance on an event, and in which words."""

    sign: str
    stance: str
    speaker: str
    cue: Mark
    source: Mark | None
    choice: Choice
    decided: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """One event of a report: its values, who says so, and the marks that belong to it."""

    name: str
    account: str
    type: str
    status: str
    trigger: Mark
    words: str
    facts: tuple[Fact, ...]
    sayings: tuple[SayingView, ...]
    in_own_voice: bool
    marks: tuple[Mark, ...]
    choice: Choice
    decided: tuple[Decision, ...] = ()

    @property
    def ids(self) -> str:
        """The ids of its marks, for an attribute."""
        return " ".join(m.id for m in self.marks)


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report: its frame, its text in segments, its events, its inner disputes, and what was decided on it."""

    version: DocumentVersion
    segments: tuple[Segment, ...]
    events: tuple[EventView, ...]
    disputes: tuple[tuple[str, str, tuple[Mark, ...]], ...]
    decisions: tuple[Decision, ...]
    model: str
    asked: tuple[Span, ...] = ()


def view_report(
    version: DocumentVersion, claims: Claims, decisions: Sequence[Decision] = (), asked: Sequence[Span] = ()
) -> ReportView:
    """Return one report.

    Args:
        version: which version of it.
        claims: what it says, with decisions applied.
        decisions: all that were made on this version, also those taken back.
        asked: words that the reader of the page came for.
    """
    document = version.document
    length = len(document.text)
    inside = tuple(s for s in asked if s.end <= length)
    marks = sorted(
        {*find_marks(claims), *(Mark(Layer.ASKED, s) for s in inside)}, key=lambda m: (m.span, m.layer.value)
    )
    return ReportView(
        version=version,
        segments=tuple(cut(document.text, marks, [f.span for f in document.furniture])),
        events=view_events(claims, decisions),
        disputes=tuple(
            (d.kind.value, d.why, tuple(Mark(Layer.EVIDENCE, s) for side in d.sides for s in side.evidence))
            for d in claims.disputes
        ),
        decisions=tuple(decisions),
        model=claims.model,
        asked=inside,
    )


def view_events(claims: Claims, decisions: Sequence[Decision] = ()) -> tuple[EventView, ...]:
    """Return the events of a report in text order, each with what reviewers decided on it."""
    index = Index(claims)
    held = standing_decisions(list(decisions))
    events = [_event(event, index, held) for event in claims.events]
    return tuple(sorted(events, key=lambda e: e.trigger.span))


def passage(claims: Claims, event: EventView) -> tuple[Segment, ...]:
    """Return the stretch of the report around an event, whole sentences, with the event's own marks alone."""
    return tuple(cut(claims.document.text, event.marks, within=passage_span(claims, event)))


def passage_span(claims: Claims, event: EventView) -> Span:
    """Return where the stretch of the report around an event lies."""
    first = min(m.span.start for m in event.marks if abs(m.span.start - event.trigger.span.start) <= _CONTEXT)
    last = max(m.span.end for m in event.marks if abs(m.span.end - event.trigger.span.end) <= _CONTEXT)
    start, end = first, last
    for sentence in claims.document.sentences:
        if sentence.start <= first < sentence.end:
            start = sentence.start
        if sentence.start < last <= sentence.end:
            end = sentence.end
    return Span(start, max(end, start + 1))


def _event(event: Event, index: Index, held: Sequence[Decision]) -> EventView:
    trigger = event.mentions[0].trigger
    facts = [*_labels(event, trigger, held), *_when(event, index, trigger, held)]
    order = list(Role)
    for argument in sorted(event.arguments(), key=lambda a: (order.index(a.role), a.span)):
        if argument.span != event.when_span:  # the day stands there already
            facts.append(_fact(argument, event, index, held))
    sayings = tuple(_saying(claim, index, held) for claim in index.claims_on(event))
    marks = [Mark(Layer.TRIGGER, m.trigger) for m in event.mentions]
    marks += [f.mark for f in facts if f.mark is not None]
    marks += [m for s in sayings for m in (s.cue, s.source) if m is not None]
    return EventView(
        name=event.id,
        account=account_id(index.claims.document.id, trigger),
        type=event.type.value,
        status=STATUS_WORDS[event.status],
        trigger=Mark(Layer.TRIGGER, trigger),
        words=index.words(trigger),
        facts=_each_once(facts),
        sayings=sayings,
        in_own_voice=bool(index.own_voice_mentions(event)),
        marks=tuple(sorted(set(marks), key=lambda m: (m.span, m.layer.value))),
        choice=Choice(Target.EVENT, trigger),
        decided=tuple(d for d in held if d.target is Target.EVENT and d.span == trigger and d.field is None),
    )


def _labels(event: Event, trigger: Span, held: Sequence[Decision]) -> list[Fact]:
    types = tuple((t.value, t.value.replace("_", " ")) for t in EventType)
    statuses = tuple((s.value, STATUS_WORDS[s] or "said to have happened") for s in Status)
    given = (
        (Correctable.TYPE, event.type.value, event.type.value.replace("_", " "), types),
        (Correctable.STATUS, event.status.value, STATUS_WORDS[event.status] or "said to have happened", statuses),
    )
    return [
        Fact(
            field.value,
            "",
            words,
            Mark(Layer.TRIGGER, trigger) if field is Correctable.TYPE else None,
            choice=Choice(Target.EVENT, trigger, field, now, options),
            decided=_on(held, Target.EVENT, trigger, field),
        )
        for field, now, words, options in given
    ]


def _when(event: Event, index: Index, trigger: Span, held: Sequence[Decision]) -> list[Fact]:
    when, span = event.when, event.when_span
    mark = Mark(Layer.TIME, span) if span else None
    fact = Fact(
        "when",
        index.words(span) if span else "",
        write_when(when) if when else "day not said",
        mark,
        (when.reason if when else "") or event.when_rule,
        Choice(Target.EVENT, trigger, Correctable.WHEN, _write_days(event)),
        _on(held, Target.EVENT, trigger, Correctable.WHEN),
    )
    return [fact]


def _write_days(event: Event) -> str:
    when = event.when
    if when is None or not when.is_known:
        return "?"
    first, last = (d.isoformat() if d else ".." for d in (when.earliest, when.latest))
    return first if first == last else f"{first}/{last}"


def _fact(argument: Argument, event: Event, index: Index, held: Sequence[Decision]) -> Fact:
    trigger = event.mentions[0].trigger
    span = argument.span
    mark = Mark(layer_of(argument.role), span)
    choice = Choice(Target.ARGUMENT, span, role=argument.role, trigger=trigger)
    words, meaning, why = index.words(span), "", ""
    decided = tuple(d for d in held if d.target is Target.ARGUMENT and d.span == span and d.role is argument.role)
    if argument.amount is not None:
        amount = argument.amount
        meaning = write_bounds(amount) or amount.vague
        why = amount.reason
        now = _write_amount(amount.low, amount.high)
        choice = Choice(Target.ARGUMENT, span, Correctable.AMOUNT, now, (), argument.role, trigger)
    elif argument.role in (Role.PLACE, Role.ON) and (place := index.place_at(span)) is not None:
        link = place.link
        meaning = f"{link.name} ({link.country or '?'})" if link.lat is not None else "not found on the map"
        why = link.reason
        options = tuple(
            (c.id, f"{c.name}, {c.admin1 + ', ' if c.admin1 else ''}{c.country or '?'} ({c.level.value})")
            for c in link.candidates
        )
        now = link.chosen.id if link.chosen else "NIL"
        choice = Choice(Target.PLACE, place.spans[0], Correctable.LINK, now, (*options, ("NIL", "none of these")))
        decided = (*decided, *_on(held, Target.PLACE, place.spans[0], Correctable.LINK))
    elif (actor := index.actor_at(span)) is not None:
        meaning, why = actor.link.name, actor.link.reason
    part = "of them " if argument.part else ""
    return Fact(f"{part}{argument.role.value}", words, meaning, mark, why, choice, decided)


def _write_amount(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "?"
    if low == high:
        return f"{low:.15g}"
    return f"{'' if low is None else f'{low:.15g}'}..{'' if high is None else f'{high:.15g}'}"


def _saying(claim: Claim, index: Index, held: Sequence[Decision]) -> SayingView:
    stances = tuple((s.value, STANCE_WORDS[s]) for s in Stance)
    return SayingView(
        STANCE_SIGNS[claim.stance],
        STANCE_PARTICIPLES[claim.stance],
        index.name(claim.source) if claim.source else "a source that is not named",
        Mark(Layer.CUE, claim.cue),
        Mark(Layer.SOURCE, claim.source) if claim.source else None,
        Choice(Target.CLAIM, claim.cue, Correctable.STANCE, claim.stance.value, stances, None, claim.source),
        tuple(d for d in held if d.target is Target.CLAIM and d.span == claim.cue),
    )


def _on(held: Sequence[Decision], target: Target, span: Span, field: Correctable) -> tuple[Decision, ...]:
    return tuple(d for d in held if d.target is target and d.span == span and d.field is field)


def _each_once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple({(f.role, f.mark, f.words): f for f in reversed(facts)}.values())[::-1]
