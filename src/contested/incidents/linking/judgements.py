"""What a person decided about two accounts. It outweighs every weight, and is kept when all is computed anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether two accounts tell of one incident."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision on two ids of incidents or accounts; `number` orders decisions, the last on a pair holds."""

    a: str
    b: str
    verdict: Verdict
    number: int = 0
    by: str = ""
    why: str = ""


def standing(judgements: Iterable[Judgement]) -> dict[frozenset[str], Judgement]:
    """Return the judgement that holds for each pair of ids: the last one. `unsure` takes an earlier one back.

    >>> held = standing([Judgement("a", "b", Verdict.SAME, 1), Judgement("b", "a", Verdict.DIFFERENT, 2)])
    >>> held[frozenset({"a", "b"})].verdict.value
    'different'
    """
    held: dict[frozenset[str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.number):
        held[frozenset({judgement.a, judgement.b})] = judgement
    return held
