"""Gives events their time: their own, or by a named rule one from beside them. The publication date is never lent.

Rules, first one that applies (`Event.when_rule`):

    so long before      "two days after" right before it, and no time of its own behind that: so long before its
                        sentence's day, or its report's
    own time            a time expression of one of its mentions
    own times, narrowest   several that fit together: the one that says most
    own times, first    several that do not: the first in the text
    same sentence       the only time expression of its sentence, lent by another event of like status
    narrative           the sentence before tells of a dated day, with the same doer or target, and the story goes on

States that last (`hold`, `siege` …), words (`accuse`, `demand` …) and anything future, negated or supposed borrow
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from contested import times
from contested.claims.index import Index
from contested.resources import load_rules
from contested.types import Claims, Event, EventType, Relation, Role, Span, Status, TimeMention, When

# A state holds before and after any day on which a report mentions it: the day beside it is not its own.
STATES = frozenset(
    {EventType.HOLD, EventType.SIEGE, EventType.MILITARY_SUPPORT, EventType.DEPLOYMENT, EventType.SANCTION}
)
LONGEST_NARRATIVE_DAYS = 2  # "on Sunday", "overnight into Monday" set a scene; "in July" does not
LONGEST_LENT_DAYS = 7  # "last week" may be lent within a clause; of longer times it is not said which part
LONGEST_CLAUSE = 80  # characters between two triggers: some thirteen words; beyond it another clause has begun
# What people say to and about each other has its own day: an accusation on Tuesday is about a raid on Monday.
POLITICAL = frozenset(
    {EventType.ACCUSE, EventType.DEMAND, EventType.THREATEN, EventType.REJECT, EventType.PLEDGE, EventType.LEGAL_ACTION}
)


# What has been settled but begins, or lasts until, a day to come: “agreed on a truce from Monday”.
SETTLED = frozenset({EventType.AGREEMENT, EventType.CEASEFIRE, EventType.SANCTION})
LOOKING_AHEAD = SETTLED | {EventType.MILITARY_SUPPORT, EventType.HOLD}
_JUST_BEFORE = 20  # characters: "until at least the "
_TENSE = {Status.ACTUAL: "past", Status.FUTURE: "future"}


_ADJACENT = 12  # characters between a time and the noun it belongs to: one adjective ("Monday's deadly raid")
_NOW = "PRESENT"  # "now" is the time of writing, not a day of the story


def date_events(claims: Claims) -> tuple[Event, ...]:
    """Return the events with `when`, `when_span` and `when_rule` filled in, where the report or a rule gives them."""
    index = Index(claims)
    own = tuple(_own_time(event, index) for event in claims.events)
    dated = [event for event in own if event.when is not None]
    return tuple(event if event.when is not None else _borrow(event, dated, index) for event in own)


def told_tenses(events: Iterable[Event], text: str) -> dict[Span, str]:
    """Return "past" for the times of events that have happened and "future" for those of events to come.

    What an event's status says goes before the verbs around a time: “the men arrested on Monday will be charged”. A
    time of several events is told when they agree; the day on which something ends, or that is agreed on or demanded,
    can lie on either side.
    """
    said: dict[Span, set[Status]] = {}
    for event in events:
        for argument in event.arguments(Role.TIME):
            if event.status is not Status.ACTUAL or event.type not in POLITICAL | LOOKING_AHEAD:
                said.setdefault(argument.span, set()).add(event.status)
    return {
        span: _TENSE[min(found)]
        for span, found in said.items()
        if len(found) == 1 and found <= set(_TENSE) and not _matches(_up_to(span, text), "limit")
    }


def _up_to(time: Span, text: str) -> str:
    return text[max(0, time.start - _JUST_BEFORE) : time.start] + "[" + time.of(text)


def _own_time(event: Event, index: Index) -> Event:
    before = _so_long_before(event, index)
    if before is not None:
        return before
    mentions = [m for a in event.arguments(Role.TIME) if (m := index.time_at(a.span)) is not None]
    if not mentions:
        return event
    known = [m for m in mentions if m.when.is_known]
    if len(known) < 2:
        return _dated(event, (known or mentions)[0], "own time", index)
    if any(times.compare(known[0].when, m.when).relation is Relation.CONFLICT for m in known[1:]):
        return _dated(event, known[0], "own times, first", index)
    narrowest = min(known, key=lambda m: (_length_days(m.when), m.span))
    rule = "own times, narrowest" if len({m.when.value for m in known}) > 1 else "own time"
    return _dated(event, narrowest, rule, index)


def _so_long_before(event: Event, index: Index) -> Event | None:
    """Return an event dated by what its sentence tells of afterwards: “on Wednesday, two days after an air attack”."""
    document = index.claims.document
    (rule,) = [r for r in load_rules("contested.claims", "timing.toml") if r.fields.get("scope") == "so long before"]
    for mention in event.mentions:
        sentence = document.sentence_at(mention.trigger)
        if sentence is None:
            continue
        found = rule.pattern.search(sentence.of(index.text)[: mention.trigger.start - sentence.start])
        if found is None:
            continue
        length = Span(sentence.start + found.start("length"), sentence.start + found.end("length"))
        own = [a.span for a in event.arguments(Role.TIME) if a.span.start >= length.end and a.span.end <= sentence.end]
        if any(index.time_at(span) is not None for span in own):
            return None
        days = [
            t.when
            for t in index.times_in(index.sentence_number(length))
            if t.span.start < length.start or not t.span.overlaps(length)
        ]
        day = next((w.earliest for w in days if w.earliest is not None and w.earliest == w.latest), None)
        day = day or (document.published.day if document.published else None)
        # Seen from that day it was so long ago; what else the sentence dates is no part of it.
        ago = f"{found['length'].rsplit(maxsplit=1)[0]} ago"
        when = times.resolve(ago, Span(0, len(ago)), published=day)
        if when.is_known:
            return replace(event, when=when, when_span=length, when_rule="so long before")
    return None


def _dated(event: Event, mention: TimeMention, rule: str, index: Index) -> Event:
    when, document = mention.when, index.claims.document
    published = document.published.day if document.published else None
    day = times.printed_day(document.text, published) or published
    if day is not None and event.status is Status.ACTUAL and event.type not in POLITICAL | SETTLED:
        when = times.up_to(when, day)
    return replace(event, when=when, when_span=mention.span, when_rule=rule)


def _length_days(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 10**6  # an open end says less than any closed stretch
    return (when.latest - when.earliest).days + 1


def _borrow(event: Event, dated: list[Event], index: Index) -> Event:
    if event.status is not Status.ACTUAL or event.type in STATES | POLITICAL:
        return event
    return _from_same_sentence(event, dated, index) or _from_narrative(event, dated, index) or event


def _from_same_sentence(event: Event, dated: list[Event], index: Index) -> Event | None:
    for mention in event.mentions:
        number = index.sentence_number(mention.trigger)
        here = index.times_in(number)
        if len(here) != 1 or here[0].when.value == _NOW or _length_days(here[0].when) > LONGEST_LENT_DAYS:
            continue
        for lender in dated:
            if lender.when_span != here[0].span or lender.status is not event.status:
                continue
            if _is_attribute(here[0].span, lender, index.text):
                continue
            for other in lender.mentions:
                if index.sentence_number(other.trigger) == number and not _is_set_apart(
                    index.text, mention.trigger, other.trigger
                ):
                    return _dated(event, here[0], "same sentence", index)
    return None


def _from_narrative(event: Event, dated: list[Event], index: Index) -> Event | None:
    mention = event.mentions[0]
    number = index.sentence_number(mention.trigger)
    before = index.times_in(number - 1)
    if len(before) != 1 or before[0].when.value == _NOW or _length_days(before[0].when) > LONGEST_NARRATIVE_DAYS:
        return None
    sentence = index.claims.document.sentence_at(mention.trigger)
    if sentence is None or index.times_in(number) or _matches(sentence.of(index.text), ""):
        return None
    people = _people(event, index)
    for lender in dated:
        if (
            lender.when_span == before[0].span
            and lender.status is Status.ACTUAL
            and lender.type not in STATES | POLITICAL
            and people & _people(lender, index)
            and not _is_attribute(before[0].span, lender, index.text)
        ):
            return _dated(event, before[0], "narrative", index)
    return None


def _people(event: Event, index: Index) -> set[str]:
    return {actor.id for actor in (*index.doers(event.arguments()), *index.targets(event.arguments()))}


def _is_set_apart(text: str, a: Span, b: Span) -> bool:
    """Return whether the words between two triggers put them at different times."""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    if len(between) > LONGEST_CLAUSE or not _matches(between, "joins"):
        return True
    return _matches(between, "between") or _matches(between, "")


@lru_cache(maxsize=256)  # the events of one sentence ask the same of it
def _matches(words: str, scope: str) -> bool:
    rules = load_rules("contested.claims", "timing.toml")
    return any(rule.pattern.search(words) for rule in rules if rule.fields.get("scope", "") == scope)


def _is_attribute(time: Span, lender: Event, text: str) -> bool:
    """Return whether the time only tells one event from others of its kind: “the May 7 raid”, “Monday's raid”."""
    if text[time.end : time.end + 2] in ("'s", "’s"):
        return True
    return any(0 <= m.trigger.start - time.end <= _ADJACENT for m in lender.mentions)
