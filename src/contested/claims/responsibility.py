"""Who did it: responsibility denied, claimed by two, or laid by two sides at each other's door."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from contested.claims.fitting import same_side, sides_meet
from contested.claims.index import ASSERTING, AUTHOR, Index, Voice
from contested.claims.opposition import load_blameworthy
from contested.claims.wording import describe_event, describe_voice, dispute, dispute_side
from contested.types import Actor, Claim, Dispute, DisputeKind, Event, EventMention, Stance, Status


def find_responsibility_disputes(index: Index) -> Iterator[Dispute]:
    """Yield the disputes over who did an event that the report's voices otherwise agree happened."""
    for event in index.claims.events:
        about = index.claims_on(event)
        for claim in about:
            if claim.stance is Stance.DISOWNS:
                yield from _disowned(event, claim, index)
            elif claim.stance is Stance.ADMITS:
                yield from _admitted_by_another(event, claim, index)
        for a, b in combinations([c for c in about if c.stance in ASSERTING], 2):
            yield from _blaming_each_other(event, a, b, index)


def _disowned(event: Event, claim: Claim, index: Index) -> Iterator[Dispute]:
    """The source denies its part; somebody else, or the outlet, names it (or its side) as the doer."""
    denier = index.actor_at(claim.source)
    against = index.voice(claim)
    for accuser in [*(index.voice(c) for c in index.claims_on(event) if c.stance in ASSERTING), AUTHOR]:
        if accuser.is_same_as(against):
            continue
        blamed = _blamed_by(accuser, event, index)
        if (
            denier is not None
            and not sides_meet((denier,), blamed)
            and not _answers_its_own_words(claim, blamed, event, index)
        ):
            continue
        if denier is None and not blamed:
            continue
        yield _dispute(
            event,
            (accuser, f"attributed to {_names(blamed, index)}"),
            (against, "disowned"),
            "responsibility denied",
            index,
        )
        return  # one opponent is enough, as for a denial


def _answers_its_own_words(claim: Claim, blamed: tuple[Actor, ...], event: Event, index: Index) -> bool:
    """Return whether what is disowned is told with a doer in the very words: “asked about a strike by an X drone”."""
    named = index.doers(a for m in event.mentions if m.trigger in claim.triggers for a in m.arguments)
    return any(actor in blamed for actor in named)


def _admitted_by_another(event: Event, claim: Claim, index: Index) -> Iterator[Dispute]:
    """The source claims responsibility; somebody else claims it too, or names another doer."""
    claimant, own = index.actor_at(claim.source), index.voice(claim)
    if claimant is None:
        return
    for other_claim in index.claims_on(event):
        other = index.voice(other_claim)
        if other_claim.stance not in ASSERTING or other.is_same_as(own):
            continue
        if other_claim.stance is Stance.ADMITS and other_claim.cue <= claim.cue:
            continue  # two claimants are found from the first one
        speaker = index.actor_at(other_claim.source)
        admits_too = other_claim.stance is Stance.ADMITS and speaker is not None
        named = (speaker,) if admits_too and speaker is not None else _blamed_by(other, event, index)
        if named and not sides_meet((claimant,), named):
            says = "also claimed" if admits_too else f"attributed to {_names(named, index)}"
            yield _dispute(
                event,
                (own, "claimed"),
                (other, says),
                "two responsible",
                index,
            )
            return


def _blaming_each_other(event: Event, a: Claim, b: Claim, index: Index) -> Iterator[Dispute]:
    """Two sides each say that the other did it."""
    if event.status is not Status.ACTUAL:
        return  # who threatens and who is accused of something else do not blame each other
    if event.type not in load_blameworthy() or not (_accuses(a, index) or _accuses(b, index)):
        return
    first, second = index.actor_at(a.source), index.actor_at(b.source)
    if first is None or second is None or same_side(first, second):
        return
    blamed_a, blamed_b = (_blamed_by(index.voice(c), event, index) for c in (a, b))
    by_first = tuple(x for x in blamed_a if not same_side(x, first))
    by_second = tuple(x for x in blamed_b if not same_side(x, second))
    if _blames(a, second, by_first, index) and _blames(b, first, by_second, index):
        yield _dispute(
            event,
            (index.voice(a), f"attributed to {_names(by_first, index)}"),
            (index.voice(b), f"attributed to {_names(by_second, index)}"),
            "blaming each other",
            index,
        )


def _blamed_by(voice: Voice, event: Event, index: Index) -> tuple[Actor, ...]:
    """Return whom a voice names as the doer: `by` of the mentions it covers, and whom it accuses in that sentence."""
    claim = voice.claim
    if claim is None:
        mentions = index.own_voice_mentions(event)
        return index.doers(a for m in mentions for a in m.arguments)
    covered = [m for m in event.mentions if m.trigger in claim.triggers]
    blamed = {x.id: x for x in index.doers(a for m in covered for a in m.arguments)}
    for accusation in _accusations(claim, index):
        blamed |= {x.id: x for x in index.targets(accusation.arguments)}
    return tuple(blamed.values())


def _blames(claim: Claim, other: Actor, blamed: tuple[Actor, ...], index: Index) -> bool:
    """Return whether a claim lays the event at the other's door: an accusation by naming its side."""
    return sides_meet((other,), blamed) if _accuses(claim, index) else other in blamed


def _accuses(claim: Claim, index: Index) -> bool:
    return claim.stance is Stance.ASSERTS and any(True for _ in _accusations(claim, index))


def _accusations(claim: Claim, index: Index) -> Iterator[EventMention]:
    """Yield the accusations that a claim is made by: its cue accuses, or its source accuses in that sentence."""
    source = index.actor_at(claim.source)
    for mention in index.accusations_in(index.sentence_number(claim.cue)):
        if mention.trigger.overlaps(claim.cue) or (source and source in index.doers(mention.arguments)):
            yield mention


def _names(actors: tuple[Actor, ...], index: Index) -> str:
    return " and ".join(index.words(actor.spans[0]) for actor in actors) or "somebody"


def _dispute(event: Event, first: tuple[Voice, str], second: tuple[Voice, str], rule: str, index: Index) -> Dispute:
    told = [f"{says} by {describe_voice(voice, index)}" for voice, says in (first, second)]
    return dispute(
        DisputeKind.RESPONSIBILITY,
        dispute_side(event, first[0], first[1], index),
        dispute_side(event, second[0], second[1], index),
        rule,
        f"who did {describe_event(event, index)}: {told[0]}, {told[1]}",
    )
