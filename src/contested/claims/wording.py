"""Puts events and the sides of a dispute into plain words, always as somebody's words and never as fact.

Sentences are passive on purpose ("denied by rebels (“said”)"): no verb has to agree with a source as it is written.
"""

from __future__ import annotations

from contested.claims.index import Index, Voice
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


def participle(voice: Voice) -> str:
    """Return what a voice does with an event, as a participle: `put forward`, `confirmed`, `denied` …."""
    return STANCE_PARTICIPLES[voice.claim.stance] if voice.claim else "reported"


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
