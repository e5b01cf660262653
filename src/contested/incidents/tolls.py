"""Numbers of one incident across reports: the same, compatible, an update, a conflict, or of different people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from contested import counts
from contested.incidents.accounts import Account, Speaker, Toll
from contested.incidents.comparing import relate_actors
from contested.incidents.populations import UNSAID, is_part, population
from contested.incidents.relations import ConflictKind, FieldRelation, Side, Standing, leading
from contested.resources.rules import load_rules
from contested.types import Amount, Relation, Role

MOST_GROWTH = 3.0  # times; a toll that grows more within one report is another incident's, in all of the tuning half
_OF_THINGS = frozenset({Role.DESTROYED, Role.AFFECTED})  # counted by the thing, not by the people


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an incident, who gives it, and when that came out; `place` orders figures of one report."""

    document: str
    published: date | None
    account: str
    place: int
    toll: Toll

    @property
    def amount(self) -> Amount:
        """The number."""
        return self.toll.amount

    @property
    def speaker(self) -> Speaker:
        """Who gives it."""
        return self.toll.speaker

    @property
    def people(self) -> str:
        """Whom or what it counts; "" when its words do not say."""
        of_whom = self.toll.amount.of_whom
        if self.toll.role in _OF_THINGS:
            return of_whom.casefold().split()[-1] if of_whom else UNSAID  # the head noun: tanks are not vehicles
        return population(of_whom)


def figures(accounts: Sequence[Account], role: Role) -> dict[str, list[Figure]]:
    """Return the numbers of one kind by report, in text order; numbers that are part of a larger one are left out."""
    found: dict[str, list[Figure]] = {}
    for account in accounts:
        for toll in account.totals(role):
            found.setdefault(account.document, []).append(
                Figure(account.document, account.published, account.id, toll.span.start, toll)
            )
    return {document: sorted(ours, key=lambda f: f.place) for document, ours in found.items()}


def relate_tolls(accounts: Sequence[Account], role: Role) -> Iterator[FieldRelation]:
    """Yield how numbers of one kind stand to each other: within each report, then one relation for each two reports."""
    by_document = figures(accounts, role)
    current: dict[str, list[Figure]] = {}
    for document, ours in by_document.items():
        pairs = [_within(a, b) for a, b in combinations(ours, 2)]
        yield from (r for r in pairs if r is not None)
        # Between reports the number counts that the report tells first; what else it tells of may be on the side.
        current[document] = _last_words([f for f in ours if f.account == ours[0].account])
    for one, two in combinations(sorted(current, key=lambda d: _told(current[d])), 2):
        pairs_across = [compare_figures(a, b) for a in current[one] for b in current[two]]
        own = [r for r in pairs_across if _one_speaker(r.a.speaker, r.b.speaker)]
        relation = leading(own) or leading(_lenient(pairs_across))
        if relation is not None:
            yield relation


def _lenient(relations: list[FieldRelation]) -> list[FieldRelation]:
    """A number that both reports have settles it, whatever else each quotes."""
    same = [r for r in relations if r.standing is Standing.SAME]
    return same or relations


def _told(ours: list[Figure]) -> tuple[date, str]:
    return (ours[0].published or date.max, ours[0].document)


def _last_words(ours: list[Figure]) -> list[Figure]:
    """Return each speaker's number that holds at the end of a report: of one people, the highest."""
    held: dict[tuple[str, str], Figure] = {}
    for figure in ours:
        key = (figure.speaker.key or str(figure.place), figure.people)
        if key not in held or _size(figure.amount) >= _size(held[key].amount):
            held[key] = figure
    return list(held.values())


def _within(a: Figure, b: Figure) -> FieldRelation | None:
    """Return how two numbers of one report stand, when that is worth saying: an update or a conflict.

    It takes two named speakers for a conflict. What the outlet says itself beside a source is told after that source.
    """
    if a.account != b.account and not (_of_one_size(a, b) and (_says_newer(a) or _says_newer(b))):
        return None  # told as two events: the numbers need not be of one thing
    relation = compare_figures(a, b)
    if relation.standing is Standing.UPDATE or relation.standing is Standing.DEFINITIONAL:
        return relation
    if relation.standing is not Standing.CONFLICT:
        return None
    two_named = a.speaker.is_named and b.speaker.is_named and not _one_side(a.speaker, b.speaker)
    return relation if two_named else None


def _of_one_size(a: Figure, b: Figure) -> bool:
    small, large = sorted((_size(a.amount), _size(b.amount)))
    return large <= MOST_GROWTH * small


def _says_newer(figure: Figure) -> bool:
    return any(rule.pattern.search(figure.toll.words) for rule in load_rules("contested.incidents", "rises.toml"))


def compare_figures(a: Figure, b: Figure) -> FieldRelation:
    """Return how two numbers of one kind stand to each other.

    One speaker's higher number supersedes the lower one, in a later report or in the same one; so does anybody's on a
    later day. Two numbers of one day contradict each other. Numbers of different people, running totals, and dead with
    wounded differ by definition.
    """
    agreement = counts.compare(a.amount, b.amount)
    rise = _rise(a, b)
    if rise is not None:
        return rise
    if agreement.relation is Relation.SAME:
        return _relation(a, b, Standing.SAME, agreement.reason, rule="same-number")
    if a.amount.cumulative != b.amount.cumulative or a.amount.mixed != b.amount.mixed:
        kind = ConflictKind.POPULATION if agreement.relation is Relation.CONFLICT else ConflictKind.NONE
        return _relation(a, b, Standing.DEFINITIONAL, agreement.reason, kind, "counts-differ")
    if UNSAID not in (a.people, b.people) and a.people != b.people:
        return _other_people(a, b, agreement.reason)
    if agreement.relation is Relation.CONFLICT and not _one_speaker(a.speaker, b.speaker):
        return _relation(a, b, Standing.CONFLICT, agreement.reason, ConflictKind.NUMBER, "no-shared-number")
    if agreement.relation is Relation.CONFLICT:
        return _relation(a, b, Standing.UNKNOWN, f"{agreement.reason} One speaker gives both.", rule="one-speaker")
    standing = Standing.COMPATIBLE if agreement.relation is Relation.COMPATIBLE else Standing.UNKNOWN
    return _relation(a, b, standing, agreement.reason, rule="counts.compare")


def _other_people(a: Figure, b: Figure, reason: str) -> FieldRelation:
    if a.toll.role in _OF_THINGS:
        why = f"One counts {a.people}, the other {b.people}."
        return _relation(a, b, Standing.UNKNOWN, why, rule="other-things")
    inner, outer = (a, b) if is_part(a.people, b.people) else (b, a)
    if not is_part(inner.people, outer.people):
        why = f"One counts {a.people}, the other {b.people}."
        return _relation(a, b, Standing.DEFINITIONAL, why, ConflictKind.POPULATION, "other-people")
    if (inner.amount.low or 0) <= (outer.amount.high if outer.amount.high is not None else float("inf")):
        why = f"{inner.people} are among the {outer.people} that the other number counts."
        return _relation(a, b, Standing.DEFINITIONAL, why.capitalize(), ConflictKind.POPULATION, "part-of-the-people")
    why = f"{reason} More {inner.people} than {outer.people} cannot be."
    return _relation(a, b, Standing.CONFLICT, why, ConflictKind.NUMBER, "part-exceeds-whole")


def _rise(a: Figure, b: Figure) -> FieldRelation | None:
    """Return an update, the superseded number first, or None."""
    if _size(a.amount) == _size(b.amount) or None in (a.amount.low or a.amount.high, b.amount.low or b.amount.high):
        return None
    if UNSAID not in (a.people, b.people) and a.people != b.people:
        return None  # civilians among the dead are no newer number of the dead
    low, high = (a, b) if _size(a.amount) < _size(b.amount) else (b, a)
    days = (high.published - low.published).days if high.published and low.published else 0
    said = f"{_said(low)}, then {_said(high)}"
    if a.document == b.document:
        return _rise_within(low, high, said)
    if _one_speaker(a.speaker, b.speaker) and days >= 0:
        why = f"{high.speaker.name} gives a higher number than before: {said}."
        return _relation(low, high, Standing.UPDATE, why, rule="same-speaker-later-higher")
    contradicts = counts.compare(a.amount, b.amount).relation is Relation.CONFLICT
    if days > 0 and (contradicts or not (a.speaker.is_named and b.speaker.is_named)):
        after = "1 day" if days == 1 else f"{days} days"
        why = f"The number rises with the days: {_said(low)}, {after} later {_said(high)}."
        return _relation(low, high, Standing.UPDATE, why, rule="later-higher")
    return None


def _rise_within(low: Figure, high: Figure, said: str) -> FieldRelation | None:
    """One report has both: only its words say that one is the newer; two sides' numbers stay two sides' numbers."""
    newer = _says_newer(low) or _says_newer(high)
    two_named = low.speaker.is_named and high.speaker.is_named and not _one_side(low.speaker, high.speaker)
    if two_named or not newer:
        return None
    why = f"{high.speaker.name} gives a higher number than before: {said}."
    return _relation(low, high, Standing.UPDATE, why, rule="says-which-is-newer")


def _one_speaker(a: Speaker, b: Speaker) -> bool:
    return bool(a.key) and a.key == b.key


def _one_side(a: Speaker, b: Speaker) -> bool:
    """Whether two named speakers may be one: a commander and his group's command room."""
    if _one_speaker(a, b) or a.link is None or b.link is None:
        return _one_speaker(a, b)
    return relate_actors((a.link,), (b.link,)) in ("same", "compatible")


def _size(amount: Amount) -> float:
    known = [n for n in (amount.low, amount.high) if n is not None]
    return max(known) if known else -1.0


def _said(figure: Figure) -> str:
    low, high = figure.amount.low, figure.amount.high
    if low is not None and high is not None:
        return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"
    if low is not None:
        return f"at least {low:,g}"
    return f"at most {high:,g}" if high is not None else figure.amount.vague or "a number not said"


def _relation(
    a: Figure, b: Figure, standing: Standing, why: str, kind: ConflictKind = ConflictKind.NONE, rule: str = ""
) -> FieldRelation:
    sides = tuple(Side(f.document, f.speaker, _said(f), (f.toll.span,)) for f in (a, b))
    return FieldRelation(a.toll.role.value, sides[0], sides[1], standing, why, kind, rule)
