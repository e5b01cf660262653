"""One number of several: which accounts' number was taken by which rule, and which lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median_low
from typing import TYPE_CHECKING

from contested.export.options import KilledRule
from contested.incidents.agreement.figures import Figure, figures
from contested.incidents.form import holding
from contested.incidents.populations import is_part
from contested.types import Role, Span

if TYPE_CHECKING:
    from contested.export.view import Case, Telling

__all__ = ["Chosen", "KilledRule", "Statement", "choose", "figure_claim"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker says in one sentence: one number, or several of people apart ("50 rebels and 12 soldiers")."""

    figures: tuple[Figure, ...]
    origin: str

    @property
    def low(self) -> int | None:
        """The least it states: the sum of its numbers' least."""
        known = [f.amount.low for f in self.figures if f.amount.low is not None]
        return round(sum(known)) if known else None

    @property
    def high(self) -> int | None:
        """The most it states; None when one of its numbers is open."""
        known = [f.amount.high for f in self.figures if f.amount.high is not None]
        return round(sum(known)) if len(known) == len(self.figures) else None

    @property
    def point(self) -> int | None:
        """The number it is surest of: the least it states, else the most ("up to 20")."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class Chosen:
    """A number of one kind for one incident.

    `low` to `high` is the range of what holds (None: open or not said). `value` is the one number: None when nobody
    gives one, and under `KilledRule.RANGE` unless all who give one give the same. `losing`: ids of claims whose number
    was not taken. `origins`: how many independent origins give a number. `statement`: whose number was taken.
    `most`: the largest number that anybody names, even where more are said to be possible ("at least 50").
    """

    value: int | None
    low: int | None
    high: int | None
    rule: KilledRule
    winning: tuple[str, ...] = ()
    losing: tuple[str, ...] = ()
    origins: int = 0
    statement: Statement | None = None
    most: int | None = None


def choose(case: Case, role: Role, rule: KilledRule, takes: Callable[[Figure], bool] | None = None) -> Chosen:
    """Return the number of one kind (killed, wounded …) that a rule makes of an incident's accounts.

    Numbers that an update superseded and parts of larger numbers do not count; numbers of people apart that one speaker
    gives in one sentence are added up; origins count once, however many copies. `takes` leaves out what a codebook does
    not count.
    """
    held = [f for ours in holding(case.incident, role).values() for f in ours if takes is None or takes(f)]
    said = list(_statements(held, case))
    stated = [s for s in said if s.point is not None]
    value = _value(stated, rule)
    taken = {id(f) for s in stated if s.point == value for f in s.figures}
    winning = dict.fromkeys(figure_claim(case.tellings, f) for f in held if id(f) in taken)
    every = [f for ours in figures(case.incident.accounts, role).values() for f in ours]
    others = (figure_claim(case.tellings, f) for f in every)
    low, high = _range(stated)
    return Chosen(
        value=value,
        low=low,
        high=high,
        rule=rule,
        winning=tuple(winning),
        losing=tuple(dict.fromkeys(c for c in others if c not in winning)),
        origins=len({s.origin for s in said}),
        statement=next((s for s in stated if s.point == value), None),
        most=max((n for s in stated for n in (s.low, s.high) if n is not None), default=None),
    )


def _statements(held: Iterable[Figure], case: Case) -> Iterable[Statement]:
    """Return what each speaker says in each sentence; of numbers of people within one another the widest is kept."""
    by_sentence: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in held:
        key = (figure.account, figure.speaker.key or figure.speaker.name, figure.toll.words or str(figure.place))
        by_sentence.setdefault(key, []).append(figure)
    for ours in by_sentence.values():
        origin = case.incident.origins.get(ours[0].document, ours[0].document)
        if len(ours) > 1 and all(_apart(a, b) for a, b in combinations(ours, 2)):
            yield Statement(tuple(ours), origin)
        else:
            yield from (Statement((figure,), origin) for figure in ours)


def _apart(a: Figure, b: Figure) -> bool:
    """Whether two numbers count people none of whom can be counted by both."""
    if not a.people or not b.people:
        return False
    return not is_part(a.people, b.people) and not is_part(b.people, a.people)


def _value(said: Sequence[Statement], rule: KilledRule) -> int | None:
    points = [p for p in (s.point for s in said) if p is not None]
    if not points:
        return None
    if rule is KilledRule.RANGE:
        exact = all(s.low == s.high for s in said)
        return points[0] if exact and len(set(points)) == 1 else None
    if rule is KilledRule.LOWEST:
        return min(points)
    if rule is KilledRule.HIGHEST:
        return max(points)
    if rule is KilledRule.LATEST:
        return max(said, key=_came_out).point
    by_origin: dict[str, list[int]] = {}
    for statement, point in zip(said, points, strict=True):
        by_origin.setdefault(statement.origin, []).append(point)
    of_origins = [median_low(ours) for ours in by_origin.values()]
    if rule is KilledRule.MEDIAN_OF_ORIGINS:
        return median_low(of_origins)
    votes = Counter(of_origins)
    return min(votes, key=lambda n: (-votes[n], n))  # a tie goes to the lower number


def _came_out(said: Statement) -> tuple[date, str, int]:
    first = said.figures[0]
    return (first.published or date.min, first.document, first.place)


def _range(said: Sequence[Statement]) -> tuple[int | None, int | None]:
    """Return the least and the most that is stated; the most is None when the largest number is open to the top."""
    lows = [s.low for s in said if s.low is not None]
    known = [*lows, *(s.high for s in said if s.high is not None)]
    if not known:
        return None, None
    high = max(known)
    is_open = any(s.high is None and s.low is not None and s.low >= high for s in said)
    return (min(lows) if lows else None), (None if is_open else high)


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
