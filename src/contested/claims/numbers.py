"""Different numbers for one toll."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from contested import counts
from contested.claims.fitting import two_parties
from contested.claims.index import Index, Voice
from contested.claims.qualified import count_alike, is_guess, replaces
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

    No rivals are a number and a part of it, numbers of different people ("three soldiers", "five civilians"), a toll
    and what it rose to or was corrected to, a guess, so many a day and a sum. Who relays a number and gives another
    is one voice. Each voice is set against the first one that it contradicts.
    """
    for event in index.claims.events:
        stated = [
            (argument, index.voice_of_argument(event, mention, argument))
            for mention in event.mentions
            for argument in mention.arguments
            if argument.role.is_count and not argument.part and argument.amount is not None
        ]
        stated = [(argument, voice) for argument, voice in stated if not is_guess(argument, index)]
        answered: set[tuple[Role, str]] = set()
        for number, (b, voice_b) in enumerate(stated):
            key = (b.role, voice_b.speaker or (voice_b.claim.id if voice_b.claim else ""))
            for a, voice_a in stated[:number]:
                reason = "" if key in answered else _rivalry((a, voice_a), (b, voice_b), index)
                if reason:
                    answered |= {key, (a.role, voice_a.speaker or (voice_a.claim.id if voice_a.claim else ""))}
                    yield _number_dispute(event, (a, voice_a), (b, voice_b), reason, index)


def _rivalry(first: tuple[Argument, Voice], second: tuple[Argument, Voice], index: Index) -> str:
    """Return why two numbers contradict each other; "" when they do not."""
    (a, voice_a), (b, voice_b) = first, second
    if a.role is not b.role or a.amount is None or b.amount is None or _one_counter(voice_a, voice_b, index):
        return ""
    if not _counts_the_same(a.amount, b.amount) or not count_alike(a, b, index):
        return ""
    speakers = [index.actor_at(v.claim.source) if v.claim else None for v in (voice_a, voice_b)]
    earlier, later = (a, b) if a.span < b.span else (b, a)
    if replaces(later, earlier, index) and not two_parties(speakers[0], speakers[1]):
        return ""
    agreement = counts.compare(a.amount, b.amount)
    return agreement.reason if agreement.relation is Relation.CONFLICT else ""


def _one_counter(a: Voice, b: Voice, index: Index) -> bool:
    """Return whether two numbers come from one counter: said by one, or by one relayed and by the other said itself."""
    if a.is_same_as(b):
        return True
    passed_on = [{v.speaker, _relay(v, index)} - {None} for v in (a, b)]
    return bool(passed_on[0] & passed_on[1])


def _relay(voice: Voice, index: Index) -> str | None:
    actor = index.actor_at(voice.claim.via) if voice.claim else None
    return actor.id if actor else None


def _counts_the_same(a: Amount, b: Amount) -> bool:
    """Return whether two numbers count the same people or things, as far as their words say.

    One noun, or a noun for people of any sort and none ("put the toll at 34"). Soldiers are among the people killed, so
    fewer of them than of people is no contradiction, while more is.
    """
    head_a, head_b = _head(a.of_whom), _head(b.of_whom)
    if head_a == head_b:
        return True
    people = _words_for_people() | {""}  # a bare number stands for all
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
