"""Where a report's own sources contradict each other. One function a kind; each dispute names its rule and says why.

    denial            a source denies what another source, or the outlet itself, puts forward
    doubt             a source questions it; or only says that it is not confirmed (rule `not confirmed: …`)
    responsibility    a source denies having done what others lay at its door; two sides blame each other; two claim it
    outcome           two outcomes that cannot both hold (taken and repelled, open and closed) of one affair
    number            two numbers for one toll that cannot both be right

A dispute always has two voices. One speaker against itself is a dispute only when it takes back its own statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contested.claims.index import ASSERTING, AUTHOR, Index, Voice
from contested.claims.numbers import find_number_disputes
from contested.claims.outcomes import find_outcome_disputes
from contested.claims.qualified import is_about_a_detail, is_overtaken, is_supposed, is_unconfirmed
from contested.claims.responsibility import find_responsibility_disputes
from contested.claims.telling import as_told
from contested.claims.wording import describe_event, dispute, dispute_side, participle, says_by
from contested.types import Claim, Claims, Dispute, DisputeKind, Event, Stance, Status

NOT_CONFIRMED = "not confirmed"  # how the rules begin that found no contradiction but a claim left unconfirmed
_SPEAKING_AGAINST = {Stance.DENIES: DisputeKind.DENIAL, Stance.DOUBTS: DisputeKind.DOUBT}


def find_disputes(claims: Claims) -> tuple[Dispute, ...]:
    """Return the disputes among a report's voices, in the order of their first evidence, numbered `D1`, `D2` …."""
    index = Index(claims)
    found = [
        *find_contradicted(index),
        *find_responsibility_disputes(index),
        *find_outcome_disputes(index),
        *find_number_disputes(index),
    ]
    unique = {_identity(d): d for d in reversed(found)}
    ordered = sorted(unique.values(), key=lambda d: (*(min(side.evidence) for side in d.sides), _identity(d)))
    return tuple(replace(d, id=f"D{number}") for number, d in enumerate(ordered, start=1))


def _identity(found: Dispute) -> tuple[str, ...]:
    """Two findings are one dispute when the same two voices stand against each other about the same events."""
    sides = sorted(f"{side.event}/{side.claim or ''}" for side in found.sides)
    return (found.kind.value, *sides, found.rule if found.kind is DisputeKind.NUMBER else "")


def find_contradicted(index: Index) -> Iterator[Dispute]:
    """Yield denials and doubts of an event that somebody else in the report puts forward.

    Whoever speaks against an event is set against one voice for it: the first named source, else an unnamed one, else
    the outlet, else the same speaker's own earlier word. Repeating a denial makes no second dispute.
    """
    heard: list[tuple[str, Stance, Voice]] = []
    for claim in index.claims.claims:
        if claim.stance not in _SPEAKING_AGAINST or is_about_a_detail(claim, index) or is_overtaken(claim, index):
            continue
        against = index.voice(claim)
        for event in (index.events[e] for e in claim.events):
            if any((e, s) == (event.id, claim.stance) and v.is_same_as(against) for e, s, v in heard):
                continue
            opponent = _opponent(claim, event, index)
            if opponent is not None:
                heard.append((event.id, claim.stance, against))
                yield _contradiction(claim, event, opponent, index)


def _opponent(claim: Claim, event: Event, index: Index) -> Voice | None:
    against = index.voice(claim)
    voices = [index.voice(c) for c in index.claims_on(event) if _puts_forward(c, event, claim, index)]
    others = [v for v in voices if not v.is_same_as(against)]
    if claim.stance is Stance.DOUBTS and len(others) < len(voices):
        return None  # who puts it forward and has doubts qualifies their own word
    if others:
        return min(others, key=lambda v: v.speaker is None)
    if event.status is Status.ACTUAL and index.own_voice_mentions(event):
        return AUTHOR
    return voices[0] if voices and claim.stance is Stance.DENIES else None


def _puts_forward(said: Claim, event: Event, against: Claim, index: Index) -> bool:
    """Return whether a saying holds that an event happened, or will, so that the other one speaks against it."""
    if said.stance not in ASSERTING:
        return False
    triggers = tuple(m.trigger for m in event.mentions if m.trigger in said.triggers)
    if event.status is Status.NEGATED and set(triggers) <= set(against.triggers):
        return False  # both are about words that say it did not happen
    return not is_supposed(event, triggers, index)


def _contradiction(claim: Claim, event: Event, opponent: Voice, index: Index) -> Dispute:
    against, kind = index.voice(claim), _SPEAKING_AGAINST[claim.stance]
    if opponent.claim is None:
        of = "the outlet's own report"
    else:
        of = "an own statement" if opponent.is_same_as(against) else "a claim"
    for_it, against_it = participle(opponent, index), participle(against, index)
    told = f"{says_by(for_it, opponent, index)}, {says_by(against_it, against, index)}"
    return dispute(
        kind,
        dispute_side(event, opponent, for_it, index),
        dispute_side(event, against, against_it, index),
        rule=f"{NOT_CONFIRMED}: {of}" if is_unconfirmed(claim, index) else f"{kind.value} of {of}",
        why=f"{describe_event(as_told(event, opponent, index), index)}: {told}",
    )
