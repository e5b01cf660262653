"""Different numbers for one toll."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from contested import counts
from contested.claims.index import Index, Voice
from contested.claims.wording import describe_event, describe_voice, dispute, dispute_side
from contested.resources.tables import load_table
from contested.types import Amount, Argument, Dispute, DisputeKind, Event, Relation, Role

_AFTER_HEAD = re.compile(r"\s(?:of|from|in|at|on|with|who|including)\s|,")  # what follows a noun only tells which

_OF = {
    Role.KILLED: "killed",
    Role.WOUNDED: "wounded",
    Role.CASUALTIES: "casualties",
    Role.MISSING: "missing",
    Role.DISPLACED: "displaced",
    Role.DETAINED: "detained",
    Role.ABDUCTED: "abducted",
    Role.RELEASED: "released",
    Role.FORCE: "troops",
    Role.MUNITIONS: "munitions",
    Role.DESTROYED: "destroyed",
    Role.AFFECTED: "affected",
}


def find_number_disputes(index: Index) -> Iterator[Dispute]:
    """Yield pairs of numbers for the same count of the same event, by two voices, that cannot both be right.

    A number that is part of a larger one is no rival of it, nor are numbers of different people ("three soldiers",
    "five civilians"). One dispute for each pair of voices and kind of count.
    """
    for event in index.claims.events:
        stated = [
            (argument, index.voice_of_argument(event, mention, argument))
            for mention in event.mentions
            for argument in mention.arguments
            if argument.role.is_count and not argument.part and argument.amount is not None
        ]
        seen: set[tuple[str, ...]] = set()
        for (a, voice_a), (b, voice_b) in combinations(stated, 2):
            if a.role is not b.role or a.amount is None or b.amount is None or voice_a.is_same_as(voice_b):
                continue
            if not _counts_the_same(a.amount, b.amount):
                continue
            agreement = counts.compare(a.amount, b.amount)
            pair = (a.role.value, *sorted(v.speaker or (v.claim.id if v.claim else "") for v in (voice_a, voice_b)))
            if agreement.relation is Relation.CONFLICT and pair not in seen:
                seen.add(pair)
                yield _number_dispute(event, (a, voice_a), (b, voice_b), agreement.reason, index)


def _counts_the_same(a: Amount, b: Amount) -> bool:
    """Return whether two numbers count the same people or things, as far as their words say.

    One noun, or none on one side ("put the toll at 34"). Soldiers are among the people killed, so fewer of them than of
    people is no contradiction, while more is.
    """
    head_a, head_b = _head(a.of_whom), _head(b.of_whom)
    if not head_a or not head_b or head_a == head_b:
        return True
    people = _words_for_people()
    if (head_a in people) == (head_b in people):
        return head_a in people
    whole, part = (a, b) if head_a in people else (b, a)
    return whole.high is not None and part.low is not None and part.low > whole.high


def _head(of_whom: str) -> str:
    """Return the counted noun: `regime soldiers` → `soldier`, `members of the guard` → `member`."""
    words = _AFTER_HEAD.split(of_whom.casefold(), maxsplit=1)[0].split()
    return words[-1] if words and words[-1] in _words_for_people() else words[-1].removesuffix("s") if words else ""


@cache
def _words_for_people() -> frozenset[str]:
    return frozenset(word for (word,) in load_table("contested.claims", "people.tsv", ("word",)))


def _number_dispute(
    event: Event, first: tuple[Argument, Voice], second: tuple[Argument, Voice], reason: str, index: Index
) -> Dispute:
    kind = _OF[first[0].role]
    sides, told = [], []
    for argument, voice in (first, second):
        number = f"“{index.words(argument.span)}”"
        sides.append(dispute_side(event, voice, f"{kind}: {number}", index, argument.span))
        told.append(f"{number} according to {describe_voice(voice, index)}")
    return dispute(
        DisputeKind.NUMBER,
        sides[0],
        sides[1],
        rule=f"two numbers: {kind}",
        why=f"{kind} in {describe_event(event, index)}: {told[0]}, {told[1]}: {reason}",
    )
