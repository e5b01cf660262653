"""Outcomes that cannot both hold, and events that one voice tells of and another says did not happen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from contested.claims.fitting import (
    NEAR_SENTENCES,
    distance_sentences,
    one_party,
    place_relation,
    share_target,
    sides_clash,
    sides_meet,
    times_clash,
)
from contested.claims.index import ASSERTING, Index, Voice
from contested.claims.opposition import ActorFit, Opposition, PlaceFit, are_alike, is_gain, oppositions_of
from contested.claims.qualified import is_launch_without_hit
from contested.claims.telling import as_told
from contested.claims.wording import describe_event, describe_voice, dispute, dispute_side, participle
from contested.events import opposes
from contested.types import Claim, Dispute, DisputeKind, Event, Relation, Stance, Status


def find_outcome_disputes(index: Index) -> Iterator[Dispute]:
    """Yield opposed outcomes, denials that answer a like event, and events negated by one voice and told by another."""
    table = oppositions_of()
    # Most pairs are passed over by their types alone: pairs grow with the square of a report's length.
    for first, second in combinations(index.claims.events, 2):
        for a, b in ((first, second), (second, first)):
            for opposition in table.get((a.type, b.type), ()):
                yield from _opposed(a, b, opposition, index)
        if first.type is second.type and Status.NEGATED in (first.status, second.status):
            yield from _negated(first, second, index)
    for claim in index.claims.claims:
        if claim.stance is Stance.DENIES:
            yield from _denied_elsewhere(claim, index)


def _opposed(a: Event, b: Event, opposition: Opposition, index: Index) -> Iterator[Dispute]:
    if a.status is not Status.ACTUAL or b.status is not Status.ACTUAL or times_clash(a, b):
        return
    voices = _two_voices(index.asserting_voices(a), index.asserting_voices(b), named=opposition.named)
    if voices is None or not _people_fit(a, b, opposition.actors, index):
        return
    if not _places_fit(a, b, opposition.place, index) or _one_side_tells(voices, opposition.actors, index):
        return
    if opposition.actors is ActorFit.DOER_TARGET and _is_own(a, voices[1], index):
        return  # who drove an attack back takes nothing from himself
    yield _dispute(
        (a, voices[0], participle(voices[0], index)),
        (b, voices[1], participle(voices[1], index)),
        DisputeKind.OUTCOME,
        opposition.name,
        opposes(a.type, b.type) or "",
        index,
    )


def _two_voices(
    ours: tuple[Voice, ...], theirs: tuple[Voice, ...], *, named: bool = False
) -> tuple[Voice, Voice] | None:
    """Return one voice for each side; None when somebody tells both, for then the two follow on each other."""
    if any(v.is_same_as(w) for v in ours for w in theirs):
        return None
    if named:
        ours, theirs = (tuple(v for v in side if v.speaker is not None) for side in (ours, theirs))
    return (ours[0], theirs[0]) if ours and theirs else None


def _one_side_tells(voices: tuple[Voice, Voice], fit: ActorFit, index: Index) -> bool:
    """Return whether two offices of one side tell of the enemy's gain and of their own answer: one story."""
    speakers = [index.actor_at(v.claim.source) if v.claim else None for v in voices]
    return fit in (ActorFit.DOER_TARGET, ActorFit.OTHER_DOER) and one_party(speakers[0], speakers[1])


def _is_own(event: Event, voice: Voice, index: Index) -> bool:
    """Return whether a voice speaks for the side that did it."""
    speaker = index.actor_at(voice.claim.source) if voice.claim else None
    return speaker is not None and sides_meet((speaker,), index.doers(event.arguments()))


def _people_fit(a: Event, b: Event, fit: ActorFit, index: Index) -> bool:
    doers_a, doers_b = index.doers(a.arguments()), index.doers(b.arguments())
    if fit is ActorFit.DOER_TARGET:
        # Of a pronoun that was not traced to anybody nobody knows whose side it is on.
        targets_b = tuple(t for t in index.targets(b.arguments()) if t.link.rule != "pronoun")
        if sides_meet(doers_a, doers_b):
            return False
        return sides_meet(doers_a, targets_b) if doers_a and targets_b else sides_clash(doers_a, doers_b)
    if fit is ActorFit.SAME_DOER:
        return sides_meet(doers_a, doers_b)
    return fit is ActorFit.ANY or sides_clash(doers_a, doers_b)


def _places_fit(a: Event, b: Event, fit: PlaceFit, index: Index) -> bool:
    relation = place_relation(a, b, index)
    if fit is PlaceFit.SAME:
        return relation is Relation.SAME or (relation is not Relation.CONFLICT and share_target(a, b, index))
    if relation is Relation.UNKNOWN:
        return distance_sentences(a, b, index) <= NEAR_SENTENCES
    return relation is not Relation.CONFLICT


def _same_affair(a: Event, b: Event, index: Index) -> bool:
    """Return whether two events of like type may be one: people and place both fit, and one of them speaks for it."""
    if times_clash(a, b) or distance_sentences(a, b, index) > NEAR_SENTENCES:
        return False
    doers_a, doers_b = index.doers(a.arguments()), index.doers(b.arguments())
    relation = place_relation(a, b, index)
    if relation is Relation.CONFLICT or sides_clash(doers_a, doers_b):
        return False
    return sides_meet(doers_a, doers_b) or (relation is Relation.SAME and share_target(a, b, index))


def _negated(first: Event, second: Event, index: Index) -> Iterator[Dispute]:
    """Two events of one type, one told as having happened and the other as not."""
    told, negated = (second, first) if first.status is Status.NEGATED else (first, second)
    if negated.status is not Status.NEGATED or told.status is not Status.ACTUAL or told.type is not negated.type:
        return
    if is_launch_without_hit(told, negated, index):
        return
    deniers = tuple(index.voice(c) for c in index.claims_on(negated) if c.stance is not Stance.DOUBTS)
    voices = _two_voices(index.asserting_voices(told), deniers)
    is_same_target = place_relation(told, negated, index) is Relation.SAME or share_target(told, negated, index)
    if voices is not None and is_same_target and _same_affair(told, negated, index):
        yield _dispute(
            (told, voices[0], participle(voices[0], index)),
            (negated, voices[1], "said not to have happened"),
            DisputeKind.DENIAL,
            "said not to have happened",
            "the same kind of event, by the same people or in the same place, is told as done and as not done",
            index,
        )


def _denied_elsewhere(claim: Claim, index: Index) -> Iterator[Dispute]:
    """A denied event that nobody else tells of answers a like one that somebody does: “no gains”, “took the hill”."""
    denier = index.voice(claim)
    for denied in (index.events[e] for e in claim.events):
        if any(c.stance in ASSERTING for c in index.claims_on(denied)) or index.own_voice_mentions(denied):
            continue
        for told in index.claims.events:
            if told.id in claim.events or told.status is not Status.ACTUAL or not are_alike(told.type, denied.type):
                continue
            if told.type is denied.type and denied.status is Status.NEGATED:
                continue  # found as told and negated, see `_negated`
            if is_gain(told.type) and _is_own(told, denier, index):
                continue  # a side that denies the other's gain does not deny its own
            voices = _two_voices(index.asserting_voices(told), (denier,))
            if voices is not None and _same_affair(told, denied, index):
                yield _dispute(
                    (told, voices[0], participle(voices[0], index)),
                    (denied, denier, participle(denier, index)),
                    DisputeKind.OUTCOME,
                    "told and denied in other words",
                    "what is denied would be the same affair in other words",
                    index,
                )
                break


def _dispute(
    first: tuple[Event, Voice, str],
    second: tuple[Event, Voice, str],
    kind: DisputeKind,
    rule: str,
    why: str,
    index: Index,
) -> Dispute:
    told = [
        f"{describe_event(as_told(event, voice, index), index)} {says} by {describe_voice(voice, index)}"
        for event, voice, says in (first, second)
    ]
    return dispute(
        kind,
        dispute_side(*first, index),
        dispute_side(*second, index),
        rule,
        f"{told[0]}, {told[1]}: {why}",
    )
