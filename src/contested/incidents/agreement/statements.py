"""Who puts an account forward, and a statement of his as one side of a relation."""

from __future__ import annotations

from contested.claims import ASSERTING, STANCE_PARTICIPLES
from contested.incidents.account import Account, Saying
from contested.incidents.agreement.relations import Side
from contested.incidents.toll import Speaker
from contested.types import Status


def asserting(account: Account) -> list[Saying]:
    """Return who puts an account forward, named sources first."""
    if account.status is Status.NEGATED:
        return []
    found = [s for s in account.sayings if s.stance in ASSERTING]
    return sorted(found, key=lambda s: not s.speaker.is_named)


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
