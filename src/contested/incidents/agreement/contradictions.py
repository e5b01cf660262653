"""Statements that speak against each other: denied and doubted, disowned, or opposed in their outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from contested import times
from contested.claims import ASSERTING
from contested.claims.opposition import ActorFit, are_alike, oppositions_of
from contested.claims.timing import POLITICAL
from contested.events import opposes
from contested.incidents.account import Account, Saying
from contested.incidents.agreement.relations import ConflictKind, FieldRelation, Standing
from contested.incidents.agreement.statements import asserting, participle, side_of
from contested.incidents.sides import one_side, relate_actors
from contested.types import EventType, Relation, Stance, Status

_AGAINST = (Stance.DENIES, Stance.DOUBTS)


def find_existence(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Somebody says that it did not happen, or doubts it, while another puts it forward.

    Who denies a part of it, or puts it forward himself elsewhere, does not say that it did not happen.
    """
    owned = {s.speaker.key for a in accounts for s in asserting(a) if s.speaker.is_named}
    for denied in accounts:
        if denied.type in POLITICAL:
            continue  # who denies an accusation denies what he is accused of, not that he was
        against = [s for s in denied.sayings if s.stance in _AGAINST and not s.of_part]
        against = [s for s in against if s.stance is Stance.DOUBTS or s.speaker.key not in owned]
        if denied.status is Status.NEGATED:
            against += [s for s in denied.sayings if s.stance in ASSERTING]
        itself = any(s.speaker.is_outlet and s.stance in ASSERTING for s in denied.sayings)
        for told in accounts:
            if told.document != denied.document and itself and denied.status is not Status.NEGATED:
                continue  # the report tells it itself and quotes a denial: a contradiction within it, not with others
            if told.id != denied.id and not (
                told.document != denied.document and (told.type is denied.type or are_alike(told.type, denied.type))
            ):
                continue
            for no, yes in product(against, asserting(told)):
                if not no.speaker.key or no.speaker.key != yes.speaker.key:
                    yield _denial(told, yes, denied, no)


def _denial(told: Account, yes: Saying, denied: Account, no: Saying) -> FieldRelation:
    is_doubt = no.stance is Stance.DOUBTS
    says = "doubted" if is_doubt else "denied"
    why = f"“{denied.type.value}” {says} by {no.speaker.name}, {participle(yes)} by {yes.speaker.name}"
    accused = relate_actors(told.doers, (no.speaker.link,)) if no.speaker.link else "unknown"
    if accused in ("same", "compatible"):
        why += "; the one who speaks against it is said to have done it"
    who = "by-the-accused" if accused in ("same", "compatible") else "by-another"
    return FieldRelation(
        "existence",
        side_of(told, yes, participle(yes)),
        side_of(denied, no, says),
        Standing.UNKNOWN if is_doubt else Standing.CONFLICT,
        why + ".",
        ConflictKind.DOUBT if is_doubt else ConflictKind.EXISTENCE,
        f"{'doubt' if is_doubt else 'denial'}-{who}",
    )


def find_denied_parts(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Somebody denies a part of what another puts forward: whom it hit, or what it hit there."""
    telling = [(told, yes) for told in accounts for yes in asserting(told)]
    for denied in accounts:
        for no in (s for s in denied.sayings if s.of_part):
            others = [(told, yes) for told, yes in telling if yes.speaker.key != no.speaker.key]
            for told, yes in others[:1]:
                yield FieldRelation(
                    "target",
                    side_of(told, yes, participle(yes)),
                    side_of(denied, no, "denied in part"),
                    Standing.UNKNOWN,
                    f"{no.speaker.name} denies a part of it, not that it happened: “{no.quote}”",
                    ConflictKind.DOUBT,
                    "part-denied",
                )


def find_outcomes(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Outcomes that cannot both hold, each put forward by somebody."""
    for one, two in combinations(accounts, 2):
        table = oppositions_of()
        found = (*table.get((one.type, two.type), ()), *table.get((two.type, one.type), ()))
        fitting = [o for o in found if _fit(o.actors, one, two)]
        if not fitting or EventType.HOLD in (one.type, two.type) or not _days_meet(one, two):
            continue  # let go after being held, brought down after being fired, at two times: one follows the other
        reason = opposes(one.type, two.type)
        for ours, theirs in product(asserting(one), asserting(two)):
            if all(o.named for o in fitting) and not (ours.speaker.is_named and theirs.speaker.is_named):
                continue
            if not ours.speaker.key or ours.speaker.key != theirs.speaker.key:
                why = f"“{one.type.value}” according to {ours.speaker.name}, “{two.type.value}” according to "
                yield FieldRelation(
                    "outcome",
                    side_of(one, ours, one.type.value),
                    side_of(two, theirs, two.type.value),
                    Standing.CONFLICT,
                    f"{why}{theirs.speaker.name}: {reason}.",
                    ConflictKind.OUTCOME,
                    "opposed-outcomes",
                )


def _fit(fit: ActorFit, one: Account, two: Account) -> bool:
    """Whether the doers of two opposed outcomes fit: one side that is said to advance and to withdraw, else two sides.

    One side that takes and then lets go does both, the one after the other; where one side leaves, the other comes.
    """
    doers = relate_actors(one.doers, two.doers)
    return doers == "same" if fit is ActorFit.SAME_DOER else doers not in ("same", "compatible")


def _days_meet(one: Account, two: Account) -> bool:
    if one.when is None or two.when is None:
        return True
    return times.compare(one.when, two.when).relation is not Relation.CONFLICT


def find_disowned(accounts: Sequence[Account]) -> Iterator[FieldRelation]:
    """Somebody says that it was not his doing, while another puts it down to him.

    A report that quotes both contradicts itself, not every other report.
    """
    for denied in accounts:
        for no in (s for s in denied.sayings if s.stance is Stance.DISOWNS):
            blaming = [
                (told, yes)
                for told in accounts
                for yes in asserting(told)
                if yes.speaker.key != no.speaker.key and _is_blamed(told, no)
            ]
            for told, yes in [b for b in blaming if b[0].document == denied.document] or blaming:
                why = f"{yes.speaker.name} names {told.doers[0].name}; {no.speaker.name} disowns it."
                yield FieldRelation(
                    "doer",
                    side_of(told, yes, told.doers[0].name),
                    side_of(denied, no, "disowned"),
                    Standing.CONFLICT,
                    why,
                    ConflictKind.PERPETRATOR,
                    "disowned",
                )


def _is_blamed(told: Account, no: Saying) -> bool:
    if no.speaker.link is None:
        return bool(told.doers)
    return any(one_side(doer, no.speaker.link) for doer in told.doers)
