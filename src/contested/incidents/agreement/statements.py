"""Who puts an account forward, and a statement of his as one side of a relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contested.claims import ASSERTING, STANCE_PARTICIPLES
from contested.incidents.account import Account, Saying
from contested.incidents.agreement.relations import Side
from contested.incidents.toll import Speaker, Toll
from contested.types import Stance, Status

_HAS_IT_HAPPEN = ASSERTING | {Stance.DISOWNS}  # who disowns it says that somebody did it


def asserting(account: Account) -> list[Saying]:
    """Return who puts an account forward, named sources first."""
    if account.status is Status.NEGATED:
        return []
    found = [s for s in account.sayings if s.stance in ASSERTING]
    return sorted(found, key=lambda s: not s.speaker.is_named)


def is_told(account: Account) -> bool:
    """Return whether an account has it happen: told as actual, and asserted by somebody."""
    return account.status is Status.ACTUAL and (
        not account.sayings or any(s.stance in ASSERTING for s in account.sayings)
    )


def standing_of(account: Account) -> Status:
    """Return what comes of an account: one that its own report only has denied did not happen, as far as it says."""
    stances = {s.stance for s in account.sayings if not s.of_part}
    is_denied = Stance.DENIES in stances and not stances & _HAS_IT_HAPPEN
    return Status.NEGATED if is_denied and account.status is Status.ACTUAL else account.status


def without_denied(accounts: Sequence[Account]) -> list[Account]:
    """Return accounts without the numbers that are only denied: "the army denied that it had killed ten"."""
    return [replace(a, tolls=tuple(t for t in a.tolls if not _is_denied(t, a))) for a in accounts]


def _is_denied(toll: Toll, account: Account) -> bool:
    """Whether a number that nobody else gives stands in the sentence that denies what it is told of."""
    denying = {s.quote for s in account.sayings if s.stance is Stance.DENIES}
    return not toll.speaker.is_named and toll.words in denying and standing_of(account) is not account.status


def first_side(account: Account, says: str) -> Side:
    """Return what an account says of a field, by the first who puts it forward."""
    return side_of(account, next(iter(asserting(account)), None), says)


def side_of(account: Account, saying: Saying | None, says: str) -> Side:
    """Return one saying as a side; the outlet speaks where there is none."""
    if saying is None:
        return Side(
            account.document, Speaker(account.publisher or account.document, is_outlet=True), says, account.spans
        )
    return Side(account.document, saying.speaker, says, saying.spans or account.spans)


def participle(saying: Saying) -> str:
    """Return what was done with it, in a word: “confirmed”, “reported”."""
    return "reported" if saying.speaker.is_outlet else STANCE_PARTICIPLES[saying.stance]
