"""One number of several: which accounts' number was taken by which rule, and which lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import TYPE_CHECKING

from contested.export.options import KilledRule
from contested.incidents.form import holding, range_of
from contested.incidents.tolls import Figure, figures
from contested.types import Amount, Role, Span

if TYPE_CHECKING:
    from contested.export.view import Case, Telling

__all__ = ["Chosen", "KilledRule", "choose", "figure_claim"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number of one kind for one incident.

    `low` to `high` is the range of what holds (None: open or not said). `value` is the one number: None when nobody
    gives one, and under `KilledRule.RANGE` unless all who give one give the same. `losing`: ids of claims whose number
    was not taken. `origins`: how many independent origins give a number.
    """

    value: int | None
    low: int | None
    high: int | None
    rule: KilledRule
    winning: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    origins: int = 0


def choose(case: Case, role: Role, rule: KilledRule, takes: Callable[[Amount], bool] | None = None) -> Chosen:
    """Return the number of one kind (killed, wounded …) that a rule makes of an incident's accounts.

    Numbers that an update superseded and parts of larger numbers do not count; origins count once, however many copies.
    `takes` leaves out what a codebook does not count.
    """
    held = [f for ours in holding(case.incident, role).values() for f in ours if takes is None or takes(f.amount)]
    value = _value([f for f in held if _point(f.amount) is not None], case, rule)
    winning: dict[str, None] = {}
    losing: dict[str, None] = {}
    for figure in (f for ours in figures(case.incident.accounts, role).values() for f in ours):
        taken = value is not None and _point(figure.amount) == value
        (winning if taken else losing)[figure_claim(case.tellings, figure)] = None
    low, high = range_of(case.incident, role)
    return Chosen(
        value=value,
        low=_whole(low),
        high=_whole(high),
        rule=rule,
        winning=tuple(winning),
        losing=tuple(c for c in losing if c not in winning),
        origins=len({case.incident.origins.get(f.document, f.document) for f in held}),
    )


def _value(held: Sequence[Figure], case: Case, rule: KilledRule) -> int | None:
    points = [p for p in (_point(f.amount) for f in held) if p is not None]
    if not points:
        return None
    if rule is KilledRule.RANGE:
        exact = all(f.amount.low == f.amount.high for f in held)
        return points[0] if exact and len(set(points)) == 1 else None
    if rule is KilledRule.LOWEST:
        return min(points)
    if rule is KilledRule.HIGHEST:
        return max(_whole(f.amount.high) or _point(f.amount) or 0 for f in held)
    if rule is KilledRule.LATEST:
        latest = max(held, key=lambda f: (f.published or date.min, f.document, f.place))
        return _point(latest.amount)
    by_origin: dict[str, list[int]] = {}
    for figure, point in zip(held, points, strict=True):
        by_origin.setdefault(case.incident.origins.get(figure.document, figure.document), []).append(point)
    said = [median_low(ours) for ours in by_origin.values()]
    if rule is KilledRule.MEDIAN_OF_ORIGINS:
        return median_low(said)
    votes = Counter(said)
    return min(votes, key=lambda n: (-votes[n], n))  # a tie goes to the lower number


def _point(amount: Amount) -> int | None:
    """Return the number that a phrase is surest of: the least it states, else the most ("up to 20")."""
    return _whole(amount.low if amount.low is not None else amount.high)


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def figure_claim(tellings: Sequence[Telling], figure: Figure) -> str:
    """Return the id of the claim that gives a number."""
    telling = next(t for t in tellings if t.account.id == figure.account)
    told, event = telling.told, telling.event
    span: Span = figure.toll.span
    for mention in event.mentions:
        for argument in mention.arguments:
            if argument.span == span and argument.role is figure.toll.role:
                return told.claim_id(told.index.voice_of_argument(event, mention, argument).claim, event)
    return told.claim_id(None, event)
