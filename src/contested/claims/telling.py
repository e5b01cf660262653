"""An event as one voice of the report tells it, without what others put into it.

An event gathers what all its mentions say. Set beside one speaker's name that would put words into a mouth: a clinic
hit by "its forces", when only the denial speaks of forces; a toll of 30 beside those who counted 12.
"""

from __future__ import annotations

from dataclasses import replace

from contested.claims.index import Index, Voice
from contested.types import Argument, Event, EventMention, Role


def as_told(event: Event, voice: Voice, index: Index) -> Event:
    """Return an event with the mentions and arguments of one voice, and what the outlet tells of it beside.

    Numbers are the voice's own alone. A time that only others give is left out. An event of which the voice has no
    mention of its own is returned as it is.
    """
    if voice.claim is None:
        own = index.own_voice_mentions(event)
        return _narrowed(event, tuple(m for m in event.mentions if m in own), voice, index)
    about = index.claims_on(event)
    mine = {t for c in about if index.voice(c).is_same_as(voice) for t in c.triggers}
    covered = {t for c in about for t in c.triggers}
    kept = tuple(m for m in event.mentions if m.trigger in mine or m.trigger not in covered)
    return _narrowed(event, kept, voice, index) if any(m.trigger in mine for m in kept) else event


def _narrowed(event: Event, mentions: tuple[EventMention, ...], voice: Voice, index: Index) -> Event:
    if not mentions:
        return event
    told = tuple(
        replace(m, arguments=tuple(a for a in m.arguments if _is_told(a, m, event, voice, index))) for m in mentions
    )
    narrowed = replace(event, mentions=told)
    times = {a.span for a in narrowed.arguments(Role.TIME)}
    if event.when_rule.startswith("own") and event.when_span not in times:
        narrowed = replace(narrowed, when=None, when_span=None, when_rule="")
    return narrowed


def _is_told(argument: Argument, mention: EventMention, event: Event, voice: Voice, index: Index) -> bool:
    """Return whether an argument of a kept mention is the voice's own word, or the outlet's on who, where and when."""
    teller = index.voice_of_argument(event, mention, argument)
    if teller.is_same_as(voice):
        return True
    if teller.claim is None:
        return not argument.role.is_count
    in_one_breath = index.sentences_apart(argument.span, mention.trigger) == 0
    return in_one_breath and voice.claim is not None and mention.trigger in voice.claim.triggers
