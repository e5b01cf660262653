"""Puts events and the sides of a dispute into plain words, always as somebody's words and never as fact.

Sentences are passive on purpose ("denied by rebels (“said”)"): no verb has to agree with a source as it is written.
"""

from __future__ import annotations

from contested.claims.index import Index, Voice
from contested.claims.qualified import is_unconfirmed
from contested.types import Claim, Dispute, DisputeKind, DisputeSide, Event, Role, Span, Stance

STANCE_PARTICIPLES = {
    Stance.ASSERTS: "put forward",
    Stance.CONFIRMS: "confirmed",
    Stance.DENIES: "denied",
    Stance.DOUBTS: "doubted",
    Stance.ADMITS: "claimed",
    Stance.DISOWNS: "disowned",
}


def describe_event(event: Event, index: Index) -> str:
    """Return an event as its quoted trigger with who, whom and where: `“seized” (by rebels, on the base)`."""
    words = f"“{index.words(event.mentions[0].trigger)}”"
    parts = []
    for role, preposition in ((Role.BY, "by"), (Role.ON, "on"), (Role.PLACE, "at")):
        names = index.names(event, role)
        if names:
            parts.append(f"{preposition} {' and '.join(names[:2])}")  # two are enough to know it by
    return f"{words} ({', '.join(parts)})" if parts else words


def describe_voice(voice: Voice, index: Index) -> str:
    """Return who speaks, with the saying word: `The army (“denied”)`; for the outlet, that it uses its own voice."""
    name = index.speaker_name(voice.claim)
    if voice.claim is None:
        return f"{name} in its own voice"
    return f"{name} (“{index.words(voice.claim.cue)}”)"


def participle(voice: Voice, index: Index) -> str:
    """Return what a voice does with an event, as a participle: `put forward`, `denied`, `not confirmed` …."""
    if voice.claim is None:
        return "reported"
    return "not confirmed" if is_unconfirmed(voice.claim, index) else STANCE_PARTICIPLES[voice.claim.stance]


def says_by(says: str, voice: Voice, index: Index) -> str:
    """Return who does what: `denied by The army (“denied”)`; nobody is made a source of what nobody could verify."""
    claim = voice.claim
    if claim is not None and claim.source is None and is_unconfirmed(claim, index):
        return f"{says}, as the report remarks (“{index.words(claim.cue)}”)"
    return f"{says} by {describe_voice(voice, index)}"


def dispute_side(event: Event, voice: Voice, says: str, index: Index, *more: Span) -> DisputeSide:
    """Return one side of a dispute with the spans it rests on: `more`, source, cue and the triggers it covers."""
    claim = voice.claim
    spans = [*more, *_words_of(claim)]
    if claim is not None:
        triggers = [m.trigger for m in event.mentions if m.trigger in claim.triggers]
    else:
        triggers = [m.trigger for m in index.own_voice_mentions(event)[:1]]
    spans += triggers or [event.mentions[0].trigger]
    return DisputeSide(event.id, claim.id if claim else None, says, tuple(sorted(set(spans))))


def _words_of(claim: Claim | None) -> list[Span]:
    return [] if claim is None else [span for span in (claim.source, claim.cue) if span is not None]


def dispute(kind: DisputeKind, first: DisputeSide, second: DisputeSide, rule: str, why: str) -> Dispute:
    """Return a dispute without an id yet; `why` gets a capital letter and its full stop."""
    sentence = f"{why[:1].upper()}{why[1:].rstrip('.')}."
    return Dispute("", kind, (first, second), rule, sentence)
